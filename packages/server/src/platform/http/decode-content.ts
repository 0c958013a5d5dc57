import { constants, createGunzip, createZstdDecompress } from 'node:zlib';

/** The content codings that a request's body may have (RFC 9110 §8.4.1, RFC 8878). */
export const contentCodings = ['gzip', 'zstd'] as const;
export type ContentCoding = (typeof contentCodings)[number];

/** The body cannot be decoded: it is cut short, damaged, or followed by something else. */
export class ContentCodingError extends Error {
  override readonly name = 'ContentCodingError';
}

/** Reads a Content-Encoding header: one coding, or none (`identity`); undefined for whatever else it says. */
export function parseContentCoding(header: string | undefined): ContentCoding | 'identity' | undefined {
  const name = header?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return 'identity';
  return contentCodings.find((coding) => coding === name || `x-${coding}` === name);
}

/** Frames of one body. Each needs a decoder of its own, so that a body of empty ones would take long and hold nothing. */
const mostFrames = 100;

/** A window of 8 MiB, which is what the web agreed on (RFC 9659): a frame may otherwise ask for 2 GiB before its first octet. */
const widestWindow = 23;

const chunkSize = 131_072;

/**
 * Decodes a body, piece by piece. `take` gets each piece before the next one is made, has it for as long as it does not return, and
 * throws to end it: what bounds the result is its own size and not a ratio. Members and frames that follow each other are one body; anything else
 * behind them is a ContentCodingError, as it would be lost otherwise.
 */
export async function decodeContent(
  encoded: Uint8Array,
  coding: ContentCoding,
  take: (piece: Uint8Array) => void,
): Promise<void> {
  let rest = encoded;
  for (let frame = 0; frame === 0 || rest.byteLength > 0; frame += 1) {
    if (frame === mostFrames) throw new ContentCodingError(`It has more than ${mostFrames} frames.`);
    const decoder = createDecoder(coding);
    decoder.end(rest);
    for await (const piece of readDecoder(decoder)) take(piece);
    // Where a frame ends before its input does, Node ends the stream and passes over the rest.
    rest = rest.subarray(decoder.bytesWritten);
  }
}

type Decoder = ReturnType<typeof createDecoder>;

function createDecoder(coding: ContentCoding) {
  switch (coding) {
    case 'gzip':
      return createGunzip({ chunkSize });
    case 'zstd':
      return createZstdDecompress({ chunkSize, params: { [constants.ZSTD_d_windowLogMax]: widestWindow } });
  }
}

async function* readDecoder(decoder: Decoder): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of decoder) if (piece instanceof Uint8Array) yield piece;
  } catch (cause) {
    throw new ContentCodingError('It is cut short or damaged.', { cause });
  }
}
