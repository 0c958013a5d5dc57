import type { Doubt } from '@belltower/telecom';
import ipaddr from 'ipaddr.js';
import { parse } from 'tldts';
import type { Sighted } from './found.ts';

/** Reads an address, a domain, a URL or an address of mail: the whole of a word, already re-fanged. */
export function readNetworkValue(
  word: string,
  { defanged }: { readonly defanged: boolean },
): Sighted | undefined {
  if (word.length < 3) return undefined;
  if (word.includes('://')) return readUrl(word);
  if (word.includes('@')) return readEmail(word);
  return readIpv4(word) ?? readIpv6(word) ?? readMac(word) ?? readAsn(word) ?? readDomain(word, defanged);
}

const ipv4Form = /^(\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5}|(\/\d{1,2}))?$/;

function readIpv4(word: string): Sighted | undefined {
  const [, address = '', range = ''] = ipv4Form.exec(word) ?? [];
  if (address === '' || /(?:^|\.)0\d/.test(address) || !ipaddr.IPv4.isValid(address)) return undefined;
  if (range !== '' && Number(range.slice(1)) > 32) return undefined;
  return { kind: 'ipv4', value: address + range, doubts: rangeDoubts(ipaddr.IPv4.parse(address).range()) };
}

const ipv6Form = /^\[?([0-9a-f:.]{2,45})\]?(?::\d{1,5}|(\/\d{1,3}))?$/i;

function readIpv6(word: string): Sighted | undefined {
  const [, address = '', range = ''] = ipv6Form.exec(word) ?? [];
  if (address.split(':').length < 3 || !/[0-9a-f]{2}|::/i.test(address) || !ipaddr.IPv6.isValid(address))
    return undefined;
  if (range !== '' && Number(range.slice(1)) > 128) return undefined;
  const parsed = ipaddr.IPv6.parse(address);
  const value = parsed.toRFC5952String() + range;
  // The address of nobody: programs and lists write it, and mean something else.
  if (value === '::') return undefined;
  return { kind: 'ipv6', value, doubts: rangeDoubts(parsed.range()) };
}

function rangeDoubts(range: string): readonly Doubt[] {
  if (range === 'unicast') return [];
  return [
    {
      code: 'private-use',
      message: `The address is of the range "${range}": it is nobody's on the Internet.`,
    },
  ];
}

const macForm = /^[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}$/i;

function readMac(word: string): Sighted | undefined {
  if (!macForm.test(word)) return undefined;
  return { kind: 'mac', value: word.toLowerCase().replaceAll('-', ':'), doubts: [] };
}

function readAsn(word: string): Sighted | undefined {
  const [, number] = /^ASN?(\d{1,10})$/.exec(word) ?? [];
  if (number === undefined || Number(number) > 4_294_967_295) return undefined;
  return { kind: 'asn', value: String(Number(number)), doubts: [] };
}

const schemes = new Set([
  'http',
  'https',
  'ftp',
  'ftps',
  'sftp',
  'tcp',
  'udp',
  'ws',
  'wss',
  'ldap',
  'ldaps',
  'smb',
  'ssh',
  'telnet',
  'rtsp',
  'rtmp',
  'mqtt',
  'mqtts',
  'dns',
  'gopher',
]);
const urlForm =
  /^([a-z][a-z0-9+.-]{0,15}):\/\/(?:[^\s/?#@]{0,256}@)?(\[[0-9a-f:.]{2,45}\]|[^\s/?#:@[\]]{1,253})(?::(\d{1,5}))?(?:[/?#]\S*)?$/i;

function readUrl(word: string): Sighted | undefined {
  const [, scheme = '', host = '', port = '1'] = urlForm.exec(word) ?? [];
  if (!schemes.has(scheme.toLowerCase()) || Number(port) > 65_535 || Number(port) < 1) return undefined;
  const home = hostOf(host);
  if (home === undefined) return undefined;
  const start = word.indexOf(host);
  const value = `${word.slice(0, scheme.length).toLowerCase()}${word.slice(scheme.length, start)}${home.value}${word.slice(start + host.length)}`;
  return { kind: 'url', value, doubts: home.doubts };
}

/** The host of a URL as a value of its own; undefined where it is none that can be reached. */
function hostOf(host: string): Sighted | undefined {
  if (host.startsWith('[')) {
    const address = readIpv6(host);
    return address === undefined ? undefined : { ...address, value: `[${address.value}]` };
  }
  return readIpv4(host) ?? readDomain(host, true);
}

/** What a URL leads to: a domain or an address. */
export function hostOfUrl(url: string): Sighted | undefined {
  const [, , host = ''] = urlForm.exec(url) ?? [];
  // No host begins so (RFC 1123 §2.1), and before a word it is emphasis.
  if (host.startsWith('_')) return undefined;
  return host.startsWith('[') ? readIpv6(host) : hostOf(host);
}

const emailForm = /^[a-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@([^\s@]{3,253})$/i;

function readEmail(word: string): Sighted | undefined {
  const [, domain = ''] = emailForm.exec(word) ?? [];
  const home = readDomain(domain, true);
  if (home === undefined) return undefined;
  return {
    kind: 'email',
    value: `${word.slice(0, word.length - domain.length)}${home.value}`,
    doubts: home.doubts,
  };
}

const label = /^(?!-)[\p{L}\p{N}_-]{1,63}(?<!-)$/u;
/** Endings of file names that are domains of the highest level as well. */
const fileEndings = new Set([
  'ai',
  'app',
  'bat',
  'bz',
  'cab',
  'cc',
  'com',
  'do',
  'gz',
  'js',
  'md',
  'mov',
  'ms',
  'pl',
  'pm',
  'ps',
  'py',
  'rs',
  'rb',
  'sh',
  'so',
  'sys',
  'tf',
  'zip',
]);

/** Reads a domain below a public suffix. A word that a file could be called is in doubt, unless somebody took care to defang it. */
export function readDomain(word: string, certain: boolean): Sighted | undefined {
  const name = word.replace(/\.$/, '').toLowerCase();
  if (!name.includes('.') || name.length > 253 || !name.split('.').every((part) => label.test(part)))
    return undefined;
  const { isIcann, isPrivate, domain, publicSuffix, isIp } = parse(name, { allowPrivateDomains: true });
  if (isIp === true || domain === null || (isIcann !== true && isPrivate !== true)) return undefined;
  const looksLikeFile =
    name.split('.').length === 2 &&
    publicSuffix !== null &&
    publicSuffix !== 'com' &&
    fileEndings.has(publicSuffix);
  const doubts: readonly Doubt[] =
    looksLikeFile && !certain
      ? [{ code: 'ambiguous', message: 'It may as well be the name of a file.' }]
      : [];
  return { kind: 'domain', value: name, doubts };
}
