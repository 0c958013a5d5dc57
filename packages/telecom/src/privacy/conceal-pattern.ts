import type {
  PatternComparison,
  PatternComparisonExpression,
  PatternConstant,
  PatternObjectPath,
} from '@belltower/stix';
import { printComparisonExpression, printObjectPath } from '@belltower/stix';
import { carriers } from './carriers.ts';
import { concealIdentifier } from './conceal.ts';
import type { GroupKey } from './group-key.ts';
import { carrierAt, namedTexts, readNamed } from './pattern-identifiers.ts';
import type { PersonalIdentifier } from './personal-identifier.ts';
import { alternatives, constantOf, joined, mostComparisons, rewritePatternText } from './rewrite-pattern.ts';

/** A pattern that was written anew. */
export interface WrittenPattern {
  readonly pattern: string;
  /** Whom the pattern named before. */
  readonly identifiers: readonly PersonalIdentifier[];
  /** Paths of comparisons that could not be kept beside what was concealed. */
  readonly leftOut: readonly string[];
}

/** The type of the observable that a concealed pattern is about. */
export const concealedType = 'concealed-identifier';

/**
 * A pattern that names its subscribers concealed: `concealed-identifier:value = '…' AND concealed-identifier:key_id = '…'` for each. What else
 * the pattern asks of the same object is left out: a concealed identifier has nothing else. Undefined where it is no pattern, or too
 * complex for that.
 */
export function concealPattern(text: string, key: GroupKey): WrittenPattern | undefined {
  const identifiers: PersonalIdentifier[] = [];
  const leftOut = new Set<string>();
  const means: Means = { key, identifiers, leftOut, readings: new Map() };
  const pattern = rewritePatternText(text, (expression) => concealExpression(expression, means));
  return pattern === undefined ? undefined : { pattern, identifiers, leftOut: [...leftOut] };
}

interface Means {
  readonly key: GroupKey;
  readonly identifiers: PersonalIdentifier[];
  readonly leftOut: Set<string>;
  /** What was read already: alternatives repeat their comparisons. */
  readonly readings: Map<string, PersonalIdentifier | undefined>;
}

/** Only one object satisfies a comparison and its neighbours, so all of them change their type together, alternative by alternative. */
function concealExpression(
  expression: PatternComparisonExpression,
  means: Means,
): PatternComparisonExpression | undefined {
  const terms = alternatives(expression);
  if (terms === undefined) return undefined;
  const split = withoutMixedLists(terms, means);
  if (split === undefined) return undefined;
  const written = split.map((term) => concealTerm(term, means));
  if (written.every((term, index) => term === split[index])) return expression;
  const distinct = new Map<string, PatternComparisonExpression>();
  for (const term of written) {
    const whole = joined('and', term);
    if (whole !== undefined) distinct.set(printComparisonExpression(whole), whole);
  }
  return joined('or', [...distinct.values()]);
}

type Term = readonly PatternComparison[];

function concealTerm(term: Term, means: Means): Term {
  const named = term.map((comparison) => namedIn(comparison, term, means));
  if (named.every((identifiers) => identifiers.length === 0)) return term;
  const types = new Set(
    term.flatMap(({ path }, index) =>
      (named[index] ?? []).length > 0 && path.steps.length === 1 ? [path.type] : [],
    ),
  );
  return term.flatMap((comparison, index) => {
    const identifiers = named[index] ?? [];
    const { path } = comparison;
    if (identifiers.length > 0) {
      means.identifiers.push(...identifiers);
      return concealedComparisons(comparison, identifiers, means.key);
    }
    if (!types.has(path.type)) return [comparison];
    const typedBy = carriers.get(path.type)?.typedBy;
    const [step] = path.steps;
    if (step?.kind !== 'key' || step.key !== typedBy) means.leftOut.add(printObjectPath(path));
    return [];
  });
}

