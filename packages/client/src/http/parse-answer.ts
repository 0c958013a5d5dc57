import { ClientError } from '../client-error.ts';

/** The JSON of an answer. Throws ClientError `unexpected-answer`. */
export function parseAnswer({ text }: { readonly text: string }): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ClientError('unexpected-answer', 'The server did not answer with JSON.', { cause });
  }
}
