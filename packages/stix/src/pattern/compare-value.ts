import { compareTimestamps, isTimestamp } from '../timestamp.ts';
import { decodeBase64, decodeHex, type Octets, stringToOctets } from './octets.ts';
import type { PatternConstant } from './pattern.ts';

/**
 * A value of an observed object in its native format (STIX 2.1 §9.6.4). `other` is what no constant can be compared
 * with: lists, dictionaries, null, and binary properties that do not decode.
 */
export type NativeValue =
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'octets'; readonly value: Octets }
  | { readonly kind: 'other' };

/** Negative, zero or positive like the callback of `sort`; undefined where the types cannot be compared. */
export type ValueComparison = (value: NativeValue) => number | undefined;

const OTHER: NativeValue = { kind: 'other' };

/** Brings a JSON value into its native format; properties that end in `_hex` or `_bin` are binary (STIX 2.1 §9.6.4). */
export function toNativeValue(value: unknown, property: string): NativeValue {
  switch (typeof value) {
    case 'boolean':
      return { kind: 'boolean', value };
    case 'number':
      return { kind: 'number', value };
    case 'string': {
      if (property.endsWith('_hex')) return octetsOrOther(decodeHex(value));
      if (property.endsWith('_bin')) return octetsOrOther(decodeBase64(value));
      return { kind: 'string', value };
    }
    default:
      return OTHER;
  }
}

/** Prepares the comparison of values with a constant (STIX 2.1 §9.2, §9.6.2, §9.6.3). */
export function compileConstant(constant: PatternConstant): ValueComparison {
  switch (constant.kind) {
    case 'boolean':
      return (value) => (value.kind === 'boolean' ? Number(value.value) - Number(constant.value) : undefined);
    case 'integer':
    case 'float':
      return (value) => (value.kind === 'number' ? value.value - constant.value : undefined);
    case 'string':
      return compileString(constant.value);
    case 'timestamp':
      return compileTimestamp(constant.value);
    case 'hex':
      return compileOctets(decodeHex(constant.value));
    case 'binary':
      return compileOctets(decodeBase64(constant.value));
  }
}

function octetsOrOther(octets: Octets | undefined): NativeValue {
  return octets === undefined ? OTHER : { kind: 'octets', value: octets };
}

function compileString(constant: string): ValueComparison {
  const octets = stringToOctets(constant);
  return (value) => {
    if (value.kind === 'string') return compareCodePoints(value.value, constant);
    return value.kind === 'octets' && octets !== undefined ? compareOctets(value.value, octets) : undefined;
  };
}

function compileOctets(constant: Octets | undefined): ValueComparison {
  return (value) => {
    if (constant === undefined) return undefined;
    if (value.kind === 'octets') return compareOctets(value.value, constant);
    const octets = value.kind === 'string' ? stringToOctets(value.value) : undefined;
    return octets === undefined ? undefined : compareOctets(octets, constant);
  };
}

function compileTimestamp(constant: string): ValueComparison {
  return (value) =>
    value.kind === 'string' && isTimestamp(value.value) && isTimestamp(constant)
      ? compareTimestamps(value.value, constant)
      : undefined;
}

function compareOctets(a: Octets, b: Octets): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** By code points, without normalisation (STIX 2.1 §9.6.2): JavaScript's own `<` goes by UTF-16 code units. */
function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0;
  const shorter = Math.min(a.length, b.length);
  let at = 0;
  while (at < shorter && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  if (at === shorter) return a.length - b.length;
  return codeUnitRank(a.charCodeAt(at)) - codeUnitRank(b.charCodeAt(at));
}

/** Surrogates stand for code points above U+FFFF and sort after all the others. */
function codeUnitRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
