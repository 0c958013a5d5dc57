/**
 * Compiles the pattern of LIKE: `%` is any run of characters, `_` any one character (code point), case matters
 * (STIX 2.1 §9.6.1). The text is to be normalised by the caller. Backtracks to the last `%` only, so the time is at
 * most the product of both lengths.
 */
export function compileLike(pattern: string): (text: string) => boolean {
  const wanted = [...pattern];
  return (text) => matchLike(wanted, [...text]);
}

function matchLike(wanted: readonly string[], text: readonly string[]): boolean {
  let at = 0;
  let next = 0;
  let retryAt = -1;
  let retryNext = -1;
  while (at < text.length) {
    const char = wanted[next];
    if (char === '%') {
      next += 1;
      retryNext = next;
      retryAt = at;
    } else if (char !== undefined && (char === '_' || char === text[at])) {
      at += 1;
      next += 1;
    } else if (retryNext >= 0) {
      retryAt += 1;
      at = retryAt;
      next = retryNext;
    } else {
      return false;
    }
  }
  while (wanted[next] === '%') next += 1;
  return next === wanted.length;
}
