import { parseMsisdn } from '@belltower/telecom';

/**
 * MISP's types of attributes that STIX patterns can say: for each part of a value (parts are divided by `|`), the object path that it is compared
 * with. `ADDR` stands for `ipv4-addr` or `ipv6-addr`, as the address is.
 */
export const attributePatterns: ReadonlyMap<string, readonly string[]> = new Map([
  ['md5', ['file:hashes.MD5']],
  ['sha1', ['file:hashes.SHA-1']],
  ['sha224', ['file:hashes.SHA-224']],
  ['sha256', ['file:hashes.SHA-256']],
  ['sha384', ['file:hashes.SHA-384']],
  ['sha512', ['file:hashes.SHA-512']],
  ['ssdeep', ['file:hashes.SSDEEP']],
  ['tlsh', ['file:hashes.TLSH']],
  ['imphash', ['file:hashes.IMPHASH']],
  ['filename', ['file:name']],
  ['filename|md5', ['file:name', 'file:hashes.MD5']],
  ['filename|sha1', ['file:name', 'file:hashes.SHA-1']],
  ['filename|sha256', ['file:name', 'file:hashes.SHA-256']],
  ['filename|sha512', ['file:name', 'file:hashes.SHA-512']],
  ['ip-src', ['network-traffic:src_ref.value']],
  ['ip-dst', ['network-traffic:dst_ref.value']],
  ['ip-src|port', ['network-traffic:src_ref.value', 'network-traffic:src_port']],
  ['ip-dst|port', ['network-traffic:dst_ref.value', 'network-traffic:dst_port']],
  ['domain', ['domain-name:value']],
  ['hostname', ['domain-name:value']],
  ['domain|ip', ['domain-name:value', 'domain-name:resolves_to_refs[*].value']],
  ['url', ['url:value']],
  ['uri', ['url:value']],
  ['email', ['email-addr:value']],
  ['email-src', ['email-message:from_ref.value']],
  ['email-dst', ['email-message:to_refs[*].value']],
  ['email-subject', ['email-message:subject']],
  ['email-attachment', ['email-message:body_multipart[*].body_raw_ref.name']],
  ['mac-address', ['mac-addr:value']],
  ['AS', ['autonomous-system:number']],
  ['mutex', ['mutex:name']],
  ['regkey', ['windows-registry-key:key']],
  ['user-agent', ["network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'"]],
  ['x509-fingerprint-md5', ['x509-certificate:hashes.MD5']],
  ['x509-fingerprint-sha1', ['x509-certificate:hashes.SHA-1']],
  ['x509-fingerprint-sha256', ['x509-certificate:hashes.SHA-256']],
  ['malware-sample', ['file:name', 'file:hashes.MD5']],
  ['hostname|port', ['network-traffic:dst_ref.value', 'network-traffic:dst_port']],
  ['phone-number', ['phone-number:value']],
  ['prtn', ['phone-number:value']],
  ['sip-uri', ['sip-identity:value']],
]);

/** Types of attributes that hold a rule in a language of its own. */
export const ruleTypes: ReadonlyMap<string, string> = new Map([
  ['yara', 'yara'],
  ['sigma', 'sigma'],
  ['snort', 'snort'],
  ['suricata', 'suricata'],
  ['zeek', 'zeek'],
  ['stix2-pattern', 'stix'],
]);

/** The pattern that an attribute's value stands for; undefined where its parts do not fit its type. */
export function patternOf(type: string, value: string): string | undefined {
  const paths = attributePatterns.get(type);
  if (paths === undefined) return undefined;
  const parts = paths.length === 1 ? [value] : value.split('|');
  if (parts.length !== paths.length || parts.some((part) => part.trim() === '')) return undefined;
  const comparisons = paths.map((path, index) => comparison(path, parts[index] ?? ''));
  return comparisons.includes(undefined) ? undefined : `[${comparisons.join(' AND ')}]`;
}

function comparison(path: string, value: string): string | undefined {
  const written = path.replace(/(?<=\.hashes|:hashes)\.([A-Z0-9-]*-[A-Z0-9-]*)$/, ".'$1'");
  if (/(?:_port|:number)$/.test(path)) {
    const digits = value.trim().replace(/^AS/i, '');
    return /^\d{1,10}$/.test(digits) ? `${written} = ${Number(digits)}` : undefined;
  }
  // Numbers are written without + in STIX, and what is none must not be asked for.
  if (path === 'phone-number:value') {
    const number = parseMsisdn(value);
    return number.ok ? `${written} = '${number.value.value.slice(1)}'` : undefined;
  }
  return `${written} = '${value.trim().replace(/[\\']/g, '\\$&')}'`;
}
