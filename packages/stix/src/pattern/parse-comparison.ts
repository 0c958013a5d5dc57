import { expressionCost, PATTERN_MAX_EXPRESSION_COST } from './expression-cost.ts';
import { parseConstant, parseConstantList, parseOrderableConstant } from './parse-constant.ts';
import { parseJunction } from './parse-junction.ts';
import { parseObjectPath } from './parse-object-path.ts';
import type {
  PatternComparison,
  PatternComparisonExpression,
  PatternOrderOperator,
  PatternTextOperator,
} from './pattern.ts';
import { PatternSyntaxError } from './pattern-error.ts';
import { accept, expect, isNext, nested, peek, type TokenCursor, take, unexpected } from './token-cursor.ts';

const ORDER_OPERATORS = new Map<string, PatternOrderOperator>([
  ['=', '='],
  ['==', '='],
  ['!=', '!='],
  ['<>', '!='],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
]);
const TEXT_OPERATORS = new Map<string, PatternTextOperator>([
  ['LIKE', 'LIKE'],
  ['MATCHES', 'MATCHES'],
  ['ISSUBSET', 'ISSUBSET'],
  ['ISSUPERSET', 'ISSUPERSET'],
]);

/**
 * Parses comparisons joined by AND and OR, of which AND binds more (STIX 2.1 §9.5.3, §9.6).
 * @throws PatternSyntaxError
 */
export function parseComparisonExpression(cursor: TokenCursor): PatternComparisonExpression {
  return parseJunction(cursor, { word: 'OR', kind: 'or', operand: parseAnd });
}

function parseAnd(cursor: TokenCursor): PatternComparisonExpression {
  return parseJunction(cursor, { word: 'AND', kind: 'and', operand: parsePrimary });
}

function parsePrimary(cursor: TokenCursor): PatternComparisonExpression {
  if (accept(cursor, '(')) {
    const inner = nested(cursor, () => parseComparisonExpression(cursor));
    expect(cursor, { value: ')', after: 'to close the parenthesis, or AND or OR', section: '9.6' });
    return inner;
  }
  const offset = peek(cursor).start;
  if (isNext(cursor, 'EXISTS') || (isNext(cursor, 'NOT') && peek(cursor, 1).value === 'EXISTS')) {
    const negated = accept(cursor, 'NOT');
    take(cursor);
    return { kind: 'exists', negated, path: parseObjectPath(cursor), offset };
  }
  return parseTest(cursor, offset);
}

/** The modifier NOT stands before the operator, not before the comparison (STIX 2.1 §9.6.1). */
function parseTest(cursor: TokenCursor, offset: number): PatternComparison {
  if (isNext(cursor, 'NOT')) {
    throw unexpected(cursor, {
      expected: 'an object path (NOT stands before the operator: type:property NOT LIKE …)',
      section: '9.6.1',
    });
  }
  const path = parseObjectPath(cursor);
  const negated = accept(cursor, 'NOT');
  const token = peek(cursor);
  const order = token.kind === 'sign' ? ORDER_OPERATORS.get(token.value) : undefined;
  if (order !== undefined) {
    take(cursor);
    const constant = order === '=' || order === '!=' ? parseConstant(cursor) : parseOrderableConstant(cursor);
    return { kind: 'compare', operator: order, negated, path, constant, offset };
  }
  const operator = token.kind === 'word' ? TEXT_OPERATORS.get(token.value) : undefined;
  if (operator !== undefined) {
    take(cursor);
    return { kind: 'text', operator, negated, path, text: takeText(cursor, operator), offset };
  }
  if (accept(cursor, 'IN'))
    return { kind: 'in', negated, path, constants: parseConstantList(cursor), offset };
  throw unexpected(cursor, {
    expected: 'a comparison operator (=, !=, <, <=, >, >=, IN, LIKE, MATCHES, ISSUBSET, ISSUPERSET)',
    section: '9.6.1',
  });
}

function takeText(cursor: TokenCursor, operator: PatternTextOperator): string {
  const token = peek(cursor);
  if (token.kind !== 'string') {
    throw unexpected(cursor, { expected: `a string '…' after ${operator}`, section: '9.6.1' });
  }
  take(cursor);
  if (operator === 'MATCHES') cursor.expressionCost += expressionCost(token.value);
  if (cursor.expressionCost <= PATTERN_MAX_EXPRESSION_COST) return token.value;
  throw new PatternSyntaxError({
    message: 'The regular expressions of this pattern are too large together.',
    offset: token.start,
    section: '9.6.1',
    code: 'limit',
  });
}
