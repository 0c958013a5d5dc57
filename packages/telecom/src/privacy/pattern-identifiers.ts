import type {
  Pattern,
  PatternComparison,
  PatternComparisonExpression,
  PatternObjectPath,
} from '@belltower/stix';
import type { Carrier, Reading } from './carriers.ts';
import { carriers, readCarried } from './carriers.ts';
import type { PersonalIdentifier } from './personal-identifier.ts';
import type { ReadingBudget } from './reading-budget.ts';

/** Whether a pattern may name a subscriber; asked before it is parsed, as most do not. */
export function mayNameSubscribers(pattern: string): boolean {
  return likely.test(pattern);
}

const likely = new RegExp(`${[...carriers.keys()].join('|')}|_refs?`);

/** Every comparison of a pattern, in its order. Patterns nest 200 levels deep at the most. */
export function* comparisonsOf(pattern: Pattern): Generator<PatternComparison> {
  switch (pattern.kind) {
    case 'observation':
      yield* comparisonsIn(pattern.comparison);
      return;
    case 'qualified':
      yield* comparisonsOf(pattern.expression);
      return;
    default:
      for (const operand of pattern.operands) yield* comparisonsOf(operand);
  }
}

function* comparisonsIn(expression: PatternComparisonExpression): Generator<PatternComparison> {
  if (!('operands' in expression)) yield expression;
  else for (const operand of expression.operands) yield* comparisonsIn(operand);
}

/** What a path leads to where it is the place of an identifier. */
export function carrierAt({ type, steps }: PatternObjectPath): Carrier | undefined {
  const [first, ...rest] = steps;
  const last = steps.at(-1);
  if (first?.kind !== 'key' || last?.kind !== 'key') return undefined;
  if (rest.length === 0) {
    const carrier = carriers.get(type);
    return carrier?.property === first.key ? carrier : undefined;
  }
  const reference = steps.findLast((step) => step.kind === 'key' && /_refs?$/.test(step.key));
  if (reference?.kind !== 'key' || last.key !== 'value') return undefined;
  if (reference.key === 'subscriber_ref') return carriers.get('mobile-subscriber-id');
  // Behind another reference anything can stand: what no other identifier looks like is taken for what it is.
  return referredCarrier;
}

const referredCarrier: Carrier = {
  property: 'value',
  kinds: ['supi', 'suci', 'gpsi', 'pei', 'sip-uri', 'tel-uri', 'eid'],
};

/** A text that a comparison names, and what it is of the comparison. */
export interface Named {
  readonly text: string;
  /** The text has to be equal; otherwise it has to be contained, or to be the beginning or the end. */
  readonly whole: boolean;
}

/** The texts that a comparison names one by one: none for what describes a range. */
export function namedTexts(comparison: PatternComparison): readonly Named[] {
  switch (comparison.kind) {
    case 'compare': {
      const { operator, constant } = comparison;
      if (operator !== '=' && operator !== '!=') return [];
      return constant.kind === 'string' || constant.kind === 'integer'
        ? [{ text: String(constant.value), whole: true }]
        : [];
    }
    case 'in':
      return comparison.constants.flatMap((constant) =>
        constant.kind === 'string' || constant.kind === 'integer'
          ? [{ text: String(constant.value), whole: true }]
          : [],
      );
    case 'text':
      return namedByText(comparison.operator, comparison.text);
    case 'exists':
      return [];
  }
}

/** What `LIKE` or `MATCHES` spells out in full. */
function namedByText(operator: string, text: string): readonly Named[] {
  if (operator === 'LIKE') {
    const inner = text.replace(/^%{1,64}/, '').replace(/%{1,64}$/, '');
    return /[%_]/.test(inner) ? [] : [{ text: inner, whole: inner === text }];
  }
  if (operator !== 'MATCHES') return [];
  const inner = text
    .replace(/^\^/, '')
    .replace(/\$$/, '')
    .replace(/\\?\+\??|\\([.:@-])/g, (_, escaped: string | undefined) => escaped ?? '+');
  return /^[+\w.:@;=-]+$/.test(inner) ? [{ text: inner, whole: text === `^${text.slice(1, -1)}$` }] : [];
}

/** Whom a text that a comparison names identifies. What is only the beginning of an identifier describes a range. */
export function readNamed(
  carrier: Carrier,
  { text, whole }: Named,
  means: { readonly hint?: unknown; readonly budget?: ReadingBudget | undefined },
): Reading {
  const reading = readCarried(carrier, text, means);
  return reading.kind === 'person' && !whole && !isComplete(reading.identifier)
    ? { kind: 'nobody' }
    : reading;
}

/** Digits that a whole identifier has; telephone numbers have as many as their plan says, which reading them has shown. */
function isComplete({ of, normal }: PersonalIdentifier): boolean {
  return of === 'imsi' ? normal.length >= 14 : true;
}
