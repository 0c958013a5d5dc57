import type { JsonObject } from '@belltower/stix';
import { parseNumberRange } from '../numbering/number-range.ts';
import { carriers, readCarried } from './carriers.ts';
import type { WrittenPattern } from './conceal-pattern.ts';
import { concealPattern } from './conceal-pattern.ts';
import type { ConcealedObjects, LeftOut, Replaced } from './concealed-objects.ts';
import { generalisePattern } from './generalise-pattern.ts';
import { mispIdentifiers } from './misp-records.ts';
import { mayNameSubscribers } from './pattern-identifiers.ts';
import { personalData } from './personal-data.ts';
import type { PersonalIdentifier } from './personal-identifier.ts';
import { personalIdentifier } from './personal-identifier.ts';
import type { Concealment } from './replacement-object.ts';
import { replacementObject } from './replacement-object.ts';
import { settleReferences } from './settle-references.ts';

/**
 * Objects in which nobody is named in plain: each observable that names somebody becomes a concealed identifier (or the network, the model, the
 * range that it belongs to), patterns ask for that, references lead to it, and the digits are taken out of every text. Ids and
 * versions of other objects stay: what is concealed is what is shared, the plain objects stay at home. An object that cannot
 * be concealed is left out, and so is what refers to nothing else.
 */
export function concealObjects(objects: readonly JsonObject[], how: Concealment): ConcealedObjects {
  const work: Work = { how, replaced: [], leftOut: [], identifiers: [], ids: new Map() };
  const kept: JsonObject[] = [];
  for (const object of objects) {
    const written = concealOne(object, work);
    if (written !== undefined) kept.push(written);
    else if (typeof object['id'] === 'string') work.ids.set(object['id'], undefined);
  }
  const settled = settleReferences(kept, work);
  return {
    objects: settled.objects,
    replaced: work.replaced,
    leftOut: [...work.leftOut, ...settled.leftOut],
  };
}

/** The same for one object; undefined in the place of an object that cannot be concealed. What refers to it from elsewhere is not known here. */
export function concealObject(
  object: JsonObject,
  how: Concealment,
): { readonly object: JsonObject | undefined } & Pick<ConcealedObjects, 'replaced' | 'leftOut'> {
  const { objects, replaced, leftOut } = concealObjects([object], how);
  return { object: objects[0], replaced, leftOut };
}

interface Work {
  readonly how: Concealment;
  readonly replaced: Replaced[];
  readonly leftOut: LeftOut[];
  /** Whom the objects named. */
  readonly identifiers: PersonalIdentifier[];
  /** What stands for an id of before; undefined where nothing does. */
  readonly ids: Map<string, string | undefined>;
}

function concealOne(object: JsonObject, work: Work): JsonObject | undefined {
  const { extensions } = object;
  // Their digits are taken out with those in all other texts.
  for (const { path, reading } of mispIdentifiers(extensions)) {
    if (reading.kind !== 'person') continue;
    work.identifiers.push(reading.identifier);
    work.replaced.push({ at: idOf(object), path, kind: reading.identifier.of });
  }
  switch (object['type']) {
    case 'indicator':
      return concealIndicator(object, work);
    case 'observed-data':
      return concealEmbedded(object, work);
    default:
      return concealObservable(object, { at: idOf(object), path: '$' }, work);
  }
}

function concealObservable(
  object: JsonObject,
  { at, path }: { readonly at: string; readonly path: string },
  work: Work,
): JsonObject | undefined {
  const identifier = identifierOf(object);
  if (identifier === undefined) return object;
  const [place] = personalData(object);
  work.identifiers.push(identifier);
  const replacement = replacementObject(identifier, work.how);
  if (replacement === undefined) {
    work.leftOut.push({
      at,
      what: String(object['type']),
      why: `Nothing can be told of this ${identifier.of} but itself.`,
    });
    return undefined;
  }
  work.replaced.push({ at, path: (place?.path ?? '$').replace('$', path), kind: identifier.of });
  const { id } = object;
  if (typeof id === 'string') work.ids.set(id, idOf(replacement));
  const markings = markingsOf(object);
  return {
    ...replacement,
    ...(typeof object['defanged'] === 'boolean' ? { defanged: object['defanged'] } : {}),
    ...(markings.length === 0 ? {} : { object_marking_refs: markings }),
  };
}

