import { flawPlace, placeInText, readBundleText } from '@belltower/stix';
import type { Context } from 'hono';
import type { z } from 'zod';
import { ContentCodingError, contentCodings, decodeContent, parseContentCoding } from './decode-content.ts';
import { echo } from './echo.ts';
import type { HttpEnvironment } from './environment.ts';
import type { MemoryShare } from './memory-budget.ts';
import type { RefusalCode } from './refusal.ts';
import { RefusalError } from './refusal.ts';
import { bodyPlace, schemaRefusal } from './schema-refusal.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** Bounds on a body in octets: as it comes, and as it is once decompressed. */
interface BodySizes {
  readonly encoded: number;
  readonly decoded: number;
}

/**
 * The body of a request as text, decompressed where it is compressed. Throws RefusalError, as soon as it is known: `too-large`,
 * `too-large-decompressed`, `unsupported-media-type` for a content coding, `bad-compression`, `incomplete-body` where the client
 * goes, `unavailable` where all bodies together take too much memory, `not-json` for bytes that are not UTF-8. Its memory is
 * counted until whoever handles the request is done with it, also where the client has gone.
 */
export async function readText(context: Context<HttpEnvironment>, sizes?: BodySizes): Promise<string> {
  const { bodyMemory, limits } = context.get('bounds');
  const bounds = sizes ?? { encoded: limits.bodyBytes, decoded: limits.decompressedBytes };
  const coding = parseContentCoding(context.req.header('content-encoding'));
  if (coding === undefined) throw unsupportedCoding(context.req.header('content-encoding') ?? '');
  const announced = Number(context.req.header('content-length') ?? 0);
  if (announced > bounds.encoded) throw tooLarge('too-large', bounds.encoded, 'Content-Length');
  const share = context.get('bodyShare') ?? bodyMemory.share();
  context.set('bodyShare', share);
  const pieces = await receive(context, bounds.encoded, share);
  const encoded = pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
  if (coding === 'identity') return decodeText(encoded);
  let octets = 0;
  try {
    const decoded = await decodeContent(encoded, coding, (more) => {
      octets += more;
      if (octets > bounds.decoded)
        throw tooLarge('too-large-decompressed', bounds.decoded, 'Content-Encoding');
      takeMemory(share, more);
    });
    return decodeText(Buffer.concat(decoded, octets));
  } catch (error) {
    if (!(error instanceof ContentCodingError)) throw error;
    const message = `The body cannot be decompressed as ${coding}. ${error.message}`;
    throw new RefusalError({ code: 'bad-compression', message, at: 'Content-Encoding' });
  }
}

/** The body as JSON that fits a schema. Throws RefusalError with the place of what does not fit. */
export async function readJson<Schema extends z.ZodType>(
  context: Context<HttpEnvironment>,
  schema: Schema,
  limit = 1_048_576,
): Promise<z.output<Schema>> {
  const type = context.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new RefusalError({
      code: 'unsupported-media-type',
      message: 'The body has to be application/json.',
      at: 'Content-Type',
    });
  }
  const text = await readText(context, { encoded: limit, decoded: limit });
  const value = parseJson(text, context.get('bounds').limits.depth);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new RefusalError(schemaRefusal({ schema, error: parsed.error, input: value, place: bodyPlace }));
}

/** The octets of the body as they come. */
async function receive(
  context: Context<HttpEnvironment>,
  most: number,
  share: MemoryShare,
): Promise<Uint8Array[]> {
  const { incoming, outgoing } = context.env;
  if (incoming.headers.expect?.toLowerCase() === '100-continue') outgoing.writeContinue();
  const pieces: Uint8Array[] = [];
  let octets = 0;
  try {
    for await (const piece of incoming) {
      if (!(piece instanceof Uint8Array)) continue;
      octets += piece.byteLength;
      if (octets > most) throw tooLarge('too-large', most, 'Content-Length');
      takeMemory(share, piece.byteLength);
      pieces.push(piece);
    }
  } catch (error) {
    if (error instanceof RefusalError || !incoming.aborted) throw error;
    throw new RefusalError({ code: 'incomplete-body', message: 'The connection ended within the body.' });
  }
  return pieces;
}

function takeMemory(share: MemoryShare, octets: number): void {
  if (share.take(octets)) return;
  throw new RefusalError({
    code: 'unavailable',
    message:
      'The node is busy with the bodies of other requests. Nothing of this one was kept; try again in a moment.',
    headers: { 'Retry-After': '2' },
  });
}

function decodeText(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new RefusalError({ code: 'not-json', message: 'The body is not UTF-8 text.' });
  }
}

/** Read as a bundle is, so that what is too deep, or a key that stands twice, is refused here as well. */
function parseJson(text: string, depth: number): unknown {
  const read = readBundleText(text, { depth, objects: text.length, objectLength: text.length });
  if (read.ok) {
    const { envelope, objects } = read.value;
    return objects === undefined ? envelope : { ...envelope, objects: objects.map(({ value }) => value) };
  }
  const { code, message, offset } = read.error;
  if (code === 'not-an-object') {
    throw new RefusalError({ code: 'bad-request', message: 'The body has to be a JSON object.', at: '$' });
  }
  if (code === 'duplicate-key' && isJson(text)) {
    const at = flawPlace(text, code);
    throw new RefusalError({ code, message: 'This key stands twice in one object of the body.', at });
  }
  const { line, column } = placeInText(text, offset);
  throw new RefusalError({
    code: code === 'too-deep' ? code : 'not-json',
    message,
    at: `line ${line}, column ${column}`,
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function unsupportedCoding(header: string): RefusalError {
  const known = contentCodings.join(', ');
  return new RefusalError({
    code: 'unsupported-media-type',
    message: `A body may be compressed once, by one of ${known}; not by “${echo(header)}”.`,
    at: 'Content-Encoding',
    headers: { 'Accept-Encoding': known },
  });
}

function tooLarge(code: RefusalCode, limit: number, at: string): RefusalError {
  const state = code === 'too-large' ? '' : ' once it is decompressed';
  return new RefusalError({ code, message: `The body may be ${limit} bytes long${state} at the most.`, at });
}
