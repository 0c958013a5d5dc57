import { Worker } from 'node:worker_threads';
import type { ReadPdf } from '@belltower/formats';

/** What reading one PDF may take: a file of some kilobytes can be made to take anything. */
export interface PdfPatience {
  readonly seconds?: number;
  readonly heapMegabytes?: number;
}

/** The text of a PDF, read in a thread that is ended where the file takes too much. */
export async function readPdf(
  bytes: Uint8Array,
  { seconds = 60, heapMegabytes = 1_024 }: PdfPatience = {},
): Promise<ReadPdf> {
  const worker = new Worker(new URL('./pdf-thread.ts', import.meta.url), {
    execArgv: [],
    name: 'pdf',
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
  });
  const { promise, resolve } = Promise.withResolvers<ReadPdf>();
  const late = setTimeout(() => resolve(tooMuch(`more than ${seconds} s`)), seconds * 1_000);
  worker
    .on('message', resolve)
    .on('error', () => resolve(tooMuch('more memory than it may')))
    .on('exit', () => resolve(tooMuch('more memory than it may')));
  worker.postMessage(bytes);
  try {
    return await promise;
  } finally {
    clearTimeout(late);
    await worker.terminate();
  }
}

function tooMuch(what: string): ReadPdf {
  return {
    ok: false,
    error: { message: `To read it takes ${what}: it is damaged, or made for that.`, at: 'file' },
  };
}
