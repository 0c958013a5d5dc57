/** Rows of integers and a text each. The texts are one piece of memory, as they go out, and need not become strings again. */
export interface PackedRows {
  /** The columns of integers. */
  readonly numbers: readonly Float64Array[];
  /** The texts in UTF-8, a comma after each. */
  readonly bytes: Uint8Array;
  /** Where the comma after each text stands. */
  readonly ends: Float64Array;
  /** False where rows were left out, as there would have been too many bytes. */
  readonly whole: boolean;
}

/** Whether a row is rows that came packed from a thread. */
export function isPacked(row: unknown): row is PackedRows {
  return typeof row === 'object' && row !== null && 'ends' in row && row.ends instanceof Float64Array;
}

/** Packs rows of PostgreSQL, of which the last may be without its text: that one did not fit any more. */
export function packRows(columns: readonly string[], rows: readonly unknown[]): PackedRows {
  const packer = new Packer(columns.length);
  for (const row of rows) {
    const values = Object(row);
    const text: unknown = values.text;
    if (typeof text !== 'string') return packer.finish(false);
    packer.add((column) => Number(values[columns[column] ?? '']), text);
  }
  return packer.finish(true);
}

/** Collects rows. Their texts are made bytes in one go: by each alone it takes twice as long. */
export class Packer {
  readonly #numbers: readonly number[][];
  readonly #texts: string[] = [];
  readonly #ends: number[] = [];
  #octets = 0;

  constructor(columns: number) {
    this.#numbers = Array.from({ length: columns }, () => []);
  }

  /** `numberOf` tells the integer of a column. */
  add(numberOf: (column: number) => number, text: string, octets = Buffer.byteLength(text)): void {
    for (let column = 0; column < this.#numbers.length; column += 1)
      this.#numbers[column]?.push(numberOf(column));
    this.#ends.push(this.#octets + this.#texts.length + octets);
    this.#texts.push(text);
    this.#octets += octets;
  }

  /** Whether a text of so many bytes may come next, where all texts together may have so many: the first always may. */
  takes(octets: number, most: number): boolean {
    return this.#texts.length === 0 || this.#octets + octets <= most;
  }

  finish(whole: boolean): PackedRows {
    // Memory of its own, so that it can be handed from thread to thread, and holds on to nothing else.
    const bytes = Buffer.allocUnsafeSlow(this.#octets + this.#texts.length);
    if (this.#texts.length > 0) bytes.write(`${this.#texts.join(',')},`);
    return {
      numbers: this.#numbers.map((column) => new Float64Array(column)),
      bytes,
      ends: new Float64Array(this.#ends),
      whole,
    };
  }
}
