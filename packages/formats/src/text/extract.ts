import type { ObservableKind } from '@belltower/telecom';
import { Announcement } from './announcement.ts';
import type { Found, FoundPlace, Sighted } from './found.ts';
import { hostOfUrl, readNetworkValue } from './network-values.ts';
import { Spans, sightPhoneNumbers } from './phone-numbers.ts';
import { refang } from './refang.ts';
import { readReference } from './reference-values.ts';
import { readTelecomValue } from './telecom-values.ts';
import type { Word } from './words.ts';
import { bare, partsOf, wordsOf } from './words.ts';

export interface ExtractOptions {
  /** Different values that are kept; the rest is counted. */
  readonly most?: number;
  /** Places of one value that are kept. */
  readonly places?: number;
}

/** What was found in a text. */
export interface Extraction {
  /** In the order of their first places. */
  readonly found: readonly Found[];
  /** Values beyond `most`, which are left out; counted up to as many again. */
  readonly leftOut: number;
}

/**
 * Finds addresses, domains, URLs, hashes, CVEs, techniques and telecom identifiers in a text, also where they were written so
 * that nobody follows them by accident. Time grows with the length of the text only.
 */
export function extract(text: string, { most = 100_000, places = 100 }: ExtractOptions = {}): Extraction {
  const gathered = new Gathering(text, { most, places });
  const numbers = [...sightPhoneNumbers(text)];
  for (const { sighted, word } of numbers) gathered.add(sighted, word, false);
  const taken = new Spans(numbers.map(({ word }) => word));
  const announcement = new Announcement();
  for (const word of wordsOf(text)) {
    const plain = bare(word);
    if (plain.text === '' || taken.hold(plain.offset)) continue;
    if (announcement.hear(plain.text)) continue;
    const count = couldBe(plain.text, announcement.kind) ? sightWord(gathered, plain, announcement.kind) : 0;
    announcement.pass(count > 0);
  }
  return gathered.result();
}

/** Most words of prose are none of all this, and one look tells. */
function couldBe(word: string, announced: ObservableKind | undefined): boolean {
  return announced !== undefined || /[\d.@:[({]/.test(word);
}

/** How many values a word holds: itself, or its parts. */
function sightWord(gathered: Gathering, word: Word, announced: ObservableKind | undefined): number {
  const whole = gathered.readings.of(word.text, announced);
  if (whole !== undefined) {
    gathered.add(whole.sighted, word, whole.defanged);
    const host = whole.sighted.kind === 'url' ? hostOfUrl(whole.sighted.value) : undefined;
    // A host is what it would be by itself.
    if (host !== undefined)
      gathered.add(readTelecomValue(host.value, undefined) ?? host, word, whole.defanged);
    return 1;
  }
  let count = 0;
  const named = new Announcement(announced);
  for (const part of partsOf(word)) {
    const plain = bare(part);
    if (plain.text === '' || plain.text.length >= word.text.length || named.hear(plain.text)) continue;
    if (couldBe(plain.text, named.kind)) count += sightWord(gathered, plain, named.kind);
  }
  return count;
}

interface Reading {
  readonly sighted: Sighted;
  readonly defanged: boolean;
}

function readWord(word: string, announced: ObservableKind | undefined): Reading | undefined {
  if (word.length < 3) return undefined;
  const written = refang(word);
  const defanged = written !== word;
  // A dot at the end ends a sentence, however it was written.
  const meant = defanged ? bare({ text: written, offset: 0 }).text : word;
  const sighted =
    readReference(meant) ?? readTelecomValue(meant, announced) ?? readNetworkValue(meant, { defanged });
  return sighted === undefined ? undefined : { sighted, defanged };
}

/** Remembers what words are: reports say the same again and again. */
class Readings {
  readonly #known = new Map<string, Reading | undefined>();

  of(word: string, announced: ObservableKind | undefined): Reading | undefined {
    if (word.length > longestRemembered) return readWord(word, announced);
    const key = announced === undefined ? word : `${announced} ${word}`;
    if (this.#known.has(key)) return this.#known.get(key);
    const reading = readWord(word, announced);
    if (this.#known.size >= mostRemembered) this.#known.clear();
    this.#known.set(key, reading);
    return reading;
  }
}

const longestRemembered = 200;
const mostRemembered = 10_000;

interface Kept {
  readonly sighted: Sighted;
  readonly places: FoundPlace[];
}

/** Puts the places of each value together. */
class Gathering {
  readonly readings = new Readings();
  readonly #text: string;
  readonly #bounds: Required<ExtractOptions>;
  readonly #kept = new Map<string, Kept>();
  readonly #leftOut = new Set<string>();
  readonly #lines: readonly number[];

  constructor(text: string, bounds: Required<ExtractOptions>) {
    this.#text = text;
    this.#bounds = bounds;
    this.#lines = lineStarts(text);
  }

  add(sighted: Sighted, { text, offset }: Word, defanged: boolean): void {
    const key = `${sighted.kind} ${sighted.value}`;
    const known = this.#kept.get(key);
    if (known === undefined && this.#kept.size >= this.#bounds.most) {
      if (this.#leftOut.size < this.#bounds.most) this.#leftOut.add(key);
      return;
    }
    const kept = known ?? { sighted, places: [] };
    if (known === undefined) this.#kept.set(key, kept);
    if (kept.places.length >= this.#bounds.places) return;
    const length = text.length;
    kept.places.push({
      offset,
      length,
      ...this.#place(offset),
      raw: this.#text.slice(offset, offset + length),
      defanged,
    });
  }

  result(): Extraction {
    const found = [...this.#kept.values()]
      .map(({ sighted, places }) => ({ ...sighted, places: inOrder(places) }))
      .toSorted((one, other) => (one.places[0]?.offset ?? 0) - (other.places[0]?.offset ?? 0));
    return { found, leftOut: this.#leftOut.size };
  }

  #place(offset: number): { readonly line: number; readonly column: number } {
    let low = 0;
    let high = this.#lines.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#lines[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (this.#lines[low] ?? 0) + 1 };
  }
}

/** Telephone numbers are looked for before everything else, and some of them stand behind what is found later. */
function inOrder(places: readonly FoundPlace[]): readonly FoundPlace[] {
  return places.toSorted((one, other) => one.offset - other.offset);
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
