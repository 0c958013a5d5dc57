import { parentPort } from 'node:worker_threads';
import { readInput } from '../../packages/formats/src/index.ts';
import { inputAbout } from './input-about.ts';

// Of a damaged PDF its reader leaves promises behind that fail with nobody waiting: whoever reads PDFs outlives that, as a node and the command line do.
process.on('unhandledRejection', () => undefined);

parentPort?.on('message', async (bytes: Uint8Array) => {
  parentPort?.postMessage(await readInput('pdf', bytes, inputAbout()));
});
