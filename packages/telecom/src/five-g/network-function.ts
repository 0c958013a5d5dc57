import type { Doubt, Parsed, Understood } from '../parsed.ts';
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

/** Reads a UUID, with `nf:` or `nfInstanceId:` before it or not. */
export function parseNfInstance(text: string): Parsed<NfInstance> {
  const [, uuid, version] =
    /^(?:(?:urn:uuid|nf|nf-?instance(?:-?id)?)[:=\s]\s*)?([0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})$/i.exec(
      tidy(text),
    ) ?? [];
  if (uuid === undefined) return notUnderstood('A network function is named by a UUID.');
  const message = 'It should be a UUID of version 4, which is random.';
  return understood({
    kind: 'nf-instance',
    raw: text,
    value: uuid.toLowerCase(),
    doubts: version === '4' ? [] : [{ code: 'not-standard', message }],
  });
}

/** Reads `s-nssai:1-0000FF`, `1-0000FF`, and `1` for a slice without differentiator. */
export function parseSNssai(text: string): Parsed<SNssai> {
  const [, type = '', sd] =
    /^(?:(?:s-?nssai|sst)[:=\s]\s*)?(\d{1,3})(?:-([0-9a-f]{6}))?$/i.exec(tidy(text)) ?? [];
  const sst = Number(type);
  if (type === '' || sst > 255)
    return notUnderstood('A slice is a type from 0 to 255 and six hexadecimal digits, as in 1-0000FF.');
  // All bits set say that there is none: TS 23.003 §28.4.2.
  const upper = /^f{6}$/i.test(sd ?? '') ? undefined : sd?.toUpperCase();
  return understood({
    kind: 's-nssai',
    raw: text,
    value: upper === undefined ? String(sst) : `${sst}-${upper}`,
    sst,
    sd: upper,
    doubts: sliceDoubts(sst),
  });
}

/** TS 24.501 §9.11.2.8, TS 23.501 §5.15.2.2: up to 127 the standard gives them out, above each network does. */
function sliceDoubts(sst: number): readonly Doubt[] {
  if (sst > 127) return [{ code: 'private-use', message: 'Each network chooses what types above 127 mean.' }];
  const message = 'It is of the range of standard types and none of those that are known here.';
  return sliceTypes.has(sst) ? [] : [{ code: 'not-assigned', message }];
}

/** Reads `amf:CAFE00` and `CAFE00`: region (8 bits), set (10 bits) and pointer (6 bits). */
export function parseAmfId(text: string): Parsed<AmfId> {
  const [, digits] = /^(?:amf(?:-?id)?[:=\s]\s*)?([0-9a-f]{6})$/i.exec(tidy(text)) ?? [];
  if (digits === undefined) return notUnderstood('An AMF is named by six hexadecimal digits.');
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
