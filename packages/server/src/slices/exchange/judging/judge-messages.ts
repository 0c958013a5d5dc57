import type { Refusal } from '../../../platform/http/refusal.ts';
import type { Judged, JudgingLimits } from './judge-bundle.ts';

/** What the thread is asked. One body at a time. */
export interface JudgeRequest {
  /** A text, or blocks of octets, which go over to the thread. */
  readonly body: string | readonly Uint8Array[];
  readonly limits: JudgingLimits;
}

/** What it answers, piece by piece, so that reading the answer keeps nobody waiting. */
export type JudgeReply =
  | { readonly kind: 'judged'; readonly objects: readonly Judged[] }
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };
