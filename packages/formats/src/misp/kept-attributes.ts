import { isJsonObject } from '@belltower/stix';
import type { Json } from '../json.ts';
import type { MispAttribute } from './misp-event.ts';
import { keptFields, mispOf } from './misp-extension.ts';

/** An attribute that other objects of STIX tell, as the extension of its grouping keeps it; `place` is where it stands in its object. */
export function keptAttribute({ raw, uuid, value }: MispAttribute, place: number): Json {
  return { ...keptFields(raw), uuid, value, place };
}

/** The attributes that the extension of a grouping keeps, put between those that have objects of their own, in the order of MISP. */
export function withKept(grouping: Json, others: readonly Json[]): readonly Json[] {
  const kept: unknown = mispOf(grouping)?.['attributes'];
  if (!Array.isArray(kept)) return others;
  const all = [...others];
  const inOrder = kept
    .filter(isJsonObject)
    .toSorted((one, other) => Number(one['place']) - Number(other['place']));
  for (const { place, ...attribute } of inOrder)
    all.splice(typeof place === 'number' ? place : all.length, 0, { to_ids: false, ...attribute });
  return all;
}
