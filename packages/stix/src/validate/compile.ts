import { isJsonObject, type JsonObject } from '../json/json-object.ts';
import type { Check, DictionaryKeys, Shape } from '../model/check.ts';
import { isTimestamp, timestampDigits } from '../timestamp.ts';
import { vocabularies } from '../vocabulary/vocabularies.ts';
import { checkConstraints, clauseOf } from './constraints.ts';
import { checkCustomProperty } from './custom.ts';
import { checkDictionaryKey } from './dictionary-keys.ts';
import { checkHashes } from './hashes.ts';
import { checkReference } from './references.ts';
import { quote, type Report } from './report.ts';
import { type ShapeRule, shapeRules } from './shape-rules.ts';
import { stringForms } from './string-forms.ts';
import { checkUnknown } from './unknown.ts';
import { checkValueForm } from './value-form.ts';
import { compileVocabulary } from './vocabulary-check.ts';
import { wrongType } from './wrong-type.ts';

/** Checks a value; the report stands at it. */
type Checker = (value: unknown, report: Report) => void;

/** A table ready to be run. */
export interface CompiledShape {
  readonly shape: Shape;
  readonly properties: ReadonlyMap<string, CompiledProperty>;
  readonly required: readonly string[];
  readonly rule: ShapeRule | undefined;
}

interface CompiledProperty {
  readonly check: Checker;
  readonly deprecated: boolean;
}

/** Compiles the table of an object. Done once for each table, when this package is loaded. */
export function compileShape(shape: Shape): CompiledShape {
  const properties = new Map<string, CompiledProperty>();
  const required: string[] = [];
  for (const [name, check] of Object.entries(shape.properties)) {
    properties.set(name, { check: compileCheck(check), deprecated: check.deprecated === true });
    if (check.required === true) required.push(name);
  }
  return {
    shape,
    properties,
    required,
    rule: shapeRules.get(shape.name),
  };
}

/** Handles a property that the table does not have; the report stands at it. */
export type UnknownProperty = (name: string, value: unknown) => void;

/** Checks the properties of an object against its table: known ones, missing ones, and how they go together. */
export function checkProperties(
  object: JsonObject,
  compiled: CompiledShape,
  { report, onUnknown }: { readonly report: Report; readonly onUnknown: UnknownProperty },
): void {
  for (const name of Object.keys(object)) {
    const property = compiled.properties.get(name);
    if (!report.enter(name)) return;
    if (property === undefined) onUnknown(name, object[name]);
    else {
      property.check(object[name], report);
      if (property.deprecated) report.add('deprecated-property', `${name} is deprecated`);
    }
    report.leave();
  }
  for (const name of compiled.required) {
    // Objects in an observable container may be of STIX 2.0, and are identified by their keys (§2.13).
    if (Object.hasOwn(object, name) || (name === 'id' && report.container !== undefined)) continue;
    report.addAt(
      name,
      'required-property',
      `${name} is required ${clauseOf(compiled.shape.section, compiled.shape)}`,
    );
  }
  checkConstraints(object, compiled.shape, report);
  compiled.rule?.(object, report);
}

function compileCheck(check: Check): Checker {
  switch (check.kind) {
    case 'any':
      return checkUnknown;
    case 'extensions':
    case 'id':
    case 'observable-container':
    case 'objects':
      // Looked at where the whole object is known, in check-object.ts and validate-bundle.ts.
      return ignore;
    case 'boolean':
      return checkBoolean;
    case 'integer-or-string':
      return checkIntegerOrString;
    case 'integer':
    case 'number':
      return compileNumber(check);
    case 'string':
      return check.form === undefined ? checkString : compileForm(stringForms[check.form]);
    case 'literal':
      return compileLiteral(check.value);
    case 'timestamp':
      return check.precise === true ? checkPreciseTimestamp : checkTimestamp;
    case 'hex':
      return checkHex;
    case 'binary':
      return checkBinary;
    case 'enum':
    case 'open':
      return compileVocabulary({
        name: check.vocabulary,
        terms: vocabularies[check.vocabulary],
        open: check.kind === 'open',
      });
    case 'terms':
      return compileVocabulary({ name: check.name, terms: check.terms, open: check.open === true });
    case 'formed':
      return (value, report) => {
        if (typeof value !== 'string') wrongType('a string', value, report);
        else checkValueForm(value, check.form, report);
      };
    case 'reference':
      return (value, report) => checkReference(value, check.to, report);
    case 'hashes':
      return checkHashes;
    case 'list':
      return compileList(compileCheck(check.of));
    case 'dictionary':
      return compileDictionary(compileMember(check.of), check.keys);
    case 'object':
      return compileEmbedded(check.shape);
  }
}

const ignore: Checker = () => {};

const checkBoolean: Checker = (value, report) => {
  if (typeof value !== 'boolean') wrongType('true or false', value, report);
};

