import { isJsonObject } from './json-object.ts';

/** Bounds on a text that is read. */
export interface BundleTextLimits {
  /** Nesting of objects and lists, the outermost included. */
  readonly depth: number;
  /** Objects in the list. */
  readonly objects: number;
  /** UTF-16 units of one object's text. */
  readonly objectLength: number;
}

/** One member of `objects`: its text as it stood in the request, and what it says. */
export interface ObjectText {
  readonly text: string;
  /** Where it begins in the request, in UTF-16 units. */
  readonly offset: number;
  readonly value: unknown;
  /** Set when the text says more than the value can: the same key twice, or half of a surrogate pair. */
  readonly flaw?: 'duplicate-key' | 'lone-surrogate';
}

export interface BundleText {
  /** The outermost object, with `objects` as an empty list. */
  readonly envelope: Readonly<Record<string, unknown>>;
  /** Undefined where the text has no member `objects`. */
  readonly objects: readonly ObjectText[] | undefined;
}

export type BundleTextError = {
  readonly code:
    | 'not-json'
    | 'not-an-object'
    | 'too-deep'
    | 'too-many-objects'
    | 'object-too-long'
    | 'duplicate-key';
  readonly message: string;
  /** UTF-16 units from the beginning of the text. */
  readonly offset: number;
};

export type BundleTextResult =
  | { readonly ok: true; readonly value: BundleText }
  | { readonly ok: false; readonly error: BundleTextError };

/**
 * Reads a STIX bundle (STIX 2.1 §8) or a TAXII envelope (TAXII 2.1 §3.7) without writing its objects anew: each object's
 * text is cut out of the request, so that unknown properties, big integers and the spelling of numbers survive.
 *
 * One pass finds where objects begin and end and counts their members; `JSON.parse` judges each piece. A piece with
 * more members in its text than in its value names a key twice. Takes time linear in the length of the text.
 */
export function readBundleText(text: string, limits: BundleTextLimits): BundleTextResult {
  try {
    return { ok: true, value: new Scanner(text, limits).bundle() };
  } catch (cause) {
    if (cause instanceof ScanError) return { ok: false, error: cause.error };
    throw cause;
  }
}

/** Line and column, both from 1, of an offset in a text. */
export function placeInText(
  text: string,
  offset: number,
): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let at = before.indexOf('\n'); at !== -1; at = before.indexOf('\n', at + 1)) line += 1;
  return { line, column: offset - lineStart + 1 };
}

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

class ScanError extends Error {
  readonly error: BundleTextError;

  constructor(error: BundleTextError) {
    super(error.message);
    this.error = error;
  }
}

class Scanner {
  readonly #text: string;
  readonly #limits: BundleTextLimits;
  #at = 0;
  /** Colons outside of strings since the last reset: members of objects. */
  #members = 0;

  constructor(text: string, limits: BundleTextLimits) {
    this.#text = text;
    this.#limits = limits;
  }

