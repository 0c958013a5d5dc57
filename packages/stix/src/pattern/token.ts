/** The words that cannot be used unquoted as a property name (STIX 2.1 §9.5, §9.6). */
export const PATTERN_KEYWORDS: ReadonlySet<string> = new Set([
  'AND',
  'OR',
  'NOT',
  'FOLLOWEDBY',
  'LIKE',
  'MATCHES',
  'ISSUBSET',
  'ISSUPERSET',
  'EXISTS',
  'IN',
  'START',
  'STOP',
  'SECONDS',
  'WITHIN',
  'REPEATS',
  'TIMES',
  'true',
  'false',
]);

/** The comparison signs, longest first. `==` and `<>` are spellings that the OASIS grammar takes as well. */
export const COMPARISON_SIGNS = ['==', '!=', '<>', '<=', '>=', '=', '<', '>'] as const;

/** A piece of a pattern's text. `value` is the text without quotes, prefix and escapes. */
export type Token = {
  readonly kind:
    | 'word'
    | 'string'
    | 'timestamp'
    | 'hex'
    | 'binary'
    | 'integer'
    | 'float'
    | 'sign'
    | 'punctuation'
    | 'end';
  readonly value: string;
  readonly start: number;
  readonly end: number;
};
