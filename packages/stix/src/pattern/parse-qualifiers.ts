import type { PatternQualifier } from './pattern.ts';
import { PatternSyntaxError } from './pattern-error.ts';
import type { Token } from './token.ts';
import { expect, peek, type TokenCursor, take, unexpected } from './token-cursor.ts';

const SECTION = '9.5.1';

/**
 * Parses the qualifiers after an observation expression, none or more (STIX 2.1 §9.5.1).
 * @throws PatternSyntaxError, also where one kind of qualifier stands twice
 */
export function parseQualifiers(cursor: TokenCursor): readonly PatternQualifier[] {
  const qualifiers: PatternQualifier[] = [];
  for (;;) {
    const word = peek(cursor);
    const qualifier = parseQualifier(cursor);
    if (qualifier === undefined) return qualifiers;
    if (qualifiers.some(({ kind }) => kind === qualifier.kind)) {
      throw new PatternSyntaxError({
        message: `An observation expression has at most one ${word.value}; use parentheses to qualify the qualified expression again.`,
        offset: word.start,
        section: SECTION,
        code: 'qualifier',
      });
    }
    qualifiers.push(qualifier);
  }
}

function parseQualifier(cursor: TokenCursor): PatternQualifier | undefined {
  const word = peek(cursor);
  if (word.kind !== 'word') return undefined;
  const offset = word.start;
  switch (word.value) {
    case 'REPEATS': {
      take(cursor);
      const times = takePositive(cursor, {
        expected: 'a positive integer after REPEATS',
        kinds: ['integer'],
      });
      expect(cursor, { value: 'TIMES', after: 'after the number of repetitions', section: SECTION });
      return { kind: 'repeats', times, offset };
    }
    case 'WITHIN': {
      take(cursor);
      const seconds = takePositive(cursor, {
        expected: 'a positive number after WITHIN',
        kinds: ['integer', 'float'],
      });
      expect(cursor, { value: 'SECONDS', after: 'after the length of the window', section: SECTION });
      return { kind: 'within', seconds, offset };
    }
    case 'START': {
      take(cursor);
      const start = takeTimestamp(cursor, 'START');
      expect(cursor, { value: 'STOP', after: 'after the beginning of the window', section: SECTION });
      const stop = takeTimestamp(cursor, 'STOP');
      return { kind: 'startStop', start, stop, offset };
    }
    default:
      return undefined;
  }
}

function takePositive(
  cursor: TokenCursor,
  wanted: { readonly expected: string; readonly kinds: readonly Token['kind'][] },
): number {
  const token = peek(cursor);
  const value = wanted.kinds.includes(token.kind) ? Number(token.value) : 0;
  if (!(value > 0) || value > Number.MAX_SAFE_INTEGER) {
    throw unexpected(cursor, { expected: wanted.expected, section: SECTION });
  }
  take(cursor);
  return value;
}

function takeTimestamp(cursor: TokenCursor, after: string): string {
  const token = peek(cursor);
  if (token.kind !== 'timestamp') {
    throw unexpected(cursor, { expected: `a timestamp t'…' after ${after}`, section: SECTION });
  }
  take(cursor);
  return token.value;
}
