import type { JsonObject } from '@belltower/stix';
import { telecomSco } from '../stix/telecom-observable.ts';
import {
  concealedIdentifier,
  mobileEquipmentId,
  mobileNetworkId,
  phoneNumberRange,
} from '../stix/telecom-shapes.ts';
import { concealIdentifier } from './conceal.ts';
import { generaliseIdentifier } from './generalise.ts';
import type { GroupKey } from './group-key.ts';
import type { PersonalIdentifier } from './personal-identifier.ts';

/** How identifiers travel: under a key of the group, or as what they have in common with many others. */
export type Concealment = { readonly as: 'hmac'; readonly key: GroupKey } | { readonly as: 'range' };

/** The observable that travels in the place of one that names somebody; undefined where nothing is left to be told. */
export function replacementObject(identifier: PersonalIdentifier, how: Concealment): JsonObject | undefined {
  if (how.as === 'hmac') {
    const { of, key_id, value } = concealIdentifier(identifier, how.key);
    return telecomSco(concealedIdentifier, { id_type: of, key_id, value });
  }
  const told = generaliseIdentifier(identifier);
  switch (told?.kind) {
    case 'plmn':
      return telecomSco(mobileNetworkId, { plmn: told.value });
    case 'tac':
      return telecomSco(mobileEquipmentId, { id_type: 'tac', value: told.value });
    case 'number-range':
      return telecomSco(phoneNumberRange, { range_start: told.from, range_end: told.to });
    default:
      return undefined;
  }
}
