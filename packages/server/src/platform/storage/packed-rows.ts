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
    packer.add(
      columns.map((column) => Number(values[column])),
      text,
    );
  }
  return packer.finish(true);
}

/** Collects rows. The bytes are written once, when it is known how many there are. */
export class Packer {
  readonly #numbers: readonly number[][];
  readonly #texts: string[] = [];
  readonly #ends: number[] = [];
  #bytes = 0;

  constructor(columns: number) {
    this.#numbers = Array.from({ length: columns }, () => []);
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(numbers: readonly number[], text: string): void {
    for (const [index, column] of this.#numbers.entries()) column.push(numbers[index] ?? 0);
    this.#texts.push(text);
    this.#bytes += Buffer.byteLength(text) + 1;
    this.#ends.push(this.#bytes - 1);
  }

  finish(whole: boolean): PackedRows {
    // Memory of its own, so that it can be handed from thread to thread, and holds on to nothing else.
    const bytes = Buffer.allocUnsafeSlow(this.#bytes);
    for (const [index, text] of this.#texts.entries()) {
      const end = this.#ends[index] ?? 0;
      bytes.write(text, (this.#ends[index - 1] ?? -1) + 1);
      bytes[end] = comma;
    }
    return {
      numbers: this.#numbers.map((column) => Float64Array.from(column)),
      bytes,
      ends: Float64Array.from(this.#ends),
      whole,
    };
  }
}

const comma = 0x2c;
