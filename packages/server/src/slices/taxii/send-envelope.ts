import { compress } from '../../platform/http/compress.ts';
import { preferredCoding } from '../../platform/http/content-coding.ts';
import { sendBytes } from '../../platform/http/send-bytes.ts';
import { taxiiMediaType } from './media-types.ts';
import type { ObjectPage } from './pages.ts';
import type { CollectionRequest } from './requests.ts';
import { dateAddedHeaders, envelopeEnds } from './resources.ts';

/** Bytes of a body from which on it is compressed for whoever takes that: below, the headers weigh as much. */
const leastCompressed = 1_024;

/** Answers with a page of objects, compressed where the client likes that. A page is compressed once for all who ask for it. */
export async function sendEnvelope({ context }: CollectionRequest, page: ObjectPage): Promise<Response> {
  const { texts } = page;
  const [head, tail] = envelopeEnds(page);
  const parts = [Buffer.from(head), ...texts.parts, Buffer.from(tail)];
  const headers = { 'Content-Type': taxiiMediaType, ...dateAddedHeaders(page), Vary: 'Accept-Encoding' };
  const coding = preferredCoding(context.req.header('accept-encoding'));
  if (coding === 'identity' || isSmall(parts)) return sendBytes(context, parts, headers);
  const body = await texts.derive(`${coding} ${head}`, () => compress(coding, parts));
  return sendBytes(context, [body], { ...headers, 'Content-Encoding': coding });
}

function isSmall(parts: readonly Uint8Array[]): boolean {
  return parts.reduce((sum, part) => sum + part.byteLength, 0) < leastCompressed;
}
