import { PatternSyntaxError } from './pattern-error.ts';
import { readQuoted } from './read-quoted.ts';
import { COMPARISON_SIGNS, type Token } from './token.ts';

const WORD = /[A-Za-z_][A-Za-z0-9_-]*/y;
const NUMBER = /[+-]?(?:[0-9]*\.[0-9]+|[0-9]+)/y;
/** Code points with the Unicode property White_Space (STIX 2.1 §9.1, §9.4). */
const WHITESPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/y;
const LINE_COMMENT = /\/\/[^\r\n]*/y;
const PUNCTUATION = '[]():.,*';
const LITERAL_PREFIX = { t: 'timestamp', h: 'hex', b: 'binary' } as const;

/**
 * Cuts a pattern into tokens, ending with one of the kind `end`. Linear in the length of the text.
 * Comments are skipped like whitespace, as the OASIS grammar does.
 * @throws PatternSyntaxError
 */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = skipBlank(text, 0);
  while (at < text.length) {
    const token = readToken(text, at);
    tokens.push(token);
    at = skipBlank(text, token.end);
  }
  tokens.push({ kind: 'end', value: '', start: text.length, end: text.length });
  return tokens;
}

function skipBlank(text: string, start: number): number {
  let at = start;
  for (;;) {
    const before = at;
    at = endOf(WHITESPACE, text, at) ?? at;
    if (text.startsWith('//', at)) at = endOf(LINE_COMMENT, text, at) ?? at;
    else if (text.startsWith('/*', at)) at = skipBlockComment(text, at);
    if (at === before) return at;
  }
}

function skipBlockComment(text: string, start: number): number {
  const close = text.indexOf('*/', start + 2);
  if (close >= 0) return close + 2;
  throw new PatternSyntaxError({
    message: 'This comment is never closed: */ is missing.',
    offset: start,
    section: '9.4',
  });
}

function readToken(text: string, start: number): Token {
  const char = text.charAt(start);
  if (char === "'") {
    const { value, end } = readQuoted(text, start, 'string');
    return { kind: 'string', value, start, end };
  }
  const wordEnd = endOf(WORD, text, start);
  if (wordEnd !== undefined) return readWord(text, start, wordEnd);
  const numberEnd = endOf(NUMBER, text, start);
  if (numberEnd !== undefined) return readNumber(text, start, numberEnd);
  const sign = COMPARISON_SIGNS.find((candidate) => text.startsWith(candidate, start));
  if (sign !== undefined) return { kind: 'sign', value: sign, start, end: start + sign.length };
  if (PUNCTUATION.includes(char)) return { kind: 'punctuation', value: char, start, end: start + 1 };
  throw unexpectedCharacter(text, start);
}

function readWord(text: string, start: number, wordEnd: number): Token {
  const word = text.slice(start, wordEnd);
  if ((word === 't' || word === 'h' || word === 'b') && text.charAt(wordEnd) === "'") {
    const kind = LITERAL_PREFIX[word];
    const { value, end } = readQuoted(text, wordEnd, kind);
    return { kind, value, start, end };
  }
  return { kind: 'word', value: word, start, end: wordEnd };
}

function readNumber(text: string, start: number, end: number): Token {
  const value = text.slice(start, end);
  if (value.startsWith('+')) {
    throw new PatternSyntaxError({
      message: `A positive number is written without a plus sign: ${value.slice(1)}`,
      offset: start,
      section: '9.2',
      code: 'constant',
    });
  }
  if (value.includes('.')) return { kind: 'float', value, start, end };
  if (/^-?0[0-9]/.test(value)) {
    throw new PatternSyntaxError({
      message: `An integer has no leading zeros: ${value} (a string would be '${value}').`,
      offset: start,
      section: '9.2',
      code: 'constant',
    });
  }
  return { kind: 'integer', value, start, end };
}

function endOf(expression: RegExp, text: string, start: number): number | undefined {
  expression.lastIndex = start;
  return expression.test(text) ? expression.lastIndex : undefined;
}

function unexpectedCharacter(text: string, start: number): PatternSyntaxError {
  const char = String.fromCodePoint(text.codePointAt(start) ?? 0);
  const advice = /["\u201c\u201d\u2018\u2019`]/.test(char)
    ? " Strings stand between apostrophes: 'like this'."
    : char === '/'
      ? " A regular expression is a string too: MATCHES '…'."
      : char === '!' || char === '?' || char === '~'
        ? ' The comparison signs are =, !=, <, <=, > and >=.'
        : '';
  return new PatternSyntaxError({
    message: `Unexpected character ${JSON.stringify(char)}.${advice}`,
    offset: start,
    section: '9.3',
  });
}
