function isDecimal(text: string, max: number): boolean {
  if (text.length === 0 || text.length > 3 || (text.length > 1 && text.charCodeAt(0) === 48)) return false;
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return false;
  }
  return Number(text) <= max;
}

function isDottedQuad(text: string): boolean {
  const parts = text.split('.', 5);
  return parts.length === 4 && parts.every((part) => isDecimal(part, 255));
}

function splitPrefix(text: string): readonly [address: string, prefix: string | undefined] {
  const slash = text.indexOf('/');
  return slash < 0 ? [text, undefined] : [text.slice(0, slash), text.slice(slash + 1)];
}

/** Whether `text` is an IPv4 address, or a range in CIDR notation (STIX 2.1 §6.8). */
export function isIpv4(text: string): boolean {
  if (text.length > 18) return false;
  const [address, prefix] = splitPrefix(text);
  return isDottedQuad(address) && (prefix === undefined || isDecimal(prefix, 32));
}

const group = /^[0-9a-f]{1,4}$/i;

/** Counts the 16-bit groups of a colon-separated list; NaN when one is malformed. A dotted quad at the end is two. */
function countGroups(text: string, last: boolean): number {
  if (text === '') return 0;
  const parts = text.split(':', 9);
  let count = 0;
  for (const [at, part] of parts.entries()) {
    if (group.test(part)) count += 1;
    else if (last && at === parts.length - 1 && isDottedQuad(part)) count += 2;
    else return Number.NaN;
  }
  return count;
}

/** Whether `text` is an IPv6 address, or a range in CIDR notation (STIX 2.1 §6.9). */
export function isIpv6(text: string): boolean {
  if (text.length > 49) return false;
  const [address, prefix] = splitPrefix(text);
  if (prefix !== undefined && !isDecimal(prefix, 128)) return false;
  const gap = address.indexOf('::');
  if (gap < 0) return countGroups(address, true) === 8;
  if (address.includes('::', gap + 1)) return false;
  return countGroups(address.slice(0, gap), false) + countGroups(address.slice(gap + 2), true) <= 7;
}

const mac = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/;

/** Whether `text` is a MAC-48 address in lower case with colons (STIX 2.1 §6.10). */
export function isMac(text: string): boolean {
  return text.length === 17 && mac.test(text);
}

const label = /^[a-z0-9_\u0080-\u{10ffff}](?:[a-z0-9_\u0080-\u{10ffff}-]*[a-z0-9_\u0080-\u{10ffff}])?$/iu;

/** Whether `text` is a domain name (RFC 1034 §3.1, §4.3.3, RFC 5890): labels of 1 to 63, 253 characters in all. */
export function isDomainName(text: string): boolean {
  const full = text.endsWith('.') ? text.slice(0, -1) : text;
  const name = full.startsWith('*.') ? full.slice(2) : full;
  if (name.length === 0 || name.length > 253) return false;
  return name.split('.').every((part) => part.length <= 63 && label.test(part));
}

const atom = /^[\w!#$%&'*+/=?^`{|}~\u0080-\u{10ffff}-]+(?:\.[\w!#$%&'*+/=?^`{|}~\u0080-\u{10ffff}-]+)*$/u;
/** With points anywhere: mobile operators gave out such addresses, and mail comes from them. */
const localPart = /^[\w!#$%&'*+/=?^`{|}~.\u0080-\u{10ffff}-]+$/u;
const quotedLocalPart = /^"(?:[^"\\\r\n]|\\[^\r\n])*"$/u;
const domainLiteral = /^\[[\x21-\x5a\x5e-\x7e]*\]$/;

/** Whether `text` is an addr-spec of RFC 5322 §3.4.1, without display name or angle brackets; points are not looked at. */
export function isEmailAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  if (at < 1 || text.length > 1000) return false;
  const local = text.slice(0, at);
  const domain = text.slice(at + 1);
  return (
    (localPart.test(local) || quotedLocalPart.test(local)) &&
    (atom.test(domain) || domainLiteral.test(domain))
  );
}

const uri = /^[a-z][a-z0-9+.-]*:(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9a-f]{2})*$/i;

/** Whether `text` is a URI of RFC 3986: a scheme, and only characters that a URI may hold. */
export function isUri(text: string): boolean {
  return uri.test(text);
}

const languageTag =
  /^(?:(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?)|x(?:-[a-z0-9]{1,8})+|i-[a-z]{2,8})$/i;

/** Whether `text` is a well-formed language tag of RFC 5646. */
export function isLanguageTag(text: string): boolean {
  return text.length >= 2 && text.length <= 100 && languageTag.test(text);
}
