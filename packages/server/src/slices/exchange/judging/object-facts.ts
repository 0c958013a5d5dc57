import { hash } from 'node:crypto';
import type { MarkingResolver, TlpLevel } from '@belltower/stix';
import { CanonicalJsonError, canonicalize, effectiveMarking, objectClass } from '@belltower/stix';
import type { PersonalPlace, ReadingBudget } from '@belltower/telecom';
import { personalData, telecomTypes } from '@belltower/telecom';
import { versionKey } from '../entry.ts';
import { parseExact } from './exact-json.ts';

/** What the gate and the log need to know of an object; everything else stays in its text. */
export interface ObjectFacts {
  readonly id: string;
  readonly type: string;
  readonly specVersion: string;
  /** Undefined for an object that carries no time: its version is the moment at which it is added (TAXII 2.1 §3.4). */
  readonly version: string | undefined;
  readonly createdBy: string | undefined;
  /** Its own marking, object and granular, the strictest of them (rule G2). */
  readonly marking: TlpLevel | undefined;
  readonly revoked: boolean;
  /** Where it names subscribers in plain (rule G9). */
  readonly personalData: readonly PersonalPlace[];
  /** SHA-256 over what the object says: equal for two spellings of the same content. */
  readonly digest: string;
  readonly text: string;
}

/**
 * `value` is a valid STIX object, `text` its spelling; `resolve` finds marking definitions that came with it. `readings` bounds the work of
 * telling numbers of subscribers from others, over all objects of a bundle.
 */
export function objectFacts(
  { value, text }: { readonly value: Readonly<Record<string, unknown>>; readonly text: string },
  { resolve, readings }: { readonly resolve: MarkingResolver; readonly readings: ReadingBudget },
): ObjectFacts {
  const type = textOf(value['type']) ?? '';
  // Observables have deterministic ids. A time that somebody puts into one must not make it theirs, nor tell them that others have it.
  const isObservable = objectClass(value, telecomTypes) === 'sco';
  const version = isObservable ? undefined : (textOf(value['modified']) ?? textOf(value['created']));
  return {
    id: textOf(value['id']) ?? '',
    type,
    specVersion: textOf(value['spec_version']) ?? '2.1',
    version: version === undefined ? undefined : versionKey(version),
    createdBy: textOf(value['created_by_ref']),
    marking: effectiveMarking(value, { resolve }),
    revoked: value['revoked'] === true,
    personalData: personalData(value, readings),
    digest: contentDigest(value, text),
    text,
  };
}

/**
 * So many digits, or an exponent so large, that a double may not hold the number. It stands where a JSON number can; that a
 * string has the same in it costs time and nothing else.
 */
const longNumber = /[:,[\s]-?(?:\d[\d.]{15}|\d[\d.]{0,15}[eE][+-]?\d{2})/;

/**
 * Numbers that a double cannot hold are compared by their spelling: their canonical form would make two different
 * numbers equal. What has no canonical form at all is compared as text.
 */
function contentDigest(value: unknown, text: string): string {
  return hash('sha256', comparableText(value, text), 'base64url');
}

function comparableText(value: unknown, text: string): string {
  try {
    return canonicalize(longNumber.test(text) ? parseExact(text) : value);
  } catch (cause) {
    if (!(cause instanceof CanonicalJsonError)) throw cause;
    return text;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
