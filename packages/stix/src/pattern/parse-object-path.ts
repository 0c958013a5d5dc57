import type { PatternObjectPath, PatternPathStep } from './pattern.ts';
import { PatternSyntaxError } from './pattern-error.ts';
import { PATTERN_KEYWORDS } from './token.ts';
import { accept, expect, peek, type TokenCursor, take, unexpected } from './token-cursor.ts';

const SECTION = '9.7';

/**
 * Parses an object path, for instance `file:extensions.'windows-pebinary-ext'.sections[*].entropy` (STIX 2.1 §9.7).
 * @throws PatternSyntaxError
 */
export function parseObjectPath(cursor: TokenCursor): PatternObjectPath {
  const token = peek(cursor);
  if (token.kind !== 'word' || PATTERN_KEYWORDS.has(token.value)) {
    throw unexpected(cursor, { expected: 'an object path (type:property)', section: SECTION });
  }
  take(cursor);
  expect(cursor, {
    value: ':',
    after: `between the object type '${token.value}' and a property`,
    section: SECTION,
  });
  const steps = [parseKey(cursor)];
  for (;;) {
    if (accept(cursor, '.')) steps.push(parseKey(cursor));
    else if (accept(cursor, '[')) steps.push(parseIndex(cursor));
    else return { type: token.value, steps };
  }
}

function parseKey(cursor: TokenCursor): PatternPathStep {
  const token = peek(cursor);
  if (token.kind === 'string') {
    take(cursor);
    return { kind: 'key', key: token.value };
  }
  if (token.kind !== 'word' || PATTERN_KEYWORDS.has(token.value)) {
    throw unexpected(cursor, {
      expected: "a property name (other names stand between apostrophes: 'name')",
      section: SECTION,
    });
  }
  if (token.value.includes('-')) {
    throw new PatternSyntaxError({
      message: `A property name with a hyphen stands between apostrophes: '${token.value}'`,
      offset: token.start,
      section: SECTION,
    });
  }
  take(cursor);
  return { kind: 'key', key: token.value };
}

function parseIndex(cursor: TokenCursor): PatternPathStep {
  const token = peek(cursor);
  const step: PatternPathStep | undefined =
    token.value === '*'
      ? { kind: 'any' }
      : token.kind === 'integer' && Number.isSafeInteger(Number(token.value))
        ? { kind: 'index', index: Number(token.value) + 0 }
        : undefined;
  if (step === undefined || token.kind === 'string') {
    throw unexpected(cursor, {
      expected: "a list index: an integer from 0, or '*' for any element",
      section: '9.7.2',
    });
  }
  take(cursor);
  expect(cursor, { value: ']', after: 'to close the list index', section: '9.7.2' });
  return step;
}
