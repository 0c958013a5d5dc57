/** A regular expression that costs more is not compiled: matching takes time in proportion to cost and text. */
export const EXPRESSION_MAX_COST = 10_000;

/** The limit for all regular expressions of one pattern together. */
export const PATTERN_MAX_EXPRESSION_COST = 50_000;

const COUNT = /\{([0-9]{1,9})(?:,([0-9]{0,9}))?\}/y;
const CEILING = 1e9;

/** The cost of a group so far, and of the last atom in it, which a count after it multiplies. */
type Group = { total: number; last: number };

/**
 * About how many instructions a regular expression compiles to: its characters, with what stands before `{n,m}`
 * counted as often as it may repeat. Linear in the text, which may be anything.
 */
export function expressionCost(expression: string): number {
  const root: Group = { total: 0, last: 0 };
  const open: Group[] = [];
  let group = root;
  for (let at = 0; at < expression.length; ) {
    const char = expression.charAt(at);
    if (char === '(') {
      open.push(group);
      group = { total: 1, last: 0 };
      at += 1;
    } else if (char === ')') {
      const parent = open.pop() ?? root;
      if (parent !== group) addAtom(parent, group.total);
      group = parent;
      at += 1;
    } else if (char === '{') {
      at = multiply(group, expression, at);
    } else {
      addAtom(group, 1);
      at = endOfAtom(expression, at);
    }
  }
  // What is never closed will not compile, but it counts.
  return Math.min(
    open.reduce((sum, { total }) => sum + total, group.total),
    CEILING,
  );
}

function addAtom(group: Group, cost: number): void {
  group.last = Math.min(cost, CEILING);
  group.total = Math.min(group.total + group.last, CEILING);
}

function multiply(group: Group, expression: string, at: number): number {
  COUNT.lastIndex = at;
  const count = COUNT.exec(expression);
  if (count === null) {
    addAtom(group, 1);
    return at + 1;
  }
  const factor = Math.max(1, Number(count[1]), Number(count[2] ?? 0));
  const before = group.last;
  addAtom(group, before * (factor - 1));
  group.last = Math.min(before * factor, CEILING);
  return COUNT.lastIndex;
}

/** Escapes, also with braces as in `\x{41}`, and character classes are one atom. */
function endOfAtom(expression: string, at: number): number {
  const char = expression.charAt(at);
  if (char === '\\') {
    const close = expression.charAt(at + 2) === '{' && /[pPx]/.test(expression.charAt(at + 1)) ? at + 3 : -1;
    if (close < 0) return at + 2;
    const end = expression.slice(close, close + 64).indexOf('}');
    return end < 0 ? close : close + end + 1;
  }
  if (char !== '[') return at + 1;
  let end = at + 1;
  if (expression.charAt(end) === '^') end += 1;
  if (expression.charAt(end) === ']') end += 1;
  while (end < expression.length && expression.charAt(end) !== ']') {
    end += expression.charAt(end) === '\\' ? 2 : 1;
  }
  return end + 1;
}
