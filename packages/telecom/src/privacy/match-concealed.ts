import type { JsonObject } from '@belltower/stix';
import { parsePattern } from '@belltower/stix';
import type { Observable } from '../observable.ts';
import type { ConcealedIdentifier } from './conceal.ts';
import { concealIdentifier } from './conceal.ts';
import { concealedType } from './conceal-pattern.ts';
import type { KeyRing, TimeSpan } from './key-ring.ts';
import { keysToMatch } from './key-ring.ts';
import { comparisonsOf, namedTexts } from './pattern-identifiers.ts';
import { personalIdentifier } from './personal-identifier.ts';

/**
 * What an observable of one's own is in the eyes of others: concealed with each key that holds in a stretch of time. Nothing for what
 * identifies nobody.
 */
export function concealedForms(
  observable: Observable,
  ring: KeyRing,
  span: TimeSpan,
): readonly ConcealedIdentifier[] {
  const identifier = personalIdentifier(observable);
  if (identifier === undefined) return [];
  return keysToMatch(ring, span).map((key) => concealIdentifier(identifier, key));
}

/** The codes of concealed identifiers that an object is about: a concealed identifier itself, or a pattern that asks for some. */
export function concealedValues(object: JsonObject): readonly string[] {
  const { type, value, pattern, pattern_type } = object;
  if (type === concealedType) return typeof value === 'string' ? [value] : [];
  if (type !== 'indicator' || pattern_type !== 'stix' || typeof pattern !== 'string') return [];
  const parsed = pattern.includes(concealedType) ? parsePattern(pattern) : undefined;
  if (parsed?.ok !== true) return [];
  const values = new Set<string>();
  for (const comparison of comparisonsOf(parsed.pattern)) {
    const [step] = comparison.path.steps;
    const isValue = comparison.path.type === concealedType && step?.kind === 'key' && step.key === 'value';
    if (isValue && !comparison.negated) for (const { text } of namedTexts(comparison)) values.add(text);
  }
  return [...values];
}
