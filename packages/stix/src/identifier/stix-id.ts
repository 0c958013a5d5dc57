declare const brand: unique symbol;

/** A well-formed STIX identifier, `object-type--UUID` (STIX 2.1 §2.9). */
export type StixId = string & { readonly [brand]: 'StixId' };

/** The parts of an identifier. */
export interface ParsedStixId {
  readonly id: StixId;
  readonly type: string;
  readonly uuid: string;
  /** UUID version, 1 to 5. */
  readonly version: number;
}

function isHex(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
}

/** Whether 36 characters of `text` from `from` are a UUID of RFC 4122: versions 1 to 5, variant 10x. */
function hasUuid(text: string, from: number): boolean {
  for (let at = 0; at < 36; at += 1) {
    const code = text.charCodeAt(from + at);
    if (at === 8 || at === 13 || at === 18 || at === 23 ? code !== 45 : !isHex(code)) return false;
  }
  const version = text.charCodeAt(from + 14);
  const variant = Number.parseInt(text.charAt(from + 19), 16);
  return version >= 49 && version <= 53 && variant >= 8 && variant <= 11;
}

/**
 * Whether `text` up to `end` is the name of an object type (STIX 2.1 §3.1, §11.2.1): 3 to 250 lowercase letters, digits and
 * hyphens that begin with a letter, with hyphens only between words.
 */
function hasTypeName(text: string, end: number): boolean {
  if (end < 3 || end > 250) return false;
  let previous = 45;
  for (let at = 0; at < end; at += 1) {
    const code = text.charCodeAt(at);
    const letter = code >= 97 && code <= 122;
    if (at === 0 && !letter) return false;
    if (!letter && !(code >= 48 && code <= 57) && !(code === 45 && previous !== 45)) return false;
    previous = code;
  }
  return previous !== 45;
}

/** Whether `text` can be the name of an object type (STIX 2.1 §3.1, §11.2.1). */
export function isTypeName(text: string): boolean {
  return hasTypeName(text, text.length);
}

/** Whether `text` is a UUID of RFC 4122. */
export function isUuid(text: string): boolean {
  return text.length === 36 && hasUuid(text, 0);
}

/** Whether `text` is a STIX identifier (STIX 2.1 §2.9), without allocating anything. */
export function isStixId(text: string): text is StixId {
  const uuidAt = text.length - 36;
  return (
    uuidAt >= 5 &&
    text.charCodeAt(uuidAt - 1) === 45 &&
    text.charCodeAt(uuidAt - 2) === 45 &&
    hasUuid(text, uuidAt) &&
    hasTypeName(text, uuidAt - 2)
  );
}

/** The object type that an identifier names. */
export function typeOfId(id: StixId): string {
  return id.slice(0, -38);
}

/** The UUID version of an identifier. */
export function uuidVersionOfId(id: StixId): number {
  return id.charCodeAt(id.length - 22) - 48;
}

/** Takes an identifier apart; `undefined` when `text` is none. */
export function parseStixId(text: string): ParsedStixId | undefined {
  if (!isStixId(text)) return undefined;
  return { id: text, type: typeOfId(text), uuid: text.slice(-36), version: uuidVersionOfId(text) };
}

/** Puts an identifier together; throws a `TypeError` when the parts do not make one. */
export function makeStixId(type: string, uuid: string): StixId {
  const id = `${type}--${uuid}`;
  if (!isStixId(id)) throw new TypeError(`no STIX identifier: ${id.slice(0, 300)}`);
  return id;
}
