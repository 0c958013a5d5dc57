import { PatternSyntaxError } from './pattern-error.ts';

const PLAIN = /[^'\\]*/y;
const TIMESTAMP =
  /^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\.[0-9]+)?Z$/;
const BASE64_LINE_BREAKS = /[\r\n]+/g;
const BASE64_CHARACTERS = /^[A-Za-z0-9+/]*={0,2}$/;

type QuotedKind = 'string' | 'timestamp' | 'hex' | 'binary';

/**
 * Reads what stands between apostrophes, beginning at the opening one, and checks it for its kind (STIX 2.1 §9.2).
 * @throws PatternSyntaxError
 */
export function readQuoted(text: string, open: number, kind: QuotedKind): { value: string; end: number } {
  const { raw, end } = kind === 'string' ? readEscaped(text, open) : readPlain(text, open);
  switch (kind) {
    case 'string':
      return { value: raw, end };
    case 'timestamp':
      if (TIMESTAMP.test(raw)) return { value: raw, end };
      throw badConstant(open, timestampAdvice(raw));
    case 'hex':
      if (/^(?:[0-9A-Fa-f]{2})*$/.test(raw)) return { value: raw.toLowerCase(), end };
      throw badConstant(
        open,
        "A hex constant is an even number of the digits 0-9 and a-f, for instance h'ffc3'.",
      );
    case 'binary': {
      const value = raw.replace(BASE64_LINE_BREAKS, '');
      if (isBase64(value)) return { value, end };
      throw badConstant(open, "A binary constant is Base64 with its padding, for instance b'ABI='.");
    }
  }
}

function isBase64(value: string): boolean {
  if (value.length % 4 !== 0 || !BASE64_CHARACTERS.test(value)) return false;
  return !value.startsWith('=');
}

function readPlain(text: string, open: number): { raw: string; end: number } {
  const close = text.indexOf("'", open + 1);
  if (close < 0) throw unclosed(open);
  return { raw: text.slice(open + 1, close), end: close + 1 };
}

function readEscaped(text: string, open: number): { raw: string; end: number } {
  const parts: string[] = [];
  let at = open + 1;
  for (;;) {
    PLAIN.lastIndex = at;
    PLAIN.test(text);
    parts.push(text.slice(at, PLAIN.lastIndex));
    at = PLAIN.lastIndex;
    if (at >= text.length) throw unclosed(open);
    if (text.charAt(at) === "'") return { raw: parts.join(''), end: at + 1 };
    const escaped = text.charAt(at + 1);
    if (escaped !== "'" && escaped !== '\\') {
      throw badConstant(
        at,
        'In a string a backslash is written twice (\\\\); alone it may only stand before an apostrophe or a backslash.',
      );
    }
    parts.push(escaped);
    at += 2;
  }
}

function unclosed(offset: number): PatternSyntaxError {
  return new PatternSyntaxError({
    message: 'This text is never closed: an apostrophe is missing.',
    offset,
    section: '9.2',
  });
}

function badConstant(offset: number, message: string): PatternSyntaxError {
  return new PatternSyntaxError({ message, offset, section: '9.2', code: 'constant' });
}

function timestampAdvice(raw: string): string {
  if (/^[0-9T:.-]+$/.test(raw) && TIMESTAMP.test(`${raw}Z`))
    return "A timestamp is in UTC and ends with 'Z'.";
  if (/[tz]/.test(raw) && TIMESTAMP.test(raw.toUpperCase()))
    return "The letters of a timestamp are capitals: 'T' and 'Z'.";
  return "A timestamp constant looks like t'2016-06-01T00:00:00.123Z', with a month, day and time that exist.";
}
