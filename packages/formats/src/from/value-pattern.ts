import type { Observable } from '@belltower/telecom';
import { isObservableKind, readObservable, telecomObservable } from '@belltower/telecom';
import type { TargetKind } from '../indicator/target.ts';
import type { FoundKind } from '../text/found.ts';

/** Object paths of values that no type of telecom holds (STIX 2.1 §9). */
const paths: Readonly<Partial<Record<FoundKind | TargetKind, string>>> = {
  domain: 'domain-name:value',
  url: 'url:value',
  email: 'email-addr:value',
  mac: 'mac-addr:value',
  md5: 'file:hashes.MD5',
  sha1: "file:hashes.'SHA-1'",
  sha256: "file:hashes.'SHA-256'",
  sha512: "file:hashes.'SHA-512'",
  'certificate-sha1': "x509-certificate:hashes.'SHA-1'",
  'certificate-sha256': "x509-certificate:hashes.'SHA-256'",
  'file-name': 'file:name',
  'user-agent': "network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'[*]",
};

/** The pattern that a value in the normal form of its kind stands for; undefined for what no pattern says. */
export function patternOfValue(kind: FoundKind | TargetKind, value: string): string | undefined {
  const path = paths[kind];
  if (path !== undefined) return `[${equals(path, value)}]`;
  if (kind === 'ipv4' || kind === 'ipv6')
    return `[${kind}-addr:value ${value.includes('/') ? 'ISSUBSET' : '='} ${quoted(value)}]`;
  if (kind === 'asn') return `[autonomous-system:number = ${value}]`;
  if (kind === 'diameter-host' || kind === 'diameter-realm')
    return `[${equals('diameter-node:node_kind', kind.slice('diameter-'.length))} AND ${equals('diameter-node:value', value)}]`;
  if (kind === 'imsi-range')
    return `[${equals('mobile-subscriber-id:id_type', 'imsi')} AND mobile-subscriber-id:value LIKE ${quoted(value.replace('*', '%'))}]`;
  if (kind === 'concealed') return concealedPattern(value);
  const read = isObservableKind(kind) ? readObservable(kind, `${words[kind] ?? ''}${value}`) : undefined;
  return read === undefined || read.kind === 'unvalidated' ? undefined : patternOfObservable(read);
}

/** Words without which a value of a kind could be anything. */
const words: Readonly<Partial<Record<FoundKind | TargetKind, string>>> = {
  'nf-instance': 'nf:',
  's-nssai': 's-nssai:',
};

/** `imsi:group-key:…`; the kind may be missing, as the code is that of one kind only. */
function concealedPattern(value: string): string | undefined {
  const [, idType, keyId = '', code = ''] =
    /^(?:([a-z]{3,6}):)?([\w.-]{1,64}):([0-9a-f]{64})$/.exec(value) ?? [];
  if (code === '') return undefined;
  const type = idType === undefined ? [] : [equals('concealed-identifier:id_type', idType)];
  const rest = [equals('concealed-identifier:key_id', keyId), equals('concealed-identifier:value', code)];
  return `[${[...type, ...rest].join(' AND ')}]`;
}

/** What tells the object of an observable from others of its type is what it is compared by. */
function patternOfObservable(observable: Observable): string | undefined {
  if (observable.kind === 'signalling-operation') return operationPattern(observable.value);
  // Of numbers that begin alike each is to be found, and not only the range as such.
  if (observable.kind === 'number-range' && observable.open)
    return `[phone-number:value LIKE '${observable.prefix}%']`;
  const object = telecomObservable(observable);
  if (object === undefined) return undefined;
  const { type, spec_version: _, id: __, extensions: ___, ...properties } = object;
  const comparisons = Object.entries(properties).map(([property, value]) =>
    observable.kind === 'global-title' && observable.isPrefix && property === 'value'
      ? `${type}:value LIKE '${observable.digits}%'`
      : equals(`${type}:${property}`, String(value)),
  );
  return `[${comparisons.join(' AND ')}]`;
}

/** `map:71` */
function operationPattern(value: string): string | undefined {
  const [, protocol = '', code = ''] = /^(map|cap):(\d{1,3})$/.exec(value) ?? [];
  if (code === '') return undefined;
  return `[${equals('signalling-message:protocol', protocol)} AND signalling-message:op_code = ${code}]`;
}

function equals(path: string, value: string): string {
  return `${path} = ${quoted(value)}`;
}

function quoted(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}
