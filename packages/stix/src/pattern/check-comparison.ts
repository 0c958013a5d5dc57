import type { CheckKind } from '../model/check.ts';
import type { ObjectTypes } from '../model/shapes.ts';
import { valueFlaw } from '../model/value-form.ts';
import { isTimestamp } from '../timestamp.ts';
import { closestName } from './closest-name.ts';
import { readIpRange } from './ip-range.ts';
import { type ObjectPathType, objectPathType } from './object-path-type.ts';
import type { PatternComparison, PatternConstant } from './pattern.ts';
import type { PatternFinding } from './pattern-finding.ts';
import { printConstant, printObjectPath } from './print-pattern.ts';
import { compileRegularExpression } from './regular-expression.ts';

type Draft = Omit<PatternFinding, 'offset' | 'section'> & { readonly section: string };

/** The names of data types (STIX 2.1 §2), by the kind of the model's check where the two differ. */
const TYPE_NAMES = new Map<CheckKind['kind'], string>([
  ['open', 'string'],
  ['enum', 'string'],
  ['terms', 'string'],
  ['formed', 'string'],
  ['literal', 'string'],
  ['id', 'identifier'],
  ['reference', 'identifier'],
  ['number', 'float'],
]);

/** The constants that a data type can be compared with (STIX 2.1 §9.2). */
const COMPARABLE = new Map<string, readonly PatternConstant['kind'][]>([
  ['string', ['string', 'hex', 'binary']],
  ['identifier', ['string']],
  ['integer', ['integer', 'float']],
  ['float', ['integer', 'float']],
  ['integer-or-string', ['integer', 'float', 'string']],
  ['boolean', ['boolean']],
  ['timestamp', ['timestamp']],
  ['hex', ['hex', 'binary', 'string']],
  ['binary', ['hex', 'binary', 'string']],
]);

/** How many hexadecimal digits a hash has, by algorithm (STIX 2.1 §10.7). */
const HASH_DIGITS = new Map([
  ['MD5', 32],
  ['SHA-1', 40],
  ['SHA-256', 64],
  ['SHA-512', 128],
  ['SHA3-256', 64],
  ['SHA3-512', 128],
]);

/** Object types that people write for a standard one. */
const OTHER_NAMES = new Map([
  ['ip', 'ipv4-addr'],
  ['ipv4', 'ipv4-addr'],
  ['ipv6', 'ipv6-addr'],
  ['domain', 'domain-name'],
  ['hostname', 'domain-name'],
  ['email', 'email-addr'],
  ['win-registry-key', 'windows-registry-key'],
  ['registry-key', 'windows-registry-key'],
]);

/** Checks one comparison (STIX 2.1 §9.6, §9.7). */
export function checkComparison(
  comparison: PatternComparison,
  types: ObjectTypes,
): readonly PatternFinding[] {
  const type = objectPathType(comparison.path, types);
  const found = [
    ...checkObjectType(comparison, types),
    ...checkPath(comparison, type),
    ...checkOperand(comparison, type),
    ...checkConstants(comparison),
  ];
  const offset = comparison.offset === undefined ? {} : { offset: comparison.offset };
  return found.map((finding) => ({ ...finding, ...offset, section: `STIX 2.1 §${finding.section}` }));
}

function checkObjectType({ path }: PatternComparison, types: ObjectTypes): readonly Draft[] {
  // Names with x- announce that they are custom; a hint is all that could help.
  if (types.shapes.get(path.type)?.class === 'sco' || /^x[-_]/.test(path.type)) return [];
  const close = OTHER_NAMES.get(path.type) ?? closestName(path.type, types.observables);
  const hint = close === undefined ? '' : ` Is '${close}' meant?`;
  const message = `'${path.type}' is not an object type of the standard.${hint}`;
  return [{ level: 'should', code: 'unknown-object-type', message, section: '6' }];
}

function checkPath({ path }: PatternComparison, type: ObjectPathType): readonly Draft[] {
  const found: Draft[] = [];
  if (type.kind === 'wrong') {
    found.push({ level: 'should', code: 'unknown-property', message: type.message, section: type.section });
  }
  if (path.steps.some((step) => step.kind === 'index' && step.index < 0)) {
    const message = 'A list index is an integer from 0, or * for any element.';
    found.push({ level: 'must', code: 'negative-index', message, section: '9.7.2' });
  }
  const before = path.steps.at(-2);
  if (path.steps.at(-1)?.kind !== 'key' && before?.kind === 'key' && before.key === 'hashes') {
    const message =
      "An index belongs to a list and 'hashes' is a dictionary; here [*] is read as any of its values.";
    found.push({ level: 'should', code: 'dictionary-index', message, section: '9.7.2' });
  }
  return found;
}

function checkOperand(comparison: PatternComparison, type: ObjectPathType): readonly Draft[] {
  switch (comparison.kind) {
    case 'exists':
      return [];
    case 'compare':
      return [
        ...checkType(comparison, type, comparison.constant),
        ...checkHash(comparison, type),
        ...(comparison.operator === '=' ? checkValue(comparison, type, comparison.constant) : []),
      ];
    case 'in':
      return [
        ...checkList(comparison.constants),
        ...comparison.constants.flatMap((constant) => checkType(comparison, type, constant)).slice(0, 1),
        ...comparison.constants.flatMap((constant) => checkValue(comparison, type, constant)).slice(0, 1),
      ];
    case 'text':
      return checkText(comparison, type);
  }
}