  bundle(): BundleText {
    this.#space();
    if (this.#code() !== openBrace) {
      // Other JSON is told by how it begins: to parse it whole would take memory for nothing.
      if (!/^\s*(?:[["\d-]|true\b|false\b|null\b)/.test(this.#text.slice(0, 1_000))) this.#failJson(this.#at);
      this.#fail('not-an-object', 'A bundle or an envelope is a JSON object.');
    }
    this.#at += 1;
    let list:
      | { readonly start: number; readonly end: number; readonly objects: readonly ObjectText[] }
      | undefined;
    let members = 0;
    for (;;) {
      this.#space();
      if (this.#code() !== quote) break;
      const key = this.#key();
      members += 1;
      this.#space();
      if (key === 'objects' && this.#code() === openBracket) {
        if (list !== undefined) this.#fail('duplicate-key', 'The member "objects" stands here twice.');
        const start = this.#at;
        list = { objects: this.#list(), start, end: this.#at };
      } else {
        this.#members = 0;
        this.#skipValue(1);
        members += this.#members;
      }
      this.#space();
      if (this.#code() !== comma) break;
      this.#at += 1;
    }
    const skeleton =
      list === undefined ? this.#text : `${this.#text.slice(0, list.start)}[]${this.#text.slice(list.end)}`;
    const cut = list === undefined ? 0 : list.end - list.start - 2;
    const envelope = this.#parse(skeleton, 0, (at) => (at > (list?.start ?? 0) ? at + cut : at));
    if (!isJsonObject(envelope)) this.#fail('not-an-object', 'A bundle or an envelope is a JSON object.');
    if (countMembers(envelope) !== members)
      this.#fail('duplicate-key', 'A member of the bundle stands here twice.');
    return { envelope, objects: list?.objects };
  }

  #list(): ObjectText[] {
    const objects: ObjectText[] = [];
    this.#at += 1;
    this.#space();
    if (this.#code() === closeBracket) {
      this.#at += 1;
      return objects;
    }
    for (;;) {
      this.#space();
      if (objects.length >= this.#limits.objects) {
        this.#fail('too-many-objects', `A bundle may hold ${this.#limits.objects} objects at the most.`);
      }
      objects.push(this.#object());
      this.#space();
      const code = this.#code();
      this.#at += 1;
      if (code === closeBracket) return objects;
      if (code !== comma) this.#failJson(this.#at - 1);
    }
  }

  #object(): ObjectText {
    const start = this.#at;
    this.#members = 0;
    this.#skipValue(2);
    if (this.#at - start > this.#limits.objectLength) {
      this.#at = start;
      this.#fail(
        'object-too-long',
        `An object may be ${this.#limits.objectLength} characters long at the most.`,
      );
    }
    let end = this.#at;
    // Only what JSON calls white space: trimEnd() also takes away what makes a text no JSON.
    while (end > start && isSpace(this.#text.charCodeAt(end - 1))) end -= 1;
    const text = this.#text.slice(start, end);
    const value = this.#parse(text, start);
    if (countMembers(value) !== this.#members) return { text, offset: start, value, flaw: 'duplicate-key' };
    if (text.includes('\\u') && !isWellFormed(value))
      return { text, offset: start, value, flaw: 'lone-surrogate' };
    return { text, offset: start, value };
  }

  /** Moves past a value that stands `depth` levels deep. */
  #skipValue(depth: number): void {
    const text = this.#text;
    let level = depth;
    for (; this.#at < text.length; this.#at += 1) {
      switch (text.charCodeAt(this.#at)) {
        case quote:
          this.#skipString();
          break;
        case colon:
          this.#members += 1;
          break;
        case openBrace:
        case openBracket:
          level += 1;
          if (level > this.#limits.depth) {
            this.#fail('too-deep', `Values may nest ${this.#limits.depth} levels deep at the most.`);
          }
          break;
        case comma:
          if (level === depth) return;
          break;
        case closeBrace:
        case closeBracket:
          if (level === depth) return;
          level -= 1;
          break;
        default:
          break;
      }
    }
  }

  #key(): string {
    const start = this.#at;
    this.#skipString();
    this.#at += 1;
    const key = this.#parse(this.#text.slice(start, this.#at), start);
    this.#space();
    if (this.#code() !== colon) this.#failJson(this.#at);
    this.#at += 1;
    return String(key);
  }

  /** Moves from the opening quote to the closing one. */
  #skipString(): void {
    const text = this.#text;
    let end = text.indexOf('"', this.#at + 1);
    while (end !== -1) {
      let slashes = end - 1;
      while (text.charCodeAt(slashes) === backslash) slashes -= 1;
      if ((end - slashes) % 2 === 1) break;
      end = text.indexOf('"', end + 1);
    }
    if (end === -1) this.#failJson(this.#at);
    this.#at = end;
  }

  #space(): void {
    for (;;) {
      if (!isSpace(this.#code())) return;
      this.#at += 1;
    }
  }

  #code(): number {
    return this.#text.charCodeAt(this.#at);
  }

  /** `place` says where in the whole text an offset in the piece is, where pieces were taken out of it. */
  #parse(text: string, offset: number, place: (at: number) => number = (at) => at): unknown {
    try {
      return JSON.parse(text);
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) throw cause;
      const atEnd = cause.message.startsWith('Unexpected end') || cause.message.startsWith('Unterminated');
      return this.#failJson(place(offset + (atEnd ? text.length : positionOf(cause))));
    }
  }

  #failJson(offset: number): never {
    this.#at = Math.min(offset, this.#text.length);
    const found =
      this.#at >= this.#text.length ? 'the text ends' : `${JSON.stringify(this.#text[this.#at])} stands`;
    return this.#fail('not-json', `This is not JSON: ${found} where something else was expected.`);
  }

  #fail(code: BundleTextError['code'], message: string): never {
    throw new ScanError({ code, message, offset: this.#at });
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** V8 tells the offset only in its message; where it does not, the piece's beginning has to do. */
function positionOf(error: SyntaxError): number {
  return Number(/at position (\d{1,15})/.exec(error.message)?.[1] ?? 0);
}

function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let members = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') members += countMembers(item);
    return members;
  }
  for (const item of Object.values(value)) members += typeof item === 'object' ? 1 + countMembers(item) : 1;
  return members;
}

function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isWellFormed);
  return Object.entries(value).every(([key, item]) => key.isWellFormed() && isWellFormed(item));
}
