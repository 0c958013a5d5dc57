import type { Pattern, PatternComparison, PatternComparisonExpression } from '@belltower/stix';
import { printObjectPath } from '@belltower/stix';
import { normalTarget } from './normal-target.ts';
import type { Target, TargetKind } from './target.ts';
import type { PathKind } from './target-paths.ts';
import { hashStrength, portPaths, prefixPaths, qualifierPaths, targetPaths } from './target-paths.ts';
import { telecomProperties, telecomTarget } from './telecom-targets.ts';

/** What a list can say of a pattern, and why it cannot say the rest. */
export interface PatternTargets {
  readonly targets: readonly Target[];
  /** A sentence for each alternative that no list can hold. */
  readonly beyond: readonly string[];
}

/** Alternatives that a pattern may have; a list of that length has its own feed. */
const mostAlternatives = 10_000;
const tooMany = `It has more than ${mostAlternatives} alternatives.`;

/** Takes a pattern apart into values that stand for themselves: alternatives of equal comparisons (STIX 2.1 §9). */
export function targetsOfPattern(pattern: Pattern): PatternTargets {
  const targets = new Map<string, Target>();
  const beyond = new Set<string>();
  for (const alternative of alternativesOf(pattern, beyond)) {
    const found = targetOf(alternative);
    if (typeof found === 'string') beyond.add(found);
    for (const target of typeof found === 'string' ? [] : found) {
      const normal = normalTarget(target);
      if (normal === undefined)
        beyond.add(`A value of the kind ${target.kind} is none: it does not have that form.`);
      else targets.set(`${normal.kind} ${normal.value} ${normal.port ?? ''}`, normal);
    }
  }
  return { targets: [...targets.values()], beyond: [...beyond] };
}

type Alternative = readonly PatternComparison[];

function alternativesOf(pattern: Pattern, beyond: Set<string>): readonly Alternative[] {
  switch (pattern.kind) {
    case 'observation': {
      const alternatives = disjunction(pattern.comparison);
      if (alternatives !== undefined) return alternatives;
      beyond.add(tooMany);
      return [];
    }
    case 'or': {
      const all: Alternative[] = [];
      for (const operand of pattern.operands) {
        const some = alternativesOf(operand, beyond);
        if (all.length + some.length > mostAlternatives) {
          beyond.add(tooMany);
          break;
        }
        all.push(...some);
      }
      return all;
    }
    case 'qualified':
      beyond.add('It counts observations or binds them to a time, and a list has neither.');
      return [];
    case 'and':
    case 'followedby':
      beyond.add('It needs several observations together, and each alone means nothing.');
      return [];
  }
}

/** The alternatives of a comparison expression; undefined when there are too many. */
function disjunction(expression: PatternComparisonExpression): readonly Alternative[] | undefined {
  switch (expression.kind) {
    case 'or': {
      const all: Alternative[] = [];
      for (const operand of expression.operands) {
        const some = disjunction(operand);
        if (some === undefined || all.length + some.length > mostAlternatives) return undefined;
        all.push(...some);
      }
      return all;
    }
    case 'and': {
      let all: readonly Alternative[] = [[]];
      for (const operand of expression.operands) {
        const some = disjunction(operand);
        if (some === undefined || all.length * some.length > mostAlternatives) return undefined;
        all = all.flatMap((one) => some.map((other) => [...one, ...other]));
      }
      return all;
    }
    case 'compare':
    case 'in':
    case 'text':
    case 'exists':
      return [[expression]];
  }
}

interface Named {
  readonly path: string;
  readonly kind: PathKind;
  readonly values: readonly string[];
}

interface Ports {
  readonly path: string;
  readonly numbers: readonly number[];
}

/** The targets of comparisons that hold together, or why they are none. */
function targetOf(alternative: Alternative): readonly Target[] | string {
  const [first] = alternative;
  const properties = first === undefined ? undefined : telecomProperties.get(first.path.type);
  if (first !== undefined && properties !== undefined)
    return telecomTargets(alternative, { type: first.path.type, properties });
  const named: Named[] = [];
  let ports: Ports | undefined;
  for (const comparison of alternative) {
    const path = pathOf(comparison);
    const values = valuesOf(comparison, path);
    if (values === undefined) return `A list cannot say ${describe(comparison, path)}.`;
    const kind = targetPaths.get(path);
    if (kind !== undefined) named.push({ path, kind, values });
    else if (qualifierPaths.has(path)) continue;
    else if (portPaths.has(path)) {
      if (ports !== undefined) return 'It needs two ports together, and a list has one.';
      ports = { path, numbers: values.map(Number) };
    } else return `No list knows ${path}.`;
  }
  const [only, ...others] = named;
  if (only === undefined) return 'It names no value that a list could hold.';
  if (ports !== undefined && sideOf(only.path) !== sideOf(ports.path))
    return "A list cannot say a port of one side and another side's address.";
  const numbers = ports?.numbers ?? [undefined];
  const groups = named.map(({ kind, values }) =>
    values.flatMap((value) =>
      numbers.map((port): Target => {
        const target = { kind: kindOf(kind, value), value };
        return port === undefined ? target : { ...target, port };
      }),
    ),
  );
  if (others.length === 0) return groups.flat();
  return strongestHash(groups) ?? 'It needs several values together, and each alone means less.';
}

