import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ReadInput } from '../../packages/formats/src/index.ts';

/** Reads PDFs in a thread, as a node does. */
export class PdfThread implements AsyncDisposable {
  readonly #worker = new Worker(new URL('./read-pdf-thread.ts', import.meta.url), { execArgv: [] });

  async read(bytes: Uint8Array): Promise<ReadInput> {
    this.#worker.postMessage(bytes);
    const [read] = await once(this.#worker, 'message');
    return read;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.terminate();
  }
}
