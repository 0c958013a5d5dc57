import { flawPlace, placeInText, readBundleText } from '@belltower/stix';
import type { Context } from 'hono';
import type { z } from 'zod';
import { ContentCodingError, contentCodings, decodeContent, parseContentCoding } from './decode-content.ts';
import { echo } from './echo.ts';
import type { HttpEnvironment } from './environment.ts';
import type { MemoryShare } from './memory-budget.ts';
import { ReceivedBody, textOfBlocks } from './received-body.ts';
import type { RefusalCode } from './refusal.ts';
import { RefusalError } from './refusal.ts';
import { bodyPlace, schemaRefusal } from './schema-refusal.ts';

/** Bounds on a body in octets: as it comes, and as it is once decompressed. */
interface BodySizes {
  readonly encoded: number;
  readonly decoded: number;
}

/**
 * The body of a request, decompressed where it is compressed. Throws RefusalError, as soon as it is known: `too-large`,
 * `too-large-decompressed`, `unsupported-media-type` for a content coding, `bad-compression`, `incomplete-body` where the client
 * goes, `unavailable` where all bodies together take too much memory. Its memory is counted until whoever handles the request is
 * done with it, also where the client has gone.
 */
export async function readBody(context: Context<HttpEnvironment>, sizes?: BodySizes): Promise<ReceivedBody> {
  const { bodyMemory, limits } = context.get('bounds');
  const bounds = sizes ?? { encoded: limits.bodyBytes, decoded: limits.decompressedBytes };
  const coding = parseContentCoding(context.req.header('content-encoding'));
  if (coding === undefined) throw unsupportedCoding(context.req.header('content-encoding') ?? '');
  const announced = Number(context.req.header('content-length') ?? 0);
  if (announced > bounds.encoded) throw tooLarge('too-large', bounds.encoded, 'Content-Length');
  const share = context.get('bodyShare') ?? bodyMemory.share();
  context.set('bodyShare', share);
  const encoded = await receive(context, { announced, most: bounds.encoded, share });
  if (coding === 'identity') return encoded;
  const body = new ReceivedBody();
  try {
    await decodeContent(Buffer.concat(encoded.blocks()), coding, (piece) => {
      if (body.length + piece.byteLength > bounds.decoded)
        throw tooLarge('too-large-decompressed', bounds.decoded, 'Content-Encoding');
      takeMemory(share, piece.byteLength);
      body.add(piece);
    });
    return body;
  } catch (error) {
    if (!(error instanceof ContentCodingError)) throw error;
    const message = `The body cannot be decompressed as ${coding}. ${error.message}`;
    throw new RefusalError({ code: 'bad-compression', message, at: 'Content-Encoding' });
  }
}

/** The body as text. Throws as `readBody` does, and `not-json` for octets that are not UTF-8. */
export async function readText(context: Context<HttpEnvironment>, sizes?: BodySizes): Promise<string> {
  const text = textOfBlocks((await readBody(context, sizes)).blocks());
  if (text === undefined)
    throw new RefusalError({ code: 'not-json', message: 'The body is not UTF-8 text.' });
  return text;
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

interface Receiving {
  /** Octets that the client says will come. */
  readonly announced: number;
  readonly most: number;
  readonly share: MemoryShare;
}

/** The octets of the body as they come. */
async function receive(
  context: Context<HttpEnvironment>,
  { announced, most, share }: Receiving,
): Promise<ReceivedBody> {
  const { incoming, outgoing } = context.env;
  if (incoming.headers.expect?.toLowerCase() === '100-continue') outgoing.writeContinue();
  const body = new ReceivedBody();
  try {
    for await (const piece of incoming) {
      if (!(piece instanceof Uint8Array)) continue;
      if (body.length + piece.byteLength > most) throw tooLarge('too-large', most, 'Content-Length');
      takeMemory(share, piece.byteLength);
      body.add(piece, announced - body.length);
    }
  } catch (error) {
    if (error instanceof RefusalError || !incoming.aborted) throw error;
    throw new RefusalError({ code: 'incomplete-body', message: 'The connection ended within the body.' });
  }
  return body;
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
