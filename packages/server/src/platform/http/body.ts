import type { Context } from 'hono';
import type { z } from 'zod';
import type { HttpEnvironment } from './environment.ts';
import { RefusalError } from './refusal.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/**
 * The body of a request as text, at most `limit` bytes of it. Throws RefusalError: `too-large` as soon as that is known,
 * `unsupported-media-type` for a content encoding, `not-json` for bytes that are not UTF-8.
 */
export async function readText(context: Context<HttpEnvironment>, limit: number): Promise<string> {
  const encoding = context.req.header('content-encoding');
  if (encoding !== undefined && encoding !== 'identity') {
    throw new RefusalError({
      code: 'unsupported-media-type',
      message: `This node takes bodies without content encoding, not ${encoding.slice(0, 40)}.`,
      at: 'Content-Encoding',
    });
  }
  const announced = Number(context.req.header('content-length') ?? 0);
  if (announced > limit) throw tooLarge(limit);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of context.env.incoming) {
    if (!(chunk instanceof Uint8Array)) continue;
    bytes += chunk.byteLength;
    if (bytes > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  try {
    return decoder.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, bytes));
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new RefusalError({ code: 'not-json', message: 'The body is not UTF-8 text.' });
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
  const text = await readText(context, limit);
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? [])
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('');
  throw new RefusalError({
    code: 'bad-request',
    message: issue?.message ?? 'The body does not fit.',
    at: `$${path}`,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new RefusalError({
      code: 'not-json',
      message: `The body is not JSON: ${cause.message.slice(0, 200)}`,
    });
  }
}

function tooLarge(limit: number): RefusalError {
  return new RefusalError({
    code: 'too-large',
    message: `The body may be ${limit} bytes long at the most.`,
    at: 'Content-Length',
  });
}