const checkString: Checker = (value, report) => {
  if (typeof value !== 'string') wrongType('a string', value, report);
  else if (!value.isWellFormed())
    report.add('string-form', 'holds half of a surrogate pair, which is no Unicode character');
};

const checkIntegerOrString: Checker = (value, report) => {
  if (typeof value !== 'string' && !Number.isInteger(value))
    wrongType('an integer or a string', value, report);
};

function compileForm({ rule, test, message, defangable }: (typeof stringForms)['url']): Checker {
  return (value, report) => {
    if (typeof value !== 'string') wrongType('a string', value, report);
    else if (!test(value) && !(defangable === true && report.defanged)) report.add(rule, message(value));
  };
}

function compileLiteral(expected: string): Checker {
  return (value, report) => {
    if (value !== expected) report.add('spec-version', `has to be "${expected}", found ${quote(value)}`);
  };
}

function compileNumber(check: {
  readonly kind: 'integer' | 'number';
  readonly min?: number;
  readonly max?: number;
}): Checker {
  const { kind, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = check;
  const bounds = max === Number.POSITIVE_INFINITY ? `at least ${min}` : `${min} to ${max}`;
  const expected = kind === 'integer' ? 'an integer' : 'a number';
  return (value, report) => {
    if (typeof value !== 'number' || (kind === 'integer' && !Number.isInteger(value))) {
      wrongType(expected, value, report);
    } else if (value < min || value > max) {
      report.add('number-range', `${value} is out of range: expected ${bounds}`);
    } else if (kind === 'integer' && !Number.isSafeInteger(value)) {
      report.add('integer-range', `${value} needs more than 54 bits, which JSON readers do not keep exactly`);
    }
  };
}

const checkTimestamp: Checker = (value, report) => {
  if (typeof value !== 'string') wrongType('a timestamp', value, report);
  else if (!isTimestamp(value)) {
    report.add(
      'timestamp-form',
      `${quote(value)} is not a UTC timestamp that exists, such as "2026-03-01T09:30:00.000Z"`,
    );
  }
};

const checkPreciseTimestamp: Checker = (value, report) => {
  checkTimestamp(value, report);
  if (typeof value === 'string' && isTimestamp(value) && timestampDigits(value) < 3) {
    const seconds = value.slice(0, 19);
    report.add(
      'timestamp-precision',
      `${quote(value)} needs at least milliseconds, such as "${seconds}.000Z"`,
    );
  }
};

const hexForm = /^(?:[0-9a-f]{2})+$/;

const checkHex: Checker = (value, report) => {
  if (typeof value !== 'string') wrongType('hexadecimal digits', value, report);
  else if (!hexForm.test(value)) {
    report.add('hex-form', `${quote(value)} is not an even number of digits 0 to 9 and a to f`);
  }
};

const base64Form = /^[A-Za-z0-9+/]*={0,2}$/;

const checkBinary: Checker = (value, report) => {
  if (typeof value !== 'string') wrongType('a base64 string', value, report);
  else if (value.length % 4 !== 0 || !base64Form.test(value))
    report.add('binary-form', `${quote(value)} is not base64`);
};

function compileList(item: Checker): Checker {
  return (value, report) => {
    if (!Array.isArray(value)) {
      wrongType('a list', value, report);
      return;
    }
    if (value.length === 0) report.add('list-empty', 'is an empty list; leave the property out instead');
    for (let at = 0; at < value.length; at += 1) {
      if (!report.enter(at)) return;
      item(value[at], report);
      report.leave();
    }
  };
}

/** Header fields are lists of strings (§6.6.1, §6.12.2); as STIX 2.0 has them in containers (§2.13) they may be strings. */
function compileMember(check: Check | undefined): Checker {
  if (check === undefined) return checkUnknown;
  const member = compileCheck(check);
  if (check.kind !== 'list') return member;
  return (value, report) => {
    if (report.container !== undefined && typeof value === 'string') checkString(value, report);
    else member(value, report);
  };
}

function compileDictionary(item: Checker, keys: DictionaryKeys | undefined): Checker {
  return (value, report) => {
    if (!isJsonObject(value)) {
      wrongType('a dictionary', value, report);
      return;
    }
    const names = Object.keys(value);
    if (names.length === 0)
      report.add('dictionary-empty', 'is an empty dictionary; leave the property out instead');
    for (const name of names) {
      if (!report.enter(name)) return;
      checkDictionaryKey(name, keys, report);
      item(value[name], report);
      report.leave();
    }
  };
}

function compileEmbedded(shape: Shape): Checker {
  const compiled = compileShape(shape);
  return (value, report) => {
    if (!isJsonObject(value)) {
      wrongType('an object', value, report);
      return;
    }
    if (Object.keys(value).length === 0)
      report.add('dictionary-empty', 'is empty; leave the property out instead');
    const onUnknown: UnknownProperty = (name, member) =>
      checkCustomProperty({ name, value: member, known: compiled.properties }, report);
    checkProperties(value, compiled, { report, onUnknown });
  };
}
