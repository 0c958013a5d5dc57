import { ClientError } from '../client-error.ts';

/**
 * The body of an answer as text. Throws ClientError: `too-large` as soon as it is longer than `most` bytes, `unexpected-answer` for
 * bytes that are not UTF-8.
 */
export async function readBody(response: Response, most: number): Promise<string> {
  const { body } = response;
  if (body === null) return '';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = body.getReader();
  const parts: string[] = [];
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes += value.byteLength;
      if (bytes > most) {
        throw new ClientError('too-large', `The answer is longer than ${most} bytes.`, {
          status: response.status,
        });
      }
      parts.push(decoder.decode(value, { stream: true }));
    }
    parts.push(decoder.decode());
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    if (error instanceof ClientError || !isEncodingError(error)) throw error;
    throw new ClientError('unexpected-answer', 'The answer is not UTF-8 text.', { cause: error });
  }
  return parts.join('');
}

/** `TextDecoder` and a broken connection both throw TypeError; only the connection's has a cause. */
function isEncodingError(error: unknown): boolean {
  return error instanceof TypeError && error.cause === undefined && /decod|encoded/i.test(error.message);
}
