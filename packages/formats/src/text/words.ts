/** A stretch of text without white space in it, and where it stands. */
export interface Word {
  readonly text: string;
  /** UTF-16 units from the beginning of the text. */
  readonly offset: number;
}

/** What ends a word in prose, tables and markup. Commas and brackets do not: URLs have them. */
const separator = /[\s\p{Cc}<>"`|“”„«»‹›、。，；]+/gu;

/** Text in pieces of this many units is looked at; what is longer than a word can be is cut. */
const longestWord = 2_048;

/** The words of a text, in their order. Linear in the length of the text, whatever stands in it. */
export function* wordsOf(text: string): Generator<Word> {
  let from = 0;
  separator.lastIndex = 0;
  for (;;) {
    separator.lastIndex = from;
    const gap = separator.exec(text);
    const end = gap?.index ?? text.length;
    for (let at = from; at < end; at += longestWord)
      yield { text: text.slice(at, Math.min(end, at + longestWord)), offset: at };
    if (gap === null) return;
    from = end + gap[0].length;
  }
}

const closing: ReadonlyMap<string, string> = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
]);
const before = /^[([{*_~'‘’•·–—-]+/u;

/**
 * A word without the punctuation of the sentence around it: what opens before it and what ends behind it. A bracket that was
 * opened inside the word belongs to it.
 */
export function bare({ text, offset }: Word): Word {
  const skipped = before.exec(text)?.[0].length ?? 0;
  let end = text.length;
  while (end > skipped && isPunctuation(text, skipped, end)) end -= 1;
  return { text: text.slice(skipped, end), offset: offset + skipped };
}

function isPunctuation(text: string, from: number, end: number): boolean {
  const last = text[end - 1] ?? '';
  // 32475* is a prefix, *32475* is bold.
  if (last === '*' && text[from - 1] !== '*' && /\d/.test(text[end - 2] ?? '')) return false;
  // 2001:db8:: is an address.
  if (
    last === ':' &&
    /^[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6}::$/i.test(text.slice(Math.max(from, end - 40), end))
  )
    return false;
  const opening = closing.get(last);
  if (opening === undefined) return /[.,;:!?*_~'‘’…]/u.test(last);
  return count(text, last, from, end) > count(text, opening, from, end);
}

function count(text: string, letter: string, from: number, end: number): number {
  let found = 0;
  for (let at = from; at < end; at += 1) if (text[at] === letter) found += 1;
  return found;
}

const joint = /[,;|=()[\]{}'→]+|\/(?=(?:T|TA|FGT|FGM|MOT|CVE-)\d)/gu;

/** The parts of a word that holds several things, as in `198.51.100.1,198.51.100.2` and `key=value`. */
export function partsOf({ text, offset }: Word): readonly Word[] {
  const parts: Word[] = [];
  let from = 0;
  for (const { 0: gap, index } of text.matchAll(joint)) {
    if (index > from) parts.push({ text: text.slice(from, index), offset: offset + from });
    from = index + gap.length;
  }
  if (from === 0) return [];
  if (from < text.length) parts.push({ text: text.slice(from), offset: offset + from });
  return parts;
}
