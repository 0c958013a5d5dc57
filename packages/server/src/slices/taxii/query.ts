import { isStixId, isTimestamp, isTypeName, parseTimestamp } from '@belltower/stix';
import { echo } from '../../platform/http/echo.ts';
import type { Outcome } from '../../platform/http/refusal.ts';
import { accept, refuse } from '../../platform/http/refusal.ts';
import type { Micros } from '../../platform/time.ts';
import { micros } from '../../platform/time.ts';
import type { VersionChoice } from '../exchange/index.ts';
import { versionKey } from '../exchange/index.ts';

/** The URL parameters of TAXII 2.1 §3.4. */
export const parameters = [
  'added_after',
  'limit',
  'next',
  'match[id]',
  'match[type]',
  'match[version]',
  'match[spec_version]',
] as const;
export type Parameter = (typeof parameters)[number];

/** What a request asks for; whatever is undefined was not said. */
export interface TaxiiQuery {
  readonly addedAfter: Micros | undefined;
  readonly limit: number | undefined;
  readonly next: string | undefined;
  readonly ids: readonly string[] | undefined;
  readonly types: readonly string[] | undefined;
  readonly specVersions: readonly string[] | undefined;
  readonly versions: VersionChoice | undefined;
}

/**
 * Reads the parameters of an endpoint that supports the `allowed` ones. Refuses with the parameter's name: `unknown-filter`
 * for one that the endpoint does not have, `bad-filter` for one that is malformed, empty or given twice (TAXII 2.1 §3.4).
 */
export function parseQuery(search: URLSearchParams, allowed: readonly Parameter[]): Outcome<TaxiiQuery> {
  const given = new Map<string, string>();
  for (const [name, value] of search) {
    const at = `?${echo(name)}`;
    if (!allowed.some((parameter) => parameter === name)) {
      const known = allowed.length === 0 ? 'It takes none.' : `It takes ${allowed.join(', ')}.`;
      return refuse('unknown-filter', `This endpoint has no parameter ${echo(name)}. ${known}`, {
        at,
      });
    }
    if (given.has(name))
      return refuse('bad-filter', `${name} may be given once; list values with commas.`, { at });
    given.set(name, value);
  }
  const problems: Problem[] = [];
  const read = <Value>(name: Parameter, parse: Parse<Value>): Value | undefined => {
    const text = given.get(name);
    if (text === undefined) return undefined;
    const parsed = text === '' ? { problem: 'has no value' } : parse(text);
    if ('value' in parsed) return parsed.value;
    problems.push({ at: `?${name}`, message: `${name} ${parsed.problem}.` });
    return undefined;
  };
  const query: TaxiiQuery = {
    addedAfter: read('added_after', parseAddedAfter),
    limit: read('limit', parseLimit),
    next: read('next', (text) => ({ value: text })),
    ids: read(
      'match[id]',
      listOf(isStixId, 'a STIX identifier such as indicator--252c7c11-daf2-42bd-843b-be65edca9f61'),
    ),
    types: read('match[type]', listOf(isTypeName, 'a STIX type such as indicator')),
    specVersions: read('match[spec_version]', listOf(isSpecVersion, 'a version of STIX such as 2.1')),
    versions: read('match[version]', parseVersions),
  };
  const [first] = problems;
  return first === undefined ? accept(query) : refuse('bad-filter', first.message, { at: first.at });
}

interface Problem {
  readonly at: string;
  readonly message: string;
}

type Parsed<Value> = { readonly value: Value } | { readonly problem: string };
type Parse<Value> = (text: string) => Parsed<Value>;

/** Digits beyond the microsecond are cut off, which leaves "after" exact: nothing is added between two microseconds. */
function parseAddedAfter(text: string): Parsed<Micros> {
  const parsed = parseTimestamp(text);
  if (parsed === undefined) {
    return { problem: `is a timestamp in UTC such as 2026-01-31T12:00:00.000000Z, not ${shown(text)}` };
  }
  // Nothing was added before 1685, and nothing will have been before 2255: there the ends of the range do as well.
  const most = Number.MAX_SAFE_INTEGER;
  return { value: micros(Math.min(Math.max(parsed.microseconds, -most), most)) };
}

function parseLimit(text: string): Parsed<number> {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : 0;
  if (value > 0 && Number.isSafeInteger(value)) return { value };
  return { problem: `is a positive integer, not ${shown(text)}` };
}

function isSpecVersion(text: string): boolean {
  return /^\d{1,3}\.\d{1,3}$/.test(text);
}

function listOf(isValid: (text: string) => boolean, expected: string): Parse<readonly string[]> {
  return (text) => {
    const values = text.split(',');
    const wrong = values.find((value) => !isValid(value));
    if (wrong === undefined) return { value: values };
    return { problem: `is ${expected}, or several with commas between them, not ${shown(wrong)}` };
  };
}

/** `last`, `first`, `all` or timestamps; each at most once, `all` only alone (TAXII 2.1 §3.4.1). */
function parseVersions(text: string): Parsed<VersionChoice> {
  const keywords = new Set<string>();
  const exact = new Set<string>();
  for (const value of text.split(',')) {
    const isKeyword = value === 'last' || value === 'first' || value === 'all';
    if (!isKeyword && !isTimestamp(value)) {
      return { problem: `is last, first, all, or the timestamp of a version, not ${shown(value)}` };
    }
    const [set, key] = isKeyword ? [keywords, value] : [exact, versionKey(value)];
    if (set.has(key)) return { problem: `names ${shown(value)} twice` };
    set.add(key);
  }
  const all = keywords.has('all');
  if (all && keywords.size + exact.size > 1) return { problem: 'takes all only alone' };
  return { value: { all, first: keywords.has('first'), last: keywords.has('last'), exact: [...exact] } };
}

function shown(text: string): string {
  return `“${echo(text, 80)}”`;
}
