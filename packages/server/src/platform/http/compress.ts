import { promisify } from 'node:util';
import { constants, gzip, zstdCompress } from 'node:zlib';
import type { ContentCoding } from './content-coding.ts';

/** Compressions at once: they run in Node's few threads, which others need as well. */
const atOnce = 2;

const coders = {
  gzip: (body: Buffer) => promisify(gzip)(body, { level: 1 }),
  zstd: (body: Buffer) =>
    promisify(zstdCompress)(body, { params: { [constants.ZSTD_c_compressionLevel]: 3 } }),
} as const;

let running = 0;
const waiting: (() => void)[] = [];

/** Compresses a body outside of the main thread. The fastest levels: what they make is kept, and sent many times at the most. */
export async function compress(
  coding: Exclude<ContentCoding, 'identity'>,
  parts: readonly Uint8Array[],
): Promise<Buffer> {
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await coders[coding](Buffer.concat(parts));
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}
