import type { CursorFile } from './cursor-file.ts';

/** Milliseconds between two writes. */
const every = 200;

/**
 * Writes a cursor that moves with every entry a few times a second, and the last one when it is disposed of: a crash repeats what
 * came in between and skips nothing.
 */
export class LazyCursor implements AsyncDisposable {
  readonly #file: CursorFile<string>;
  #pending: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #failure: unknown;

  constructor(file: CursorFile<string>) {
    this.#file = file;
  }

  /** What came before this has left the process. Throws when the file could not be written. */
  move(cursor: string): void {
    if (this.#failure !== undefined) throw this.#failure;
    this.#pending = cursor;
    this.#timer ??= setTimeout(() => this.#write(), every);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#write();
    await this.#writing;
    if (this.#failure !== undefined) throw this.#failure;
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const cursor = this.#pending;
    this.#pending = undefined;
    if (cursor === undefined) return;
    this.#writing = this.#writing
      .then(() => this.#file.save(cursor))
      .catch((error: unknown) => {
        this.#failure = error;
      });
  }
}
