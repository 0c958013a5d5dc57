/** Characters that would change the line they stand in, or that a terminal would obey. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A part of somebody's input as an error message repeats it: printable, and `most` characters of it. */
export function echo(text: string, most = 60): string {
  // Cut first: the half of a pair that is left is then replaced as well.
  const head = text.slice(0, most).replace(unprintable, '\u{fffd}');
  return text.length > most ? `${head}…` : head;
}
