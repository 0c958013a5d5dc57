/** Why a text is not a STIX pattern, and where. `line` and `column` count from 1, columns in code points. */
export type PatternError = {
  readonly code: 'syntax' | 'constant' | 'qualifier' | 'limit';
  readonly message: string;
  /** In UTF-16 code units, from 0: what `text.slice` takes. */
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  /** The section of the standard that asks for it, for instance `STIX 2.1 §9.7`. */
  readonly section: string;
};

/** Thrown inside the lexer and the parser only; `parsePattern` turns it into a value. */
export class PatternSyntaxError extends Error {
  readonly code: PatternError['code'];
  readonly offset: number;
  readonly section: string;

  constructor(at: {
    readonly message: string;
    readonly offset: number;
    readonly section: string;
    readonly code?: PatternError['code'];
  }) {
    super(at.message);
    this.name = 'PatternSyntaxError';
    this.code = at.code ?? 'syntax';
    this.offset = at.offset;
    this.section = `STIX 2.1 §${at.section}`;
  }
}

/** The line and column of an offset. A line ends with LF, CR or CR LF. */
export function patternPosition(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (let i = 0; i < offset; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) {
      line += 1;
      lineStart = i + 1;
    }
  }
  return { line, column: [...text.slice(lineStart, offset)].length + 1 };
}
