import { parseMsisdn } from '@belltower/telecom';
import type { Sighted } from './found.ts';
import type { Word } from './words.ts';

/** A plus sign and digits, with separators of one sort between them, as people write telephone numbers. */
const written = /(?<!tel:|sips?:|[\w+])\+[1-9](?:(?:[ \-/()\u00a0]{0,2}\d){6,14}|(?:\.?\d){6,14})(?!\.?\d)/gu;

/** Telephone numbers in international form, also with spaces in them, which no word has. */
export function* sightPhoneNumbers(
  text: string,
): Generator<{ readonly sighted: Sighted; readonly word: Word }> {
  for (const { 0: raw, index } of text.matchAll(written)) {
    const parsed = parseMsisdn(raw);
    if (!parsed.ok || !/[ .\-/()\u00a0]/u.test(raw)) continue;
    const { kind, value, doubts } = parsed.value;
    yield { sighted: { kind, value, doubts }, word: { text: raw, offset: index } };
  }
}

/** Stretches of a text, in their order. */
export class Spans {
  readonly #words: readonly Word[];
  #next = 0;

  constructor(words: readonly Word[]) {
    this.#words = words;
  }

  /** Whether a place lies in one of them; places are asked for in rising order. */
  hold(offset: number): boolean {
    for (;;) {
      const word = this.#words[this.#next];
      if (word === undefined || offset < word.offset) return false;
      if (offset < word.offset + word.text.length) return true;
      this.#next += 1;
    }
  }
}
