/** Numbers from 0 up to, and without, `below`. */
export type RandomNumber = (below: number) => number;

/** The same numbers for the same seed (a 32-bit xorshift, whose quality is enough to spoil texts with). */
export function randomNumbers(seed: number): RandomNumber {
  let state = (Math.imul(seed | 0, 0x9e3779b1) ^ 0x85ebca6b) | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return below <= 0 ? 0 : (state >>> 0) % below;
  };
}

export function pick<Item>(items: readonly Item[], random: RandomNumber): Item {
  const item = items[random(items.length)];
  if (item === undefined) throw new RangeError('There is nothing to choose from');
  return item;
}

/** A text of the corpus with some of it left out, doubled, exchanged, or replaced. */
export function mutate(corpus: readonly string[], pieces: readonly string[], random: RandomNumber): string {
  let text = pick(corpus, random);
  // Half of the texts differ in one or two places: far into the grammar rather than at its door.
  const times = random(2) === 0 ? 1 + random(2) : 1 + random(8);
  for (let time = 0; time < times; time += 1) text = once(text, { corpus, pieces, random });
  return text;
}

interface Means {
  readonly corpus: readonly string[];
  readonly pieces: readonly string[];
  readonly random: RandomNumber;
}

function once(text: string, { corpus, pieces, random }: Means): string {
  const at = random(text.length + 1);
  const length = 1 + random(random(3) === 0 ? 60 : 4);
  const [before, piece, after] = [text.slice(0, at), text.slice(at, at + length), text.slice(at + length)];
  switch (random(8)) {
    case 0:
      return before + after;
    case 1:
      return before + piece + piece + after;
    case 2:
      return before + pick(pieces, random) + piece + after;
    case 3:
      return before + pick(pieces, random) + after;
    case 4:
      return before + String.fromCharCode(piece.charCodeAt(0) ^ (1 << random(8))) + piece.slice(1) + after;
    case 5:
      return before + String.fromCharCode(pick(strange, random)) + after;
    case 6: {
      const other = pick(corpus, random);
      const from = random(other.length);
      return before + other.slice(from, from + length * 8) + after;
    }
    default:
      return random(6) === 0 ? before : before + after.slice(0, length) + piece + after.slice(length);
  }
}

/** Null, controls, line separators, halves of surrogate pairs, marks of direction and order. */
const strange = [
  0, 1, 9, 10, 13, 27, 127, 0x85, 0xa0, 0x202e, 0x2028, 0xd800, 0xdfff, 0xfeff, 0xfffe, 0xffff,
];
