import { isJsonObject } from '@belltower/stix';
import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, understood } from '../parsed.ts';

/**
 * What a network says of a call: RFC 8225, with the extension `shaken` of RFC 8588. Read, not verified: that takes the certificate
 * behind `x5u`.
 */
export interface Passport extends Understood<'passport'> {
  /** `shaken`, `div`, `rph` …; undefined for the base form. */
  readonly extension: string | undefined;
  /** A: the caller may use this number; B: the caller is known, the number is not; C: the call was let in. */
  readonly attestation: 'A' | 'B' | 'C' | undefined;
  /** Digits; undefined where the caller is a URI. */
  readonly from: string | undefined;
  readonly to: readonly string[];
  /** The key by which calls of one origin are found again. */
  readonly origId: string | undefined;
  /** Seconds since 1970. */
  readonly issued: number | undefined;
  readonly certificate: string | undefined;
}

const longest = 8_000;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads a JWS in compact form, with its signature or without, also inside the header field `Identity` of SIP. */
export function parsePassport(text: string): Parsed<Passport> {
  if (text.length > longest) return notUnderstood('A PASSporT is not as long as that.');
  const [, head = '', body = '', signature = ''] =
    /^\s*(?:identity:\s*)?([\w-]+)\.([\w-]+)(?:\.([\w-]*))?\s*(?:;.*)?$/i.exec(text) ?? [];
  const header = jsonOf(head);
  const claims = jsonOf(body);
  if (header === undefined || claims === undefined || header['typ'] !== 'passport')
    return notUnderstood('A PASSporT is a signed token with the type "passport".');
  const attest = claims['attest'];
  const attestation = attest === 'A' || attest === 'B' || attest === 'C' ? attest : undefined;
  const origId = textOf(claims['origid']);
  const doubts: Doubt[] = [];
  if (signature === '')
    doubts.push({ code: 'not-valid', message: 'It has no signature, so nobody vouches for it.' });
  if (header['ppt'] === 'shaken' && attestation === undefined)
    doubts.push({
      code: 'not-standard',
      message: 'A token of the kind shaken says A, B or C; this one does not.',
    });
  if (origId !== undefined && !uuid.test(origId))
    doubts.push({ code: 'not-standard', message: 'Its origid is no UUID.' });
  doubts.push({ code: 'identifies-a-person', message: 'It names who called whom, and when.' });
  const issued = claims['iat'];
  return understood({
    kind: 'passport',
    raw: text,
    value: `${head}.${body}`,
    extension: textOf(header['ppt']),
    attestation,
    from: telephoneNumbers(claims['orig'])[0],
    to: telephoneNumbers(claims['dest']),
    origId: origId?.toLowerCase(),
    issued: typeof issued === 'number' && Number.isSafeInteger(issued) ? issued : undefined,
    certificate: textOf(header['x5u']),
    doubts,
  });
}

function telephoneNumbers(party: unknown): readonly string[] {
  if (!isJsonObject(party)) return [];
  const tn = party['tn'];
  const numbers: readonly unknown[] = Array.isArray(tn) ? tn : [tn];
  return numbers.filter((number) => typeof number === 'string').slice(0, 100);
}

/** In base64url every text that begins with { begins so: most texts are no tokens, and to find that out by an exception costs time. */
const objectInBase64 = /^e[w-z0-9_-]/;

function jsonOf(part: string): Readonly<Record<string, unknown>> | undefined {
  if (!objectInBase64.test(part)) return undefined;
  try {
    const value: unknown = JSON.parse(utf8(base64url(part)));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function base64url(text: string): readonly number[] {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of text) {
    held = (held << 6) | alphabet.indexOf(letter);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
    held &= 0xff;
  }
  return bytes;
}

/** Throws URIError for bytes that are not UTF-8. */
function utf8(bytes: readonly number[]): string {
  return decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
