import type { TargetKind } from './target.ts';

/** A kind of target, or several of which the value tells which. */
export type PathKind = TargetKind | 'address';

/** Object paths of the standard's types whose value is a target by itself; `telecomProperties` has those of telecom. */
export const targetPaths: ReadonlyMap<string, PathKind> = new Map([
  ['ipv4-addr:value', 'ipv4'],
  ['ipv6-addr:value', 'ipv6'],
  ['domain-name:value', 'domain'],
  ['url:value', 'url'],
  ['email-addr:value', 'email'],
  ['email-message:from_ref.value', 'email'],
  ['email-message:sender_ref.value', 'email'],
  ['mac-addr:value', 'mac'],
  ['autonomous-system:number', 'asn'],
  ['file:name', 'file-name'],
  ['file:hashes.MD5', 'md5'],
  ['file:hashes.SHA-1', 'sha1'],
  ['file:hashes.SHA-256', 'sha256'],
  ['file:hashes.SHA-512', 'sha512'],
  ['artifact:hashes.MD5', 'md5'],
  ['artifact:hashes.SHA-1', 'sha1'],
  ['artifact:hashes.SHA-256', 'sha256'],
  ['x509-certificate:hashes.SHA-1', 'certificate-sha1'],
  ['x509-certificate:hashes.SHA-256', 'certificate-sha256'],
  ['network-traffic:src_ref.value', 'address'],
  ['network-traffic:dst_ref.value', 'address'],
  // A header has a list of values in STIX 2.1, and had one in STIX 2.0.
  ['network-traffic:extensions.http-request-ext.request_header.User-Agent[*]', 'user-agent'],
  ['network-traffic:extensions.http-request-ext.request_header.User-Agent', 'user-agent'],
]);

/** Paths that only say more exactly what the value beside them is; a list loses nothing by leaving them out. */
export const qualifierPaths: ReadonlySet<string> = new Set([
  'network-traffic:src_ref.type',
  'network-traffic:dst_ref.type',
  'phone-number:country',
  'phone-number-range:country',
  'ss7-global-title:country',
  'ss7-global-title:nature_of_address',
  'ss7-point-code:country',
  'ss7-point-code:network_indicator',
  'mobile-subscriber-id:plmn',
  'mobile-network-id:country',
  'diameter-node:plmn',
  'access-point-name:plmn',
  'sms-sender:ton',
]);

export const portPaths: ReadonlySet<string> = new Set([
  'network-traffic:src_port',
  'network-traffic:dst_port',
]);

/** Paths whose values lists know by their beginnings as well. */
export const prefixPaths: ReadonlySet<string> = new Set([
  'phone-number:value',
  'ss7-global-title:value',
  'mobile-subscriber-id:value',
]);

/** Hashes of one file in the order in which one of them stands for all: the strongest first. */
export const hashStrength: readonly TargetKind[] = ['sha256', 'sha512', 'sha1', 'md5'];
