import type { CountedLosses } from '../counted-losses.ts';
import type { Json } from '../json.ts';
import { fieldName } from '../loss.ts';
import { type FightEntry, type FightFile, textOf } from './fight-file.ts';

/** Fields that are carried, or that only say what a thing is. */
const carried = {
  file: ['id', 'name', 'tactics', 'techniques', 'mitigations', 'groups', 'software', 'campaigns'],
  entry: ['id', 'name', 'description', 'object-type', 'techniques', 'associated', 'groups', 'software'],
  technique: [
    'id',
    'name',
    'description',
    'bluf',
    'object-type',
    'typecode',
    'tactics',
    'status',
    'subtechnique-of',
    'architecture-segment',
    'platforms',
    'access-required',
    'addendums',
    'preconditions',
    'postconditions',
    'criticalassets',
    'procedureexamples',
    'detections',
    'references',
    'mitigations',
    'groups',
    'software',
    'campaigns',
  ],
} as const;

const whys: ReadonlyMap<string, string> = new Map([
  ['data sources', 'STIX has no type for data sources; what they detect stands in the notes on techniques.'],
  ['case-studies', 'Case studies are not read.'],
]);

/** Tells what of the file has no place in STIX: data sources, descriptions of tactics, and fields that are not known here. */
export function tellFightLosses(file: FightFile, losses: CountedLosses): void {
  tellOthers(file.raw, '$', { carried: carried.file, losses });
  for (const { description, at } of file.tactics)
    if (description !== '')
      losses.add({
        at: `${at}.description`,
        what: 'description of a tactic',
        why: 'A tactic is a phase of a kill chain, which has a name only.',
      });
  const tell = (entries: readonly FightEntry[], keys: readonly string[]) => {
    for (const { raw, at } of entries) tellOthers(raw, at, { carried: keys, losses });
  };
  tell(file.techniques, carried.technique);
  tell([...file.mitigations, ...file.groups, ...file.software, ...file.campaigns], carried.entry);
}

function tellOthers(
  raw: Json,
  at: string,
  { carried: keys, losses }: { readonly carried: readonly string[]; readonly losses: CountedLosses },
): void {
  for (const [key, value] of Object.entries(raw)) {
    if (keys.includes(key) || isEmpty(value)) continue;
    const what = fieldName(key);
    losses.add({
      at: `${at}.${what}`,
      what: Array.isArray(value) ? `${what} (${value.length})` : what,
      why: whys.get(key) ?? 'STIX has no property for it.',
    });
  }
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : typeof value === 'string' && textOf(value) === '';
}
