import type { Refusal } from '../../../platform/http/refusal.ts';
import type { Judged, JudgingLimits } from './judge-bundle.ts';

/** What the thread is asked. One text at a time. */
export interface JudgeRequest {
  readonly text: string;
  readonly limits: JudgingLimits;
}

/** What it answers, piece by piece, so that reading the answer keeps nobody waiting. */
export type JudgeReply =
  | { readonly kind: 'judged'; readonly objects: readonly Judged[] }
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };
