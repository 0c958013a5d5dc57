import type { StixTimestamp, TlpLevel } from '@belltower/stix';
import {
  compareTimestamps,
  effectiveMarking,
  isJsonObject,
  isTimestamp,
  parsePattern,
} from '@belltower/stix';
import type { Json } from '../json.ts';
import type { Loss } from '../loss.ts';
import type { Target } from './target.ts';
import { targetsOfPattern } from './targets-of-pattern.ts';

/** An indicator as far as lists and rules can say it. */
export interface ListedIndicator {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly created: string;
  readonly modified: string;
  readonly validFrom: string;
  readonly validUntil: string | undefined;
  /** 0 to 100; undefined where the producer gives none (STIX 2.1 §3.2). */
  readonly confidence: number | undefined;
  readonly tlp: TlpLevel | undefined;
  readonly types: readonly string[];
  /** What it refers to outside (STIX 2.1 §2.5); empty texts where a reference does not say. */
  readonly references: readonly Reference[];
  readonly targets: readonly Target[];
  /** Where its pattern is in another language: the rule itself. */
  readonly rule: { readonly language: string; readonly text: string } | undefined;
}

export interface Reference {
  readonly source: string;
  readonly id: string;
  readonly url: string;
}

export interface ReadIndicators {
  readonly indicators: readonly ListedIndicator[];
  readonly losses: readonly Loss[];
}

/**
 * The indicators among some STIX objects that hold at a moment. Others are told of: revoked, expired, not valid
 * yet, or with a pattern that no list can hold.
 */
export function readIndicators(
  objects: Iterable<unknown>,
  { now }: { readonly now: StixTimestamp },
): ReadIndicators {
  const indicators: ListedIndicator[] = [];
  const losses: Loss[] = [];
  for (const object of lastVersions(objects)) {
    const id = text(object['id']);
    const reason = outOfForce(object, now);
    if (reason !== undefined) {
      losses.push({ at: id, what: 'indicator', why: reason });
      continue;
    }
    const { targets, rule, beyond } = contentOf(object);
    for (const why of beyond) losses.push({ at: id, what: 'pattern', why });
    if (targets.length > 0 || rule !== undefined) indicators.push({ ...metadata(object), targets, rule });
  }
  return { indicators, losses };
}

/** Each indicator once, as its newest version among the objects says: it may have revoked what an older one said (STIX 2.1 §3.6). */
function lastVersions(objects: Iterable<unknown>): Iterable<Json> {
  const last = new Map<unknown, Json>();
  for (const object of objects) {
    if (!isJsonObject(object) || object['type'] !== 'indicator') continue;
    // What has no id is nobody's version.
    const key = object['id'] ?? object;
    const known = last.get(key);
    if (known === undefined || !isOlder(object, known)) last.set(key, object);
  }
  return last.values();
}

function isOlder({ modified: one }: Json, { modified: other }: Json): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') return false;
  return isTimestamp(one) && isTimestamp(other) && compareTimestamps(one, other) < 0;
}

function outOfForce(object: Json, now: StixTimestamp): string | undefined {
  if (object['revoked'] === true) return 'Its owner has revoked it.';
  const [from, until] = [object['valid_from'], object['valid_until']];
  if (typeof until === 'string' && isTimestamp(until) && compareTimestamps(until, now) <= 0)
    return `It was valid until ${until}.`;
  if (typeof from === 'string' && isTimestamp(from) && compareTimestamps(from, now) > 0)
    return `It is valid from ${from}.`;
  return undefined;
}

function contentOf(
  object: Json,
): Pick<ListedIndicator, 'targets' | 'rule'> & { readonly beyond: readonly string[] } {
  const pattern = text(object['pattern']);
  const language = text(object['pattern_type']) || 'stix';
  if (language !== 'stix') return { targets: [], rule: { language, text: pattern }, beyond: [] };
  const parsed = parsePattern(pattern);
  if (!parsed.ok)
    return {
      targets: [],
      rule: undefined,
      beyond: [`Its pattern cannot be read: ${parsed.errors[0]?.message ?? ''}`],
    };
  return { ...targetsOfPattern(parsed.pattern), rule: undefined };
}

function metadata(object: Json): Omit<ListedIndicator, 'targets' | 'rule'> {
  const confidence = object['confidence'];
  const until = text(object['valid_until']);
  const types = object['indicator_types'];
  return {
    id: text(object['id']),
    name: text(object['name']),
    description: text(object['description']),
    created: text(object['created']),
    modified: text(object['modified']),
    validFrom: text(object['valid_from']),
    validUntil: until === '' ? undefined : until,
    confidence: typeof confidence === 'number' ? confidence : undefined,
    tlp: effectiveMarking(object),
    types: Array.isArray(types) ? types.filter((type) => typeof type === 'string') : [],
    references: referencesOf(object),
  };
}

/** References that a rule names are so many at the most. */
const mostReferences = 100;

function referencesOf(object: Json): readonly Reference[] {
  const references = object['external_references'];
  if (!Array.isArray(references)) return [];
  return references
    .slice(0, mostReferences)
    .filter(isJsonObject)
    .map((one) => ({
      source: text(one['source_name']),
      id: text(one['external_id']),
      url: text(one['url']),
    }));
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
