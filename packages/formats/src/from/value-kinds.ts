import { isObservableKind, observableKindNames } from '@belltower/telecom';
import { type TargetKind, targetKinds } from '../indicator/target.ts';
import type { FoundKind, GeneralKind } from '../text/found.ts';

/** What a value is said to be; of `ip`, `hash` and `diameter-identity` the value tells which of several it is. */
export type ValueKind = FoundKind | TargetKind | 'ip' | 'hash';

const references: readonly GeneralKind[] = ['cve', 'attack', 'fight', 'motif'];
const kinds: ReadonlySet<string> = new Set<string>([
  'ip',
  'hash',
  ...references,
  ...targetKinds,
  ...observableKindNames,
]);

/** What lists call kinds, in small letters and without what stands between words. */
const aliases = byName({
  ip: 'ipaddress ipaddr ipsrc ipdst address srcip dstip sourceip destinationip ipv4addr ipv6addr cidr network',
  hash: 'filehash checksum',
  domain: 'domainname host hostname fqdn',
  url: 'uri link',
  email: 'mail emailaddr emailaddress emailsrc emaildst',
  mac: 'macaddr macaddress',
  asn: 'as autonomoussystem',
  cve: 'vulnerability cveid',
  md5: 'filehashmd5 hashmd5 md5hash',
  sha1: 'filehashsha1 hashsha1 sha1hash',
  sha256: 'filehashsha256 hashsha256 sha256hash',
  sha512: 'filehashsha512 hashsha512 sha512hash',
  'file-name': 'file',
  msisdn: 'phone phonenumber telephone telephonenumber tel e164 cli anumber bnumber',
  'number-range': 'range phonenumberrange numberprefix',
  'global-title': 'gt ss7globaltitle cgpa cdpa',
  'point-code': 'pc opc dpc ispc ss7pointcode',
  plmn: 'mccmnc plmnid mobilenetworkid',
  apn: 'dnn accesspointname',
  'sip-uri': 'sip sipidentity',
  'sms-sender': 'sender senderid smssenderid',
  'diameter-realm': 'realm originrealm destinationrealm',
  'diameter-host': 'originhost destinationhost',
});

function byName(names: Readonly<Partial<Record<ValueKind, string>>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(names).flatMap(([kind, words]) => words.split(' ').map((word) => [word, kind] as const)),
  );
}

/** `globaltitle` is global-title. */
const plainKinds: ReadonlyMap<string, string> = new Map([...kinds].map((kind) => [plainName(kind), kind]));

/** A heading, a role or a type without what writers choose freely: `IP-Address` and `ip_address` are `ipaddress`. */
export function plainName(name: string): string {
  return name.length > 60 ? '' : name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The kind that a list means by a word of its own; undefined where it means none. */
export function kindNamed(name: string): ValueKind | undefined {
  const plain = plainName(name);
  const kind = plainKinds.get(plain) ?? aliases.get(plain);
  return kind !== undefined && isValueKind(kind) ? kind : undefined;
}

function isValueKind(name: string): name is ValueKind {
  return kinds.has(name) || isObservableKind(name);
}
