import type { Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';

/** One running network function: TS 29.571 §5.3.2 (NfInstanceId), a UUID. */
export interface NfInstance extends Understood<'nf-instance'> {}

/** A slice: TS 23.003 §28.4.2, TS 29.571 §5.4.4.2. */
export interface SNssai extends Understood<'s-nssai'> {
  /** Slice and service type, 0 to 255. */
  readonly sst: number;
  /** Six hexadecimal digits; undefined where the slice needs none. */
  readonly sd: string | undefined;
}

/** An AMF in its network: TS 23.003 §2.10.1. */
export interface AmfId extends Understood<'amf-id'> {
  readonly region: number;
  readonly set: number;
  readonly pointer: number;
}

/** Standard slice types: TS 23.501 §5.15.2.2. */
export const sliceTypes: ReadonlyMap<number, string> = new Map([
  [1, 'enhanced mobile broadband'],
  [2, 'ultra-reliable low latency communications'],
  [3, 'massive internet of things'],
  [4, 'vehicle to everything'],
]);

/** Reads a UUID behind `nf:` or `nfInstanceId:`; a bare UUID could be anything. */
export function parseNfInstance(text: string): Parsed<NfInstance> {
  const [, uuid] =
    /^(?:nf|nf-?instance(?:-?id)?)[:=\s]\s*([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.exec(
      tidy(text),
    ) ?? [];
  if (uuid === undefined) return notUnderstood('A network function is named by a UUID behind nf:.');
  return understood({ kind: 'nf-instance', raw: text, value: uuid.toLowerCase(), doubts: [] });
}

/** Reads `s-nssai:1-0000FF`, `1-0000FF`; a type alone needs the word before it. */
export function parseSNssai(text: string): Parsed<SNssai> {
  const [, word, type = '', sd] =
    /^(s-?nssai[:=\s]\s*)?(\d{1,3})(?:-([0-9a-f]{6}))?$/i.exec(tidy(text)) ?? [];
  const sst = Number(type);
  if (type === '' || sst > 255 || (word === undefined && sd === undefined))
    return notUnderstood('A slice is a type from 0 to 255 and six hexadecimal digits, as in 1-0000FF.');
  // All bits set say that there is none: TS 23.003 §28.4.2.
  const upper = /^f{6}$/i.test(sd ?? '') ? undefined : sd?.toUpperCase();
  return understood({
    kind: 's-nssai',
    raw: text,
    value: upper === undefined ? String(sst) : `${sst}-${upper}`,
    sst,
    sd: upper,
    doubts: [],
  });
}

/** Reads `amf:CAFE00`: region (8 bits), set (10 bits) and pointer (6 bits). */
export function parseAmfId(text: string): Parsed<AmfId> {
  const [, digits] = /^amf(?:-?id)?[:=\s]\s*([0-9a-f]{6})$/i.exec(tidy(text)) ?? [];
  if (digits === undefined) return notUnderstood('An AMF is named by six hexadecimal digits behind amf:.');
  const bits = Number.parseInt(digits, 16);
  return understood({
    kind: 'amf-id',
    raw: text,
    value: digits.toUpperCase(),
    region: bits >> 16,
    set: (bits >> 6) & 0x3ff,
    pointer: bits & 0x3f,
    doubts: [],
  });
}
