import { parentPort } from 'node:worker_threads';
import { readPdfText } from '@belltower/formats';

// The thread in which a PDF is read: it can be ended, whatever the file makes of it.

// Of a damaged PDF its reader leaves promises behind for which nobody waits: what is wrong is told by the call itself.
process.on('unhandledRejection', () => undefined);

parentPort?.on('message', async (bytes: Uint8Array) => {
  parentPort?.postMessage(await readPdfText(bytes));
});
