import type { JsonObject } from '@belltower/stix';
import { isJsonObject, parsePattern } from '@belltower/stix';
import { parseNumberRange } from '../numbering/number-range.ts';
import { carriers, readCarried } from './carriers.ts';
import { mispIdentifiers } from './misp-records.ts';
import {
  carrierAt,
  comparisonsOf,
  mayNameSubscribers,
  namedTexts,
  readNamed,
} from './pattern-identifiers.ts';
import type { PersonalKind } from './personal-identifier.ts';
import { personalIdentifier } from './personal-identifier.ts';
import type { ReadingBudget } from './reading-budget.ts';
import { createReadingBudget } from './reading-budget.ts';

/** A place in a STIX object where a subscriber, a card or a device is named in plain. */
export interface PersonalPlace {
  /** JSON path from the object, such as `$.pattern`. */
  readonly path: string;
  /** What stands there; undefined where there was too much to look at each. */
  readonly kind: PersonalKind | undefined;
}

/** Places that are told of one object. */
export const mostPlaces = 20;

/**
 * Where a STIX object names subscribers, cards or devices in plain: in objects of the telecom extension and URLs, in observed data that hold
 * such objects, in STIX patterns that compare with whole identifiers, and in what is kept of MISP's fields. Free text is not searched.
 */
export function personalData(
  object: JsonObject,
  budget: ReadingBudget = createReadingBudget(),
): readonly PersonalPlace[] {
  const own = inOwnProperties(object, budget);
  const { extensions } = object;
  if (extensions === undefined) return own;
  const kept = mispIdentifiers(extensions, budget).map(({ path, reading }) => ({
    path,
    kind: reading.kind === 'person' ? reading.identifier.of : undefined,
  }));
  return [...own, ...kept].slice(0, mostPlaces);
}

function inOwnProperties(object: JsonObject, budget: ReadingBudget): readonly PersonalPlace[] {
  const { type } = object;
  if (type === 'indicator') return inIndicator(object, budget);
  if (type === 'observed-data') return inObservedData(object, budget);
  return inObservable(object, '$', budget);
}

function inObservable(object: JsonObject, at: string, budget: ReadingBudget): readonly PersonalPlace[] {
  const { type } = object;
  if (type === 'phone-number-range') return inRange(object, at, budget);
  const carrier = typeof type === 'string' ? carriers.get(type) : undefined;
  if (carrier === undefined) return [];
  const text = object[carrier.property];
  if (typeof text !== 'string') return [];
  const hint = carrier.typedBy === undefined ? undefined : object[carrier.typedBy];
  const reading = readCarried(carrier, text, { hint, budget });
  if (reading.kind === 'nobody') return [];
  return [
    {
      path: `${at}.${carrier.property}`,
      kind: reading.kind === 'person' ? reading.identifier.of : undefined,
    },
  ];
}

/** A range of one number is that number. */
function inRange(
  { range_start: from, range_end: to }: JsonObject,
  at: string,
  budget: ReadingBudget,
): readonly PersonalPlace[] {
  if (typeof from !== 'string' || typeof to !== 'string') return [];
  const range = parseNumberRange(`${from}..${to}`);
  if (!range.ok || range.value.from !== range.value.to) return [];
  if (!budget.take(10)) return [{ path: `${at}.range_start`, kind: undefined }];
  const kind = personalIdentifier(range.value)?.of;
  return kind === undefined ? [] : [{ path: `${at}.range_start`, kind }];
}

/** The deprecated `objects` of observed data hold observables: STIX 2.1 §4.14. */
function inObservedData({ objects }: JsonObject, budget: ReadingBudget): readonly PersonalPlace[] {
  if (!isJsonObject(objects)) return [];
  const found: PersonalPlace[] = [];
  for (const [key, object] of Object.entries(objects)) {
    if (found.length >= mostPlaces) break;
    // A key that is no short name is not repeated: it could be what is looked for.
    const at = /^[A-Za-z0-9_-]{1,6}$/.test(key) ? `$.objects['${key}']` : '$.objects.*';
    if (isJsonObject(object)) found.push(...inObservable(object, at, budget));
  }
  return found;
}

function inIndicator({ pattern, pattern_type }: JsonObject, budget: ReadingBudget): readonly PersonalPlace[] {
  if (pattern_type !== 'stix' || typeof pattern !== 'string' || !mayNameSubscribers(pattern)) return [];
  const parsed = parsePattern(pattern);
  if (!parsed.ok) return [];
  const kinds = new Set<PersonalKind | undefined>();
  for (const comparison of comparisonsOf(parsed.pattern)) {
    const carrier = carrierAt(comparison.path);
    if (carrier === undefined) continue;
    for (const named of namedTexts(comparison)) {
      const reading = readNamed(carrier, named, { budget });
      if (reading.kind === 'unread') return [{ path: '$.pattern', kind: undefined }];
      if (reading.kind === 'person') kinds.add(reading.identifier.of);
    }
  }
  return [...kinds].map((kind) => ({ path: '$.pattern', kind }));
}
