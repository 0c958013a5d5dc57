import { parseComparisonExpression } from './parse-comparison.ts';
import { parseJunction } from './parse-junction.ts';
import { parseQualifiers } from './parse-qualifiers.ts';
import { PATTERN_MAX_LENGTH, type Pattern, type PatternObservationExpression } from './pattern.ts';
import { type PatternError, PatternSyntaxError, patternPosition } from './pattern-error.ts';
import { accept, expect, nested, peek, type TokenCursor, unexpected } from './token-cursor.ts';
import { tokenize } from './tokenize.ts';

/** What `parsePattern` answers: the tree, or why there is none. */
export type PatternParse =
  | { readonly ok: true; readonly pattern: Pattern }
  | { readonly ok: false; readonly errors: readonly PatternError[] };

/**
 * Parses a STIX pattern (STIX 2.1 §9). Never throws and takes linear time: texts longer than PATTERN_MAX_LENGTH and
 * parentheses nested deeper than PATTERN_MAX_DEPTH are refused with the code `limit`, and so are regular expressions
 * that together cost more than PATTERN_MAX_EXPRESSION_COST to compile.
 */
export function parsePattern(text: string): PatternParse {
  try {
    if (text.length > PATTERN_MAX_LENGTH) {
      throw new PatternSyntaxError({
        message: `A pattern has at most ${PATTERN_MAX_LENGTH} characters; this one has ${text.length}.`,
        offset: 0,
        section: '9.4',
        code: 'limit',
      });
    }
    return { ok: true, pattern: parseWhole(text) };
  } catch (error) {
    if (!(error instanceof PatternSyntaxError)) throw error;
    const { code, message, offset, section } = error;
    return { ok: false, errors: [{ code, message, offset, ...patternPosition(text, offset), section }] };
  }
}

function parseWhole(text: string): Pattern {
  const cursor: TokenCursor = { tokens: tokenize(text), next: 0, depth: 0, expressionCost: 0 };
  const pattern = parseFollowedBy(cursor);
  if (peek(cursor).kind !== 'end') {
    throw unexpected(cursor, {
      expected: 'AND, OR, FOLLOWEDBY, a qualifier (WITHIN, REPEATS, START) or the end of the pattern',
      section: '9.5',
    });
  }
  return pattern;
}

/** FOLLOWEDBY binds least, then OR, then AND (STIX 2.1 §9.5.3). */
function parseFollowedBy(cursor: TokenCursor): PatternObservationExpression {
  return parseJunction(cursor, { word: 'FOLLOWEDBY', kind: 'followedby', operand: parseOr });
}

function parseOr(cursor: TokenCursor): PatternObservationExpression {
  return parseJunction(cursor, { word: 'OR', kind: 'or', operand: parseAnd });
}

function parseAnd(cursor: TokenCursor): PatternObservationExpression {
  return parseJunction(cursor, { word: 'AND', kind: 'and', operand: parseQualified });
}

/** Qualifiers belong to the bracket or parenthesis just before them (STIX 2.1 §9.5.2). */
function parseQualified(cursor: TokenCursor): PatternObservationExpression {
  const offset = peek(cursor).start;
  const expression = parsePrimary(cursor);
  const qualifiers = parseQualifiers(cursor);
  return qualifiers.length === 0 ? expression : { kind: 'qualified', expression, qualifiers, offset };
}

function parsePrimary(cursor: TokenCursor): PatternObservationExpression {
  const offset = peek(cursor).start;
  if (accept(cursor, '(')) {
    const inner = nested(cursor, () => parseFollowedBy(cursor));
    expect(cursor, { value: ')', after: 'to close the parenthesis', section: '9.5' });
    return inner;
  }
  if (accept(cursor, '[')) {
    const comparison = parseComparisonExpression(cursor);
    expect(cursor, {
      value: ']',
      after: 'to close the observation expression, or AND or OR',
      section: '9.5',
    });
    return { kind: 'observation', comparison, offset };
  }
  throw missingBracket(cursor);
}

function missingBracket(cursor: TokenCursor): PatternSyntaxError {
  const looksLikePath = peek(cursor).kind === 'word' && peek(cursor, 1).value === ':';
  return unexpected(cursor, {
    expected: looksLikePath
      ? "'[' (comparisons stand between square brackets: [type:property = constant])"
      : "'[' or '(' to begin an observation expression",
    section: '9.5',
  });
}
