import { isJsonObject } from '@belltower/stix';
import { attackNumber, attackPatternId, frameworkObjectId } from '@belltower/telecom';
import type { CountedLosses } from '../counted-losses.ts';
import type { Relation } from '../framework-object.ts';
import type { Json } from '../json.ts';
import { type FightEntry, type FightFile, recordsAt, textOf, textsAt } from './fight-file.ts';

/** A technique, and what FiGHT adds to one of ATT&CK: each has conditions, mitigations and so on of its own. */
export function partsOf({ raw, at }: FightEntry): readonly { readonly raw: Json; readonly at: string }[] {
  return [{ raw, at }, ...recordsAt(raw, 'addendums', at).map(([part, place]) => ({ raw: part, at: place }))];
}

interface RelationContext {
  /** Types of software by id. */
  readonly ids: ReadonlyMap<string, 'malware' | 'tool'>;
  readonly losses: CountedLosses;
}

/** Lists of a technique that name what mitigates or uses it: the keys of the id and of the words. */
const ofTechniques: readonly (readonly [
  list: string,
  id: string,
  type: 'mitigates' | 'uses',
  says: string,
])[] = [
  ['mitigations', 'fgmid', 'mitigates', 'mitigates'],
  ['groups', 'fggid', 'uses', 'description'],
  ['software', 'fgsid', 'uses', 'description'],
  ['campaigns', 'fgcid', 'uses', 'description'],
];

/**
 * What is a part of what, mitigates and uses what. The file says most of it twice, at the technique and at the other end, sometimes in
 * other words: a relationship has all the words. What goes to something that is not in the file is told as a loss.
 */
export function relationsOf(file: FightFile, { ids, losses }: RelationContext): readonly Relation[] {
  const known = objectIds(file, ids);
  const found = new Map<string, { readonly relation: Relation; readonly texts: Set<string> }>();
  const add = (source: string, type: string, target: string, { at, says }: { at: string; says: string }) => {
    const [from, to] = [known.get(source), known.get(target)];
    if (from === undefined || to === undefined) {
      losses.add({ at, what: `${type} relation`, why: 'It goes to something that is not in the file.' });
      return;
    }
    const key = `${from} ${type} ${to}`;
    const one = found.get(key) ?? { relation: { source: from, type, target: to }, texts: new Set<string>() };
    if (says !== '') one.texts.add(says);
    found.set(key, one);
  };
  for (const technique of file.techniques) {
    const parent = textOf(technique.raw['subtechnique-of']);
    if (parent !== '')
      add(technique.id, 'subtechnique-of', parent, { at: `${technique.at}.subtechnique-of`, says: '' });
    for (const part of partsOf(technique))
      for (const [list, id, type, says] of ofTechniques)
        for (const [item, at] of recordsAt(part.raw, list, part.at))
          add(textOf(item[id]), type, technique.id, { at, says: textOf(item[says]) });
  }
  for (const { id, raw, at } of file.mitigations)
    for (const technique of textsAt(raw, 'techniques'))
      add(id, 'mitigates', technique, { at: `${at}.techniques`, says: '' });
  for (const { id, raw, at } of [...file.groups, ...file.software, ...file.campaigns])
    for (const [item, place] of recordsAt(raw, 'techniques', at))
      add(id, 'uses', textOf(item['id']), { at: place, says: textOf(item['use']) });
  for (const [source, type, target, at] of associations(file)) add(source, type, target, { at, says: '' });
  return [
    ...[...found.values()].map(({ relation, texts }) => ({ ...relation, says: [...texts].join('\n\n') })),
    ...file.techniques.flatMap(({ id }) => relationToAttack(id)),
  ];
}

/** A technique with the number of one of ATT&CK is related to MITRE's object for that. */
function relationToAttack(id: string): readonly Relation[] {
  const number = attackNumber(id);
  const target = number === undefined ? undefined : attackPatternId(number);
  if (target === undefined) return [];
  return [{ source: frameworkObjectId('attack-pattern', 'mitre-fight', id), type: 'related-to', target }];
}

/** Ids of objects by the ids of the file. */
function objectIds(file: FightFile, software: RelationContext['ids']): ReadonlyMap<string, string> {
  const all = (entries: readonly FightEntry[], typeOf: (id: string) => string) =>
    entries.map(({ id }) => [id, frameworkObjectId(typeOf(id), 'mitre-fight', id)] as const);
  return new Map([
    ...all(file.techniques, () => 'attack-pattern'),
    ...all(file.mitigations, () => 'course-of-action'),
    ...all(file.groups, () => 'intrusion-set'),
    ...all(file.software, (id) => software.get(id) ?? 'malware'),
    ...all(file.campaigns, () => 'campaign'),
  ]);
}

type Association = readonly [source: string, type: string, target: string, at: string];

/** Groups, software and campaigns that belong to each other. */
function associations(file: FightFile): readonly Association[] {
  return [
    ...file.groups.flatMap((entry): readonly Association[] => [
      ...associated(entry, 'software').map(([id, at]): Association => [entry.id, 'uses', id, at]),
      ...associated(entry, 'campaigns').map(([id, at]): Association => [id, 'attributed-to', entry.id, at]),
    ]),
    ...file.software.flatMap((entry): readonly Association[] => [
      ...associated(entry, 'groups').map(([id, at]): Association => [id, 'uses', entry.id, at]),
      ...associated(entry, 'campaigns').map(([id, at]): Association => [id, 'uses', entry.id, at]),
    ]),
    ...file.campaigns.flatMap((entry): readonly Association[] => [
      ...listed(entry.raw, 'groups', entry.at).map(
        ([id, at]): Association => [entry.id, 'attributed-to', id, at],
      ),
      ...listed(entry.raw, 'software', entry.at).map(([id, at]): Association => [entry.id, 'uses', id, at]),
    ]),
  ];
}

function associated({ raw, at }: FightEntry, key: string): readonly (readonly [id: string, at: string])[] {
  const all = raw['associated'];
  return isJsonObject(all) ? listed(all, key, `${at}.associated`) : [];
}

/** Ids in a list of ids, or of objects with an id. */
function listed(raw: Json, key: string, at: string): readonly (readonly [id: string, at: string])[] {
  const list = raw[key];
  if (!Array.isArray(list)) return [];
  return list.map((item: unknown, index) => [
    textOf(isJsonObject(item) ? item['id'] : item),
    `${at}.${key}[${index}]`,
  ]);
}