function checkType(
  comparison: PatternComparison,
  type: ObjectPathType,
  constant: PatternConstant,
): readonly Draft[] {
  if (type.kind !== 'known') return [];
  const word = TYPE_NAMES.get(type.check.kind) ?? type.check.kind;
  if (COMPARABLE.get(word)?.includes(constant.kind) === true) return [];
  const path = printObjectPath(comparison.path);
  const message =
    word === 'list'
      ? `'${path}' is a list: write ${path}[*] for any of its elements.`
      : `'${path}' is of the type ${word}; the standard does not compare it with the ${constant.kind} ${printConstant(constant)}.${timestampHint(word, constant)}`;
  return [{ level: 'should', code: 'wrong-constant-type', message, section: '9.2' }];
}

function timestampHint(type: string, constant: PatternConstant): string {
  if (type !== 'timestamp' || constant.kind !== 'string' || !isTimestamp(constant.value)) return '';
  return ` A timestamp has the prefix t: t'${constant.value}'`;
}

function checkHash(
  comparison: Extract<PatternComparison, { readonly kind: 'compare' }>,
  type: ObjectPathType,
): readonly Draft[] {
  const { constant, operator } = comparison;
  if (constant.kind !== 'string' || (operator !== '=' && operator !== '!=')) return [];
  if (type.kind !== 'known' || type.owners[0] !== 'hashes') return [];
  const digits = HASH_DIGITS.get(type.property);
  if (digits === undefined) return [];
  if (constant.value.length === digits && /^[0-9A-Fa-f]*$/.test(constant.value)) return [];
  const message = `A ${type.property} hash has ${digits} hexadecimal digits.`;
  return [{ level: 'must', code: 'bad-hash', message, section: '2.7' }];
}

/** A value that no object of an extension has, since it is not of the form or the vocabulary that its table asks for. */
function checkValue(
  { path }: PatternComparison,
  type: ObjectPathType,
  constant: PatternConstant,
): readonly Draft[] {
  if (type.kind !== 'known' || constant.kind !== 'string') return [];
  const expected = expectedValue(type.check, constant.value);
  if (expected === undefined) return [];
  const message = `No '${printObjectPath(path)}' is ${printConstant(constant).slice(0, 100)}: ${expected}.`;
  return [{ level: 'should', code: 'bad-value', message, section: '9.6' }];
}

function expectedValue(check: CheckKind, value: string): string | undefined {
  if (check.kind === 'terms') {
    if (check.open === true || check.terms.includes(value)) return undefined;
    const close = closestName(value, check.terms);
    return close === undefined ? `it is one of ${check.terms.join(', ')}` : `is '${close}' meant?`;
  }
  const flaw = check.kind === 'formed' ? valueFlaw(value, check.form) : undefined;
  if (check.kind !== 'formed' || flaw === undefined) return undefined;
  return flaw.spelling === undefined ? `it is ${check.form.words}` : `it is written '${flaw.spelling}'`;
}

function checkList(constants: readonly PatternConstant[]): readonly Draft[] {
  if (constants.length === 0) {
    return [
      { level: 'should', code: 'empty-list', message: 'Nothing is IN an empty list.', section: '9.6.1' },
    ];
  }
  const kinds = new Set(
    constants.map(({ kind }) => (kind === 'float' ? 'integer' : kind === 'binary' ? 'hex' : kind)),
  );
  if (kinds.size === 1) return [];
  return [
    {
      level: 'must',
      code: 'mixed-list',
      message: 'The constants after IN are all of one type.',
      section: '9.6.1',
    },
  ];
}

function checkText(
  comparison: Extract<PatternComparison, { readonly kind: 'text' }>,
  type: ObjectPathType,
): readonly Draft[] {
  switch (comparison.operator) {
    case 'LIKE':
      return checkType(comparison, type, { kind: 'string', value: comparison.text });
    case 'MATCHES':
      return [
        ...checkExpression(comparison.text),
        ...checkType(comparison, type, { kind: 'string', value: comparison.text }),
      ];
    default:
      return checkIpRange(comparison, type);
  }
}

function checkExpression(text: string): readonly Draft[] {
  const compiled = compileRegularExpression(text);
  if (compiled.ok) return [];
  return [
    compiled.supported
      ? { level: 'must', code: 'bad-regular-expression', message: compiled.message, section: '9.6.1' }
      : {
          level: 'should',
          code: 'unsupported-regular-expression',
          message: compiled.message,
          section: '9.6.1',
        },
  ];
}

function checkIpRange(
  comparison: Extract<PatternComparison, { readonly kind: 'text' }>,
  type: ObjectPathType,
): readonly Draft[] {
  const found: Draft[] = [];
  if (readIpRange(comparison.text) === undefined) {
    const message = `'${comparison.text}' is neither an IP address nor a CIDR range.`;
    found.push({ level: 'must', code: 'not-an-ip-range', message, section: '9.6.1' });
  }
  const isAddress = (name: string) => name === 'ipv4-addr' || name === 'ipv6-addr';
  if (type.kind === 'known' && !(type.property === 'value' && type.owners.some(isAddress))) {
    const message = `${comparison.operator} is for the value of ipv4-addr and ipv6-addr objects.`;
    found.push({ level: 'must', code: 'not-an-ip-property', message, section: '9.6.1' });
  }
  return found;
}

function checkConstants(comparison: PatternComparison): readonly Draft[] {
  const constants =
    comparison.kind === 'compare'
      ? [comparison.constant]
      : comparison.kind === 'in'
        ? comparison.constants
        : [];
  return constants
    .filter((constant) => constant.kind === 'timestamp' && !isTimestamp(constant.value))
    .map((constant) => ({
      level: 'must',
      code: 'no-such-date',
      message: `There is no such date: ${String(constant.value)}.`,
      section: '2.16',
    }));
}
