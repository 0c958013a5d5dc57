import type { StixId } from '@belltower/stix';
import { countryCodes, deterministicId } from '@belltower/stix';
import type { Observable } from '@belltower/telecom';
import { readObservable, telecomObservable, telecomSco, telecomShapes } from '@belltower/telecom';
import ipaddr from 'ipaddr.js';
import type { Json } from '../json.ts';
import { patternOf } from './attribute-patterns.ts';
import { countryNamed } from './country-names.ts';
import type { Property, Rule } from './telecom-templates.ts';

/** An identifier as an object of STIX, and the pattern that finds it; or why it is none. */
export type ReadValue =
  | { readonly ok: true; readonly sco: Json & { readonly id: string }; readonly pattern: string | undefined }
  | { readonly ok: false; readonly reason: string };

/** Reads the value of an attribute as what its relation says that it is. */
export function readValue({ kind, has }: Extract<Rule, { is: 'observable' }>, value: string): ReadValue {
  if (kind === 'address' || kind === 'network') return addressOf(value);
  if (kind === 'as') return systemOf(value);
  // The dots of an address would be taken for separators between digits.
  if (kind === 'global-title' && ipaddr.IPv4.isValidFourPartDecimal(value.trim()))
    return { ok: false, reason: 'It is an IP address.' };
  const read = readObservable(kind, value);
  if (read.kind === 'unvalidated') return { ok: false, reason: read.reason };
  const plain = telecomObservable(read);
  if (plain === undefined) return { ok: false, reason: 'Nothing can be observed of it.' };
  if (has === undefined) return { ok: true, sco: plain, pattern: patternOfObservable(read) };
  const shape = telecomShapes.find(({ name }) => name === plain.type);
  const { type: _, spec_version: __, id: ___, extensions: ____, ...properties } = plain;
  const sco = shape === undefined ? plain : telecomSco(shape, { ...properties, ...has });
  return { ok: true, sco, pattern: patternOfObservable(read, has) };
}

function patternOfObservable(
  observable: Observable,
  has: Readonly<Record<string, string>> = {},
): string | undefined {
  const { value } = observable;
  switch (observable.kind) {
    case 'global-title': {
      const { digits, isPrefix, numberingPlan } = observable;
      const test = isPrefix ? `LIKE '${digits}%'` : `= '${digits}'`;
      const plan =
        numberingPlan === 'e164' ? '' : ` AND ss7-global-title:numbering_plan = '${numberingPlan}'`;
      return `[ss7-global-title:value ${test}${plan}]`;
    }
    case 'point-code':
      return `[ss7-point-code:format = '${observable.format}' AND ss7-point-code:value = '${observable.display}']`;
    case 'diameter-identity':
      return has['node_kind'] === undefined
        ? equals('diameter-node:value', value)
        : `[diameter-node:node_kind = '${has['node_kind']}' AND diameter-node:value = '${value}']`;
    case 'msisdn':
      return equals('phone-number:value', value.slice(1));
    case 'sms-sender':
      return equals('sms-sender:value', value);
    case 'imsi':
      return `[mobile-subscriber-id:id_type = 'imsi' AND mobile-subscriber-id:value = '${value}']`;
    case 'imei':
      return `[mobile-equipment-id:id_type = 'imei' AND mobile-equipment-id:value = '${value}']`;
    default:
      return undefined;
  }
}

function equals(path: string, value: string): string {
  return `[${path} = '${value.replace(/[\\']/g, '\\$&')}']`;
}

/** An address of IPv4 or IPv6, or a network of addresses, as STIX has both (STIX 2.1 §6.9, §6.10). */
function addressOf(text: string): ReadValue {
  const [address = '', length] = text.trim().split('/');
  const bits = ipaddr.isValid(address) ? (ipaddr.parse(address).kind() === 'ipv4' ? 32 : 128) : 0;
  const isLength = length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits);
  const isWritten = bits === 128 || ipaddr.IPv4.isValidFourPartDecimal(address);
  if (bits === 0 || !isLength || !isWritten) return { ok: false, reason: 'It is no IP address.' };
  const value = text.trim().toLowerCase();
  const type = bits === 32 ? 'ipv4-addr' : 'ipv6-addr';
  return withId({ type, spec_version: '2.1', value }, patternOf('ip-src', value));
}

function systemOf(text: string): ReadValue {
  const digits = /^(?:AS)?\s*(\d{1,10})$/i.exec(text.trim())?.[1];
  const number = Number(digits);
  if (digits === undefined || number > 4_294_967_295)
    return { ok: false, reason: 'It is no number of an autonomous system.' };
  return withId({ type: 'autonomous-system', spec_version: '2.1', number }, patternOf('AS', text));
}

/** A standard observable with its deterministic id (STIX 2.1 §2.9). */
export function standardSco(properties: Json): (Json & { readonly id: StixId }) | undefined {
  const id = deterministicId(properties);
  return id === undefined ? undefined : { ...properties, id };
}

function withId(properties: Json, pattern: string | undefined): ReadValue {
  const sco = standardSco(properties);
  return sco === undefined ? { ok: false, reason: 'It has no id.' } : { ok: true, sco, pattern };
}

/** What an attribute says about an identifier, as the property has it; undefined where it cannot be that. */
export function readProperty(property: Property, value: string): string | number | undefined {
  const text = value.trim();
  switch (property) {
    case 'country': {
      const code = text.toUpperCase();
      return countryCodes.has(code) ? code : countryNamed(text);
    }
    case 'tadig': {
      const read = readObservable('tadig', text);
      return read.kind === 'unvalidated' ? undefined : read.value;
    }
    case 'subsystem':
      return wholeNumber(text, 255);
    case 'port':
      return wholeNumber(text, 65_535);
    default:
      return text === '' ? undefined : text;
  }
}

/** A number written in decimal digits, up to a greatest one. */
export function wholeNumber(text: string, most: number): number | undefined {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  return number <= most ? number : undefined;
}
