import type { Loss } from '@belltower/formats';
import type { Finding } from '@belltower/stix';

/** Why an object was refused. */
export const objectRefusals = [
  /** It breaks a MUST of STIX 2.1; `errors` says where. */
  'invalid',
  /** A key stands twice. */
  'duplicate-key',
  /** Half of a surrogate pair. */
  'lone-surrogate',
  /** The version is here with other content (L3); `differs` says where. */
  'conflict',
  /** The marking does not fit the audience (G3, G4). */
  'marking',
  /** Only the owner can publish another version of it (G4). */
  'not-owner',
  /** The owner has withdrawn this version (L6). */
  'withdrawn',
  /** An anonymous object that names its publisher (G7). */
  'reveals-publisher',
  /** It names subscribers in plain, which this collection does not take (G9); `errors` says where. */
  'personal-data',
] as const;

/** What became of one object of a bundle (rule G1). */
export interface ObjectResult {
  /** Its place in the bundle, from 0. */
  readonly index: number;
  readonly id?: string;
  readonly type?: string;
  readonly status: 'accepted' | 'unchanged' | 'refused';
  readonly version?: string;
  /** Not told to whoever may publish here and not read (rule G8). */
  readonly position?: number;
  readonly code?: (typeof objectRefusals)[number];
  /** The rule of the exchange that the refusal rests on. */
  readonly rule?: string;
  readonly message?: string;
  readonly errors?: readonly Finding[];
  readonly warnings?: readonly Finding[];
  readonly differs?: readonly string[];
}

/** `POST /api/collections/{id}/objects` */
export interface PublishAnswer {
  readonly accepted: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly results: readonly ObjectResult[];
}

/** How many came to what, and each. */
export function countResults(results: readonly ObjectResult[]): PublishAnswer {
  const count = (status: ObjectResult['status']) =>
    results.filter((result) => result.status === status).length;
  return {
    accepted: count('accepted'),
    unchanged: count('unchanged'),
    refused: count('refused'),
    results,
  };
}

/** `POST /api/collections/{id}/import` */
export interface ImportAnswer extends PublishAnswer {
  /** As what it was read. */
  readonly format: string;
  /** True: nothing was published; `results` are those that are not valid. */
  readonly preview: boolean;
  /** What STIX could not carry, or was left out on purpose. */
  readonly losses: readonly Loss[];
  /** Losses beyond those that are told. */
  readonly lossesLeftOut: number;
  /** Of a preview: what would be published. */
  readonly objects?: readonly unknown[];
}
