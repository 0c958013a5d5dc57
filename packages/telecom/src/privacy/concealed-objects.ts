import type { JsonObject } from '@belltower/stix';
import type { PersonalKind } from './personal-identifier.ts';

/** An identifier that does not travel in plain any more. */
export interface Replaced {
  /** The id of the object that named somebody, as it was. */
  readonly at: string;
  readonly path: string;
  readonly kind: PersonalKind;
}

/** What could not come along, or did not have to. */
export interface LeftOut {
  readonly at: string;
  readonly what: string;
  readonly why: string;
}

/** Objects that can be shared, and what became of what stood in them. */
export interface ConcealedObjects {
  readonly objects: readonly JsonObject[];
  readonly replaced: readonly Replaced[];
  readonly leftOut: readonly LeftOut[];
}
