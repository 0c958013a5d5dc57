import type { Microseconds } from '@belltower/stix';
import type { Observable } from '../observable.ts';
import type { GroupKey } from './group-key.ts';
import type { KeyRing } from './key-ring.ts';
import { keyToConceal } from './key-ring.ts';
import type { PersonalIdentifier, PersonalKind } from './personal-identifier.ts';
import { personalIdentifier } from './personal-identifier.ts';

/** A subscriber whom only the members of a sharing group can recognise: those who have the key, and have met the subscriber. */
export interface ConcealedIdentifier {
  readonly of: PersonalKind;
  readonly key_id: string;
  /** HMAC-SHA-256 as 64 small hexadecimal digits. */
  readonly value: string;
}

/** Says what the code is for, so that the key gives nothing away when it is used for something else as well. */
const purpose = 'belltower-conceal-v1';

/**
 * Conceals who is meant: HMAC-SHA-256, under the key of the group, of `belltower-conceal-v1`, the kind and the normal form in UTF-8, with a zero
 * byte between them.
 */
export function concealIdentifier({ of, normal }: PersonalIdentifier, key: GroupKey): ConcealedIdentifier {
  return { of, key_id: key.id, value: key.authenticate(`${purpose}\0${of}\0${normal}`) };
}

/** Conceals an observable with the key of a moment; undefined where it identifies nobody, or no key holds then. */
export function conceal(
  observable: Observable,
  ring: KeyRing,
  now: Microseconds,
): ConcealedIdentifier | undefined {
  const identifier = personalIdentifier(observable);
  const key = keyToConceal(ring, now);
  return identifier === undefined || key === undefined ? undefined : concealIdentifier(identifier, key);
}
