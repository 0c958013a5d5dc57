/**
 * What `checkPattern` says of a pattern that parses. `must`: the standard forbids it; `should`: it is allowed but will
 * hardly do what its author wants.
 */
export type PatternFinding = {
  readonly level: 'must' | 'should';
  readonly code:
    | 'different-object-types'
    | 'unknown-object-type'
    | 'unknown-property'
    | 'wrong-constant-type'
    | 'mixed-list'
    | 'empty-list'
    | 'not-an-ip-range'
    | 'not-an-ip-property'
    | 'bad-regular-expression'
    | 'unsupported-regular-expression'
    | 'no-such-date'
    | 'bad-hash'
    | 'bad-value'
    | 'negative-index'
    | 'dictionary-index'
    | 'empty-time-range'
    | 'pointless-within';
  readonly message: string;
  /** Where in the parsed text, in UTF-16 code units from 0; absent for trees built by hand. */
  readonly offset?: number;
  /** For instance `STIX 2.1 §9.5`. */
  readonly section: string;
};
