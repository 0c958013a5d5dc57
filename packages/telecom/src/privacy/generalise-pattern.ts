import type { PatternComparison, PatternComparisonExpression, PatternConstant } from '@belltower/stix';
import type { WrittenPattern } from './conceal-pattern.ts';
import { generaliseIdentifier } from './generalise.ts';
import type { Named } from './pattern-identifiers.ts';
import { carrierAt, namedTexts, readNamed } from './pattern-identifiers.ts';
import type { PersonalIdentifier } from './personal-identifier.ts';
import { joined, rewritePatternText } from './rewrite-pattern.ts';

/**
 * A pattern that asks for the network, the model, the range or the issuer in place of one subscriber: `value LIKE '20601%'`. It matches much
 * more than before. Undefined where it is no pattern, or names somebody of whom nothing is left that could be told.
 */
export function generalisePattern(text: string): WrittenPattern | undefined {
  const identifiers: PersonalIdentifier[] = [];
  const pattern = rewritePatternText(text, (expression) => generaliseExpression(expression, identifiers));
  return pattern === undefined ? undefined : { pattern, identifiers, leftOut: [] };
}

function generaliseExpression(
  expression: PatternComparisonExpression,
  identifiers: PersonalIdentifier[],
): PatternComparisonExpression | undefined {
  if (!('operands' in expression)) return generaliseComparison(expression, identifiers);
  const operands: PatternComparisonExpression[] = [];
  for (const operand of expression.operands) {
    const written = generaliseExpression(operand, identifiers);
    if (written === undefined) return undefined;
    operands.push(written);
  }
  return { kind: expression.kind, operands };
}

function generaliseComparison(
  comparison: PatternComparison,
  identifiers: PersonalIdentifier[],
): PatternComparisonExpression | undefined {
  const carrier = carrierAt(comparison.path);
  if (carrier === undefined) return comparison;
  const likes = new Set<string>();
  const kept: PatternConstant[] = [];
  for (const named of namedTexts(comparison)) {
    const reading = readNamed(carrier, named, {});
    if (reading.kind !== 'person') {
      kept.push({ kind: 'string', value: named.text });
      continue;
    }
    const like = beginning(reading.identifier, [named, { text: reading.value, whole: true }]);
    if (like === undefined) return undefined;
    identifiers.push(reading.identifier);
    likes.add(like);
  }
  if (likes.size === 0) return comparison;
  const { path } = comparison;
  const negated =
    comparison.kind === 'compare' && comparison.operator === '!=' ? !comparison.negated : comparison.negated;
  const written: PatternComparison[] = [...likes].map((text) => ({
    kind: 'text',
    operator: 'LIKE',
    path,
    text,
    negated,
  }));
  if (kept.length > 0) written.push({ kind: 'in', path, constants: kept, negated });
  return joined(negated ? 'and' : 'or', written);
}

/** What a text begins, or ends, with that may be told, for `LIKE`. */
function beginning(identifier: PersonalIdentifier, spellings: readonly Named[]): string | undefined {
  const told = generaliseIdentifier(identifier);
  if (told === undefined) return undefined;
  if (told.kind === 'domain') return `%@${told.value}`;
  for (const { text } of spellings) {
    const at = text.indexOf(told.prefix);
    const start = at === -1 ? '%' : text.slice(0, at + told.prefix.length);
    if (!/[%_]/.test(start)) return `${start}%`;
  }
  return undefined;
}
