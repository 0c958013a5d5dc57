import { nearMiss } from './near-miss.ts';
import { PATTERN_MAX_DEPTH } from './pattern.ts';
import { PatternSyntaxError } from './pattern-error.ts';
import type { Token } from './token.ts';

/** The parser's place in the tokens. The last token is always of the kind `end`. */
export type TokenCursor = {
  readonly tokens: readonly Token[];
  next: number;
  depth: number;
  /** What the regular expressions so far cost. */
  expressionCost: number;
};

const END: Token = { kind: 'end', value: '', start: 0, end: 0 };

/** The token `ahead` places after the next one, without taking it. */
export function peek(cursor: TokenCursor, ahead = 0): Token {
  return cursor.tokens[cursor.next + ahead] ?? cursor.tokens.at(-1) ?? END;
}

/** Takes the next token. */
export function take(cursor: TokenCursor): Token {
  const token = peek(cursor);
  if (token.kind !== 'end') cursor.next += 1;
  return token;
}

/** Whether the next token is this word or this piece of punctuation. */
export function isNext(cursor: TokenCursor, value: string): boolean {
  const token = peek(cursor);
  return (token.kind === 'word' || token.kind === 'punctuation') && token.value === value;
}

/** Takes the next token if it is this word or piece of punctuation. */
export function accept(cursor: TokenCursor, value: string): boolean {
  if (!isNext(cursor, value)) return false;
  cursor.next += 1;
  return true;
}

/**
 * Takes this word or piece of punctuation.
 * @throws PatternSyntaxError
 */
export function expect(
  cursor: TokenCursor,
  wanted: { readonly value: string; readonly after: string; readonly section: string },
): Token {
  if (isNext(cursor, wanted.value)) return take(cursor);
  throw unexpected(cursor, { expected: `'${wanted.value}' ${wanted.after}`, section: wanted.section });
}

/** The error for a next token that does not fit, with a hint where a usual mistake is recognised. */
export function unexpected(
  cursor: TokenCursor,
  wanted: { readonly expected: string; readonly section: string },
): PatternSyntaxError {
  const token = peek(cursor);
  const found = token.kind === 'end' ? 'the pattern ends here' : `found ${describe(token)}`;
  const hint = nearMiss(cursor.tokens, cursor.next);
  return new PatternSyntaxError({
    message: `Expected ${wanted.expected}, but ${found}.${hint === undefined ? '' : ` ${hint}`}`,
    offset: token.start,
    section: wanted.section,
  });
}

/**
 * Runs a parser one parenthesis deeper.
 * @throws PatternSyntaxError beyond PATTERN_MAX_DEPTH
 */
export function nested<T>(cursor: TokenCursor, parse: () => T): T {
  if (cursor.depth >= PATTERN_MAX_DEPTH) {
    throw new PatternSyntaxError({
      message: `Parentheses are nested deeper than ${PATTERN_MAX_DEPTH}.`,
      offset: peek(cursor).start,
      section: '9.5.3',
      code: 'limit',
    });
  }
  cursor.depth += 1;
  const result = parse();
  cursor.depth -= 1;
  return result;
}

function describe(token: Token): string {
  const shown = token.value.length > 40 ? `${token.value.slice(0, 40)}…` : token.value;
  switch (token.kind) {
    case 'string':
      return `the string '${shown}'`;
    case 'timestamp':
      return `the timestamp t'${shown}'`;
    case 'hex':
      return `the constant h'${shown}'`;
    case 'binary':
      return `the constant b'${shown}'`;
    default:
      return `'${shown}'`;
  }
}
