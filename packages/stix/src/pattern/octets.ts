/** Octets as a string of the code points U+0000 to U+00FF, so that comparing and searching are those of strings. */
export type Octets = string;

const BASE64_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE64_VALUES = new Map([...BASE64_ALPHABET].map((char, value) => [char.charCodeAt(0), value]));

/** Decodes hexadecimal digits of either case; undefined for anything else (STIX 2.1 §2.8). */
export function decodeHex(text: string): Octets | undefined {
  if (text.length % 2 !== 0 || !/^[0-9A-Fa-f]*$/.test(text)) return undefined;
  const octets: string[] = [];
  for (let i = 0; i < text.length; i += 2) {
    octets.push(String.fromCharCode(Number.parseInt(text.slice(i, i + 2), 16)));
  }
  return octets.join('');
}

/** Decodes padded Base64, ignoring line feeds; undefined for anything else (STIX 2.1 §2.1, RFC 4648 §4). */
export function decodeBase64(text: string): Octets | undefined {
  const data = text.replace(/[\r\n]+/g, '');
  if (data.length % 4 !== 0) return undefined;
  const end = data.endsWith('==') ? data.length - 2 : data.endsWith('=') ? data.length - 1 : data.length;
  const octets: string[] = [];
  let buffer = 0;
  let bits = 0;
  for (let i = 0; i < end; i += 1) {
    const value = BASE64_VALUES.get(data.charCodeAt(i));
    if (value === undefined) return undefined;
    buffer = ((buffer << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      octets.push(String.fromCharCode((buffer >> bits) & 0xff));
    }
  }
  return octets.join('');
}

/** A string as octets where all its code points are below U+0100; undefined otherwise (STIX 2.1 §9.2, §9.6.4). */
export function stringToOctets(text: string): Octets | undefined {
  for (let i = 0; i < text.length; i += 1) {
    if (text.charCodeAt(i) > 0xff) return undefined;
  }
  return text;
}
