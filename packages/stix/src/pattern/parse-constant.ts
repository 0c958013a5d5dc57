import type { PatternConstant } from './pattern.ts';
import { PatternSyntaxError } from './pattern-error.ts';
import type { Token } from './token.ts';
import { accept, expect, isNext, peek, type TokenCursor, take, unexpected } from './token-cursor.ts';

/**
 * Parses a constant (STIX 2.1 §9.2).
 * @throws PatternSyntaxError
 */
export function parseConstant(cursor: TokenCursor): PatternConstant {
  if (accept(cursor, 'true')) return { kind: 'boolean', value: true };
  if (accept(cursor, 'false')) return { kind: 'boolean', value: false };
  return parseOrderableConstant(cursor);
}

/**
 * Parses a constant that has an order, which is any but a boolean (STIX 2.1 §9.6.1).
 * @throws PatternSyntaxError
 */
export function parseOrderableConstant(cursor: TokenCursor): PatternConstant {
  const constant = toConstant(peek(cursor));
  if (constant === undefined) {
    throw unexpected(cursor, {
      expected:
        isNext(cursor, 'true') || isNext(cursor, 'false') ? 'a constant that has an order' : 'a constant',
      section: '9.2',
    });
  }
  take(cursor);
  return constant;
}

/**
 * Parses the list after IN; it may be empty, as in the OASIS grammar.
 * @throws PatternSyntaxError
 */
export function parseConstantList(cursor: TokenCursor): readonly PatternConstant[] {
  expect(cursor, { value: '(', after: 'to begin the list after IN', section: '9.6.1' });
  if (accept(cursor, ')')) return [];
  const constants = [parseConstant(cursor)];
  while (accept(cursor, ',')) constants.push(parseConstant(cursor));
  expect(cursor, { value: ')', after: "to close the list, or ','", section: '9.6.1' });
  return constants;
}

function toConstant(token: Token): PatternConstant | undefined {
  switch (token.kind) {
    case 'integer':
      return { kind: 'integer', value: toInteger(token) };
    case 'float':
      return { kind: 'float', value: toFloat(token) };
    case 'string':
    case 'timestamp':
    case 'hex':
    case 'binary':
      return { kind: token.kind, value: token.value };
    default:
      return undefined;
  }
}

function toInteger(token: Token): number {
  const value = Number(token.value);
  if (Number.isSafeInteger(value)) return value + 0;
  throw outOfRange(token, 'An integer is between -(2^53)+1 and (2^53)-1.', '2.9');
}

function toFloat(token: Token): number {
  const value = Number(token.value);
  if (Number.isFinite(value)) return value + 0;
  throw outOfRange(token, 'This number is beyond the range of a double-precision float.', '2.5');
}

function outOfRange(token: Token, message: string, section: string): PatternSyntaxError {
  return new PatternSyntaxError({ message, offset: token.start, section, code: 'constant' });
}
