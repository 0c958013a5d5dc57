import { accept, isNext, peek, type TokenCursor } from './token-cursor.ts';

/** A level of precedence: operands with the same word between them. */
interface JunctionLevel<Kind extends string, Operand> {
  readonly word: string;
  readonly kind: Kind;
  readonly operand: (cursor: TokenCursor) => Operand;
}

/** Several operands that one word joins; of comparisons or of observations (STIX 2.1 §9.5, §9.6). */
interface Junction<Kind extends string, Operand> {
  readonly kind: Kind;
  readonly operands: readonly Operand[];
  readonly offset: number;
}

/** Reads `operand WORD operand WORD …`; an operand that stands alone is itself. */
export function parseJunction<const Kind extends string, Operand>(
  cursor: TokenCursor,
  { word, kind, operand }: JunctionLevel<Kind, Operand>,
): Operand | Junction<Kind, Operand> {
  const offset = peek(cursor).start;
  const first = operand(cursor);
  if (!isNext(cursor, word)) return first;
  const operands = [first];
  while (accept(cursor, word)) operands.push(operand(cursor));
  return { kind, operands, offset };
}