/** Which end of a connection a path speaks of; what stands alone is what is connected to. */
function sideOf(path: string): 'src' | 'dst' {
  return path.startsWith('network-traffic:src_') ? 'src' : 'dst';
}

/** The targets of comparisons of one telecom type: its properties say together what the value is. */
function telecomTargets(
  alternative: Alternative,
  { type, properties }: { readonly type: string; readonly properties: readonly string[] },
): readonly Target[] | string {
  let objects: readonly (Readonly<Record<string, string>> & { readonly type: string })[] = [{ type }];
  for (const comparison of alternative) {
    const path = pathOf(comparison);
    const values = valuesOf(comparison, path);
    if (values === undefined) return `A list cannot say ${describe(comparison, path)}.`;
    if (qualifierPaths.has(path)) continue;
    const property = properties.find((name) => path === `${type}:${name}`);
    if (property === undefined) return `No list knows ${path}.`;
    if (objects.length * values.length > mostAlternatives) return tooMany;
    objects = objects.flatMap((object) =>
      // Two values of one property at once are nothing's.
      object[property] === undefined ? values.map((value) => ({ ...object, [property]: value })) : [],
    );
  }
  const targets = objects.map(telecomTarget).filter((target) => target !== undefined);
  return targets.length < objects.length || objects.length === 0
    ? `It names no ${type} that a list could hold.`
    : targets;
}

/** An object path without quotation marks, and with the names of hash algorithms as the vocabulary has them: md5 is meant as MD5. */
function pathOf({ path }: PatternComparison): string {
  return printObjectPath(path)
    .replaceAll("'", '')
    .replace(/(?<=:hashes\.)(?:md5|sha-?(?:1|256|512))$/i, (name) =>
      name.toUpperCase().replace(/^SHA-?/, 'SHA-'),
    );
}

/** Several hashes of one file say the same as the strongest of them. */
function strongestHash(targets: readonly (readonly Target[])[]): readonly Target[] | undefined {
  const hashes = targets.flatMap((values) => (values.length === 1 ? values : []));
  if (hashes.length !== targets.length || !hashes.every(({ kind }) => hashStrength.includes(kind)))
    return undefined;
  const kinds = new Set(hashes.map(({ kind }) => kind));
  if (kinds.size !== hashes.length) return undefined;
  return hashes
    .toSorted((one, other) => hashStrength.indexOf(one.kind) - hashStrength.indexOf(other.kind))
    .slice(0, 1);
}

function kindOf(kind: PathKind, value: string): TargetKind {
  if (kind !== 'address') return kind;
  if (value.includes(':')) return 'ipv6';
  return /^[\d./]+$/.test(value) ? 'ipv4' : 'domain';
}

/** The values that a comparison allows; undefined where they cannot be told one by one. */
function valuesOf(comparison: PatternComparison, path: string): readonly string[] | undefined {
  if (comparison.negated) return undefined;
  switch (comparison.kind) {
    case 'compare':
      return comparison.operator === '=' ? [String(comparison.constant.value)] : undefined;
    case 'in':
      return comparison.constants.map(({ value }) => String(value));
    case 'text':
      return valueOfText(comparison, path);
    case 'exists':
      return undefined;
  }
}

function valueOfText(
  comparison: Extract<PatternComparison, { readonly kind: 'text' }>,
  path: string,
): readonly string[] | undefined {
  const { operator, text } = comparison;
  if (operator === 'ISSUBSET' && /^[0-9a-f:.]+\/\d{1,3}$/i.test(text)) return [text];
  // A beginning, as `32475%`, is what lists of numbers write as 32475*.
  if (operator === 'LIKE' && prefixPaths.has(path) && /^\+?\d{1,15}%$/.test(text))
    return [`${text.slice(0, -1)}*`];
  return undefined;
}

function describe(comparison: PatternComparison, path: string): string {
  if (comparison.negated) return `that ${path} is not something`;
  return comparison.kind === 'text'
    ? `${path} ${comparison.operator} '${comparison.text.slice(0, 60)}'`
    : `how ${path} is compared`;
}