function concealedComparisons(
  comparison: PatternComparison,
  identifiers: readonly PersonalIdentifier[],
  key: GroupKey,
): Term {
  const path = concealedPath(comparison.path);
  const values = [...new Set(identifiers.map((identifier) => concealIdentifier(identifier, key).value))];
  const negated =
    comparison.kind === 'compare' && comparison.operator === '!=' ? !comparison.negated : comparison.negated;
  const [value = ''] = values;
  const valuePath = path('value');
  const keyIs: PatternComparison = {
    kind: 'compare',
    path: path('key_id'),
    operator: '=',
    constant: constantOf(key.id),
    negated: false,
  };
  if (values.length > 1)
    return [{ kind: 'in', path: valuePath, constants: values.map(constantOf), negated }, keyIs];
  return [
    {
      kind: 'compare',
      path: valuePath,
      operator: negated ? '!=' : '=',
      constant: constantOf(value),
      negated: false,
    },
    keyIs,
  ];
}

/** Behind a reference the place stays and what is referred to changes; else the type does. */
function concealedPath({ type, steps }: PatternObjectPath) {
  const before = steps.slice(0, -1);
  return (property: string): PatternObjectPath => ({
    type: before.length === 0 ? concealedType : type,
    steps: [...before, { kind: 'key', key: property }],
  });
}

/** Whom a comparison names; what its neighbours say of the kind counts. */
function namedIn(
  comparison: PatternComparison,
  term: Term,
  { readings }: Means,
): readonly PersonalIdentifier[] {
  const carrier = carrierAt(comparison.path);
  if (carrier === undefined) return [];
  const hint = kindSaid(comparison.path.type, carrier.typedBy, term);
  const place = printObjectPath(comparison.path);
  return namedTexts(comparison).flatMap((named) => {
    const asked = JSON.stringify([place, hint, named.text, named.whole]);
    if (!readings.has(asked)) {
      const reading = readNamed(carrier, named, { hint });
      readings.set(asked, reading.kind === 'person' ? reading.identifier : undefined);
    }
    const identifier = readings.get(asked);
    return identifier === undefined ? [] : [identifier];
  });
}

function kindSaid(type: string, typedBy: string | undefined, term: Term): string | undefined {
  for (const comparison of term) {
    const { path } = comparison;
    const [step] = path.steps;
    if (path.type !== type || step?.kind !== 'key' || step.key !== typedBy) continue;
    if (comparison.kind === 'compare' && comparison.operator === '=' && comparison.constant.kind === 'string')
      return comparison.constant.value;
  }
  return undefined;
}

/**
 * A list of subscribers and of others becomes two alternatives; where it is negated, the others are not needed to exclude what is concealed.
 * Undefined where that makes too many.
 */
function withoutMixedLists(terms: readonly Term[], means: Means): readonly Term[] | undefined {
  const waiting = terms.toReversed();
  const done: Term[] = [];
  let comparisons = 0;
  for (let term = waiting.pop(); term !== undefined; term = waiting.pop()) {
    const parts = splitMixedList(term, means);
    if (parts !== undefined) {
      waiting.push(...parts.toReversed());
      continue;
    }
    comparisons += term.length;
    if (comparisons > mostComparisons) return undefined;
    done.push(term);
  }
  return done;
}

/** Undefined where no list of a term is mixed. */
function splitMixedList(term: Term, means: Means): readonly Term[] | undefined {
  const namedBy = (comparison: PatternComparison) => namedIn(comparison, term, means).length;
  const at = term.findIndex((comparison) => {
    const named = comparison.kind === 'in' ? namedBy(comparison) : 0;
    return comparison.kind === 'in' && named > 0 && named < comparison.constants.length;
  });
  const mixed = term[at];
  if (mixed?.kind !== 'in') return undefined;
  const withConstants = (constants: readonly PatternConstant[]) =>
    term.map((comparison, index) => (index === at ? { ...mixed, constants } : comparison));
  const persons: PatternConstant[] = [];
  const others: PatternConstant[] = [];
  for (const constant of mixed.constants)
    (namedBy({ ...mixed, constants: [constant] }) > 0 ? persons : others).push(constant);
  return mixed.negated ? [withConstants(persons)] : [withConstants(persons), withConstants(others)];
}
