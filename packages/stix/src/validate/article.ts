/** Puts "a" or "an" before words that have no article yet, for messages. */
export function article(words: string): string {
  if (/^(?:an?|any) /.test(words)) return words;
  return /^(?:[aeio]|u(?!rl|ser))/.test(words) ? `an ${words}` : `a ${words}`;
}
