/** Something that the other side could not carry, or that was left out on purpose. */
export interface Loss {
  /** Where it stood: the id of an object, a line, a JSON path. */
  readonly at: string;
  /** What did not come along, in a few words. */
  readonly what: string;
  /** A sentence for an analyst. */
  readonly why: string;
}

/** The name of a field as a loss tells it: short, and never nothing. */
export function fieldName(key: string): string {
  return key === '' ? '""' : key.slice(0, 100);
}

/** The other side's text, and what it could not carry. */
export interface Written {
  readonly text: string;
  /** Files that the text refers to, for the same directory; only where they were asked for. */
  readonly files?: readonly WrittenFile[];
  /** Lines, rules or records that were written for indicators. */
  readonly count: number;
  readonly losses: readonly Loss[];
}

export interface WrittenFile {
  /** A name without a directory: letters, digits, dots, hyphens. */
  readonly name: string;
  readonly text: string;
}