/** Whom an observable names in plain. */
function identifierOf(object: JsonObject): PersonalIdentifier | undefined {
  const { type, range_start, range_end } = object;
  if (type === 'phone-number-range') {
    const range = parseNumberRange(`${String(range_start)}..${String(range_end)}`);
    return range.ok ? personalIdentifier(range.value) : undefined;
  }
  const carrier = typeof type === 'string' ? carriers.get(type) : undefined;
  const text = carrier === undefined ? undefined : object[carrier.property];
  if (carrier === undefined || typeof text !== 'string') return undefined;
  const hint = carrier.typedBy === undefined ? undefined : object[carrier.typedBy];
  const reading = readCarried(carrier, text, { hint });
  return reading.kind === 'person' ? reading.identifier : undefined;
}

/** Markings of parts of it become those of the whole: what they marked is not there any more, and nothing may become less strict. */
function markingsOf({ object_marking_refs, granular_markings }: JsonObject): readonly string[] {
  const whole = Array.isArray(object_marking_refs) ? object_marking_refs : [];
  const parts = Array.isArray(granular_markings) ? granular_markings : [];
  const refs = parts.flatMap((part: unknown) =>
    typeof part === 'object' && part !== null && 'marking_ref' in part ? [part.marking_ref] : [],
  );
  return [...new Set([...whole, ...refs])].filter((ref) => typeof ref === 'string');
}

/** The deprecated `objects` of observed data: STIX 2.1 §4.14. */
function concealEmbedded(object: JsonObject, work: Work): JsonObject | undefined {
  const { objects } = object;
  if (typeof objects !== 'object' || objects === null) return object;
  const at = idOf(object);
  const written: [string, unknown][] = [];
  for (const [key, embedded] of Object.entries(objects)) {
    const isObject = typeof embedded === 'object' && embedded !== null && !Array.isArray(embedded);
    const kept: unknown = isObject
      ? concealObservable(embedded, { at, path: `$.objects['${key}']` }, work)
      : embedded;
    if (kept === undefined) return undefined;
    written.push([key, kept]);
  }
  return { ...object, objects: Object.fromEntries(written) };
}

function concealIndicator(object: JsonObject, work: Work): JsonObject | undefined {
  const { pattern, pattern_type } = object;
  if (pattern_type !== 'stix' || typeof pattern !== 'string' || !mayNameSubscribers(pattern)) return object;
  const places = personalData(object);
  if (places.length === 0) return object;
  const at = idOf(object);
  const written = writePattern(pattern, work.how);
  if (written === undefined) {
    const why =
      work.how.as === 'hmac'
        ? 'Its pattern is too complex to be concealed.'
        : 'Its pattern names somebody of whom nothing is left that could be told.';
    work.leftOut.push({ at, what: 'indicator', why });
    return undefined;
  }
  for (const identifier of written.identifiers) {
    work.identifiers.push(identifier);
    work.replaced.push({ at, path: '$.pattern', kind: identifier.of });
  }
  for (const what of written.leftOut)
    work.leftOut.push({ at, what, why: 'A concealed identifier has no other properties to compare.' });
  return { ...object, pattern: written.pattern };
}

function writePattern(pattern: string, how: Concealment): WrittenPattern | undefined {
  return how.as === 'hmac' ? concealPattern(pattern, how.key) : generalisePattern(pattern);
}

function idOf(object: JsonObject): string {
  return typeof object['id'] === 'string' ? object['id'] : '';
}
