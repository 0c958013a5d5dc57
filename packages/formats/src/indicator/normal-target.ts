import type { ObservableKind } from '@belltower/telecom';
import { readObservable } from '@belltower/telecom';
import ipaddr from 'ipaddr.js';
import type { Target, TargetKind } from './target.ts';

/**
 * A target in the normal form of its kind; undefined where its value is not of that kind. Formats rely on it: what passes here has no
 * character in it that could end a rule, a record or a set and begin another.
 */
export function normalTarget(target: Target): Target | undefined {
  const { port } = target;
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) return undefined;
  const value = normalValue(target.kind, target.value.trim());
  return value === undefined ? undefined : { ...target, value };
}

const forms: Readonly<Partial<Record<TargetKind, RegExp>>> = {
  email: /^[a-z0-9.!#$%&*+/=?^_{|}~-]{1,64}@[\p{L}\p{N}.-]{3,253}$/iu,
  mac: /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/,
  asn: /^\d{1,10}$/,
  md5: /^[0-9a-f]{32}$/,
  sha1: /^[0-9a-f]{40}$/,
  sha256: /^[0-9a-f]{64}$/,
  sha512: /^[0-9a-f]{128}$/,
  'certificate-sha1': /^[0-9a-f]{40}$/,
  'certificate-sha256': /^[0-9a-f]{64}$/,
  url: /^[a-z][a-z0-9+.-]{0,15}:\/\/[^\s\p{Cc}\p{Cf}]{1,4000}$/iu,
  'file-name': /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,400}$/u,
  'user-agent': /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,2000}$/u,
  'imsi-range': /^\d{3,14}\*$/,
  'nf-instance': /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  's-nssai': /^\d{1,3}(?:-[0-9A-F]{6})?$/,
  concealed: /^(?:(?:msisdn|imsi|imei|iccid|eid|supi|gpsi|pei):)?[A-Za-z0-9._-]{1,64}:[0-9a-f]{64}$/,
};

const observables: Readonly<Partial<Record<TargetKind, ObservableKind>>> = {
  msisdn: 'msisdn',
  'number-range': 'number-range',
  'global-title': 'global-title',
  'point-code': 'point-code',
  imsi: 'imsi',
  imei: 'imei',
  tac: 'tac',
  iccid: 'iccid',
  eid: 'eid',
  plmn: 'plmn',
  cell: 'cell',
  'diameter-host': 'diameter-identity',
  'diameter-realm': 'diameter-identity',
  'sip-uri': 'sip-uri',
  'sms-sender': 'sms-sender',
  apn: 'apn',
};

const lowerCase: ReadonlySet<TargetKind> = new Set<TargetKind>([
  'mac',
  'md5',
  'sha1',
  'sha256',
  'sha512',
  'certificate-sha1',
  'certificate-sha256',
]);

function normalValue(kind: TargetKind, value: string): string | undefined {
  if (kind === 'ipv4' || kind === 'ipv6') return normalAddress(kind, value);
  if (kind === 'domain') return normalDomain(value);
  const observable = observables[kind];
  if (observable !== undefined) {
    // A prefix of numbers, as 32475*, is a range; a pattern that names one means it.
    const read = readObservable(
      kind === 'msisdn' && value.endsWith('*') ? 'number-range' : observable,
      value,
    );
    return read.kind === 'unvalidated' ? undefined : read.value;
  }
  const written = lowerCase.has(kind) ? value.toLowerCase() : value;
  return forms[kind]?.test(written) === true ? written : undefined;
}

function normalAddress(kind: 'ipv4' | 'ipv6', value: string): string | undefined {
  const [, address = '', length] = /^([0-9a-f:.]{2,45})(?:\/(\d{1,3}))?$/i.exec(value) ?? [];
  const [family, most] = kind === 'ipv4' ? ([ipaddr.IPv4, 32] as const) : ([ipaddr.IPv6, 128] as const);
  // A prefix of no bits is everybody: no list means that.
  if (length !== undefined && !(Number(length) >= 1 && Number(length) <= most)) return undefined;
  if (kind === 'ipv4' ? !/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address) : !address.includes(':')) return undefined;
  if (!family.isValid(address)) return undefined;
  const bits = Number(length ?? most);
  // Bits behind the prefix say nothing, and zones with them are not loaded.
  const network = family.networkAddressFromCIDR(`${address}/${bits}`);
  const text = network instanceof ipaddr.IPv6 ? network.toRFC5952String() : network.toString();
  return bits === most ? text : `${text}/${bits}`;
}

/** A name of labels that a resolver asks for, in small letters; names in other scripts as people write them. */
function normalDomain(value: string): string | undefined {
  const name = value.toLowerCase().replace(/\.$/, '');
  const labels = name.split('.');
  const fits = labels.every((label) =>
    /^[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_-]{0,61}[\p{L}\p{M}\p{N}_])?$/u.test(label),
  );
  return fits && labels.length > 1 && name.length <= 253 ? name : undefined;
}
