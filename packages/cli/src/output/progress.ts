/** Says on standard error how far long work has come; only on a terminal, and at most ten times a second. */
export class Progress implements Disposable {
  readonly #stream: NodeJS.WriteStream;
  readonly #now: () => number;
  #shown = false;
  #last = Number.NEGATIVE_INFINITY;

  constructor(stream: NodeJS.WriteStream = process.stderr, now: () => number = () => performance.now()) {
    this.#stream = stream;
    this.#now = now;
  }

  show(text: string): void {
    if (this.#stream.isTTY !== true || this.#now() - this.#last < 100) return;
    this.#last = this.#now();
    this.#shown = true;
    this.#stream.write(`\r\u001B[K${text}`);
  }

  /** Takes the line away. */
  [Symbol.dispose](): void {
    if (this.#shown) this.#stream.write('\r\u001B[K');
    this.#shown = false;
  }
}
