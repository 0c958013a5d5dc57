/**
 * The syntax tree of a STIX pattern (STIX 2.1 §9). Plain data: safe to build by hand, to compare and to serialise.
 *
 * `offset` is where a node begins in the parsed text, in UTF-16 code units; trees that were built by hand have none.
 */

/** A constant in a comparison (STIX 2.1 §9.2). */
export type PatternConstant =
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** Within ±(2^53 - 1), STIX 2.1 §2.9. */
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  /** The text between the apostrophes of `t'…'`. */
  | { readonly kind: 'timestamp'; readonly value: string }
  /** Lower-case hexadecimal digits, an even number of them. */
  | { readonly kind: 'hex'; readonly value: string }
  /** Base64 without line feeds. */
  | { readonly kind: 'binary'; readonly value: string };

/** One step of an object path after the first property (STIX 2.1 §9.7). */
export type PatternPathStep =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'any' };

/** `type:property.key[0][*]` (STIX 2.1 §9.7). The first step is always a key. */
export type PatternObjectPath = {
  readonly type: string;
  readonly steps: readonly PatternPathStep[];
};

/** The operators that compare with one constant (STIX 2.1 §9.6.1). */
export type PatternOrderOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** The operators that take a string (STIX 2.1 §9.6.1). */
export type PatternTextOperator = 'LIKE' | 'MATCHES' | 'ISSUBSET' | 'ISSUPERSET';

/** A single test on one object path (STIX 2.1 §9.6). `negated` stands for the modifier NOT. */
export type PatternComparison = {
  readonly path: PatternObjectPath;
  readonly negated: boolean;
  readonly offset?: number;
} & (
  | { readonly kind: 'compare'; readonly operator: PatternOrderOperator; readonly constant: PatternConstant }
  | { readonly kind: 'in'; readonly constants: readonly PatternConstant[] }
  | { readonly kind: 'text'; readonly operator: PatternTextOperator; readonly text: string }
  | { readonly kind: 'exists' }
);

/** What stands between the square brackets of an observation expression; a junction has two or more operands. */
export type PatternComparisonExpression =
  | PatternComparison
  | {
      readonly kind: 'and' | 'or';
      readonly operands: readonly PatternComparisonExpression[];
      readonly offset?: number;
    };

/** A qualifier (STIX 2.1 §9.5.1). `start` and `stop` are the texts of the two timestamps. */
export type PatternQualifier =
  | { readonly kind: 'repeats'; readonly times: number; readonly offset?: number }
  | { readonly kind: 'within'; readonly seconds: number; readonly offset?: number }
  | {
      readonly kind: 'startStop';
      readonly start: string;
      readonly stop: string;
      readonly offset?: number;
    };

/** An observation expression (STIX 2.1 §9.5); a junction has two or more operands. */
export type PatternObservationExpression =
  | {
      readonly kind: 'observation';
      readonly comparison: PatternComparisonExpression;
      readonly offset?: number;
    }
  | {
      readonly kind: 'and' | 'or' | 'followedby';
      readonly operands: readonly PatternObservationExpression[];
      readonly offset?: number;
    }
  | {
      readonly kind: 'qualified';
      readonly expression: PatternObservationExpression;
      readonly qualifiers: readonly PatternQualifier[];
      readonly offset?: number;
    };

/** A pattern expression (STIX 2.1 §9.4). */
export type Pattern = PatternObservationExpression;

/** A parse is refused beyond this many UTF-16 code units: patterns come from strangers. */
export const PATTERN_MAX_LENGTH = 262_144;

/** A parse is refused when parentheses nest deeper than this; it keeps every recursion over the tree shallow. */
export const PATTERN_MAX_DEPTH = 200;
