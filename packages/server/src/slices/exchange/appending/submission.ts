import type { Actor } from '../../identity/index.ts';
import type { AppendDecision, Publisher } from '../deciding/decide.ts';
import type { ObjectFacts } from '../judging/object-facts.ts';

/** Objects of one publish that passed validation, on their way to the end of a log. */
export interface Submission {
  readonly actor: Actor;
  readonly publisher: Publisher;
  readonly collectionId: string;
  readonly objects: readonly ObjectFacts[];
  /** Refusals from before the gate, for the audit entry. */
  readonly refusedBefore: readonly RefusedObject[];
}

export interface RefusedObject {
  readonly id: string | undefined;
  readonly code: string;
  readonly rule: string | undefined;
}

/**
 * What a publisher hears of an object, and for a conflict where the contents differ (JSON paths). `received`: that it came, from a
 * collection of which they may know nothing more (rule G8).
 */
export type AppendResult =
  | (AppendDecision & { readonly differs?: readonly string[] })
  | { readonly kind: 'received' };
