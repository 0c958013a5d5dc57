import type { ObjectText } from '@belltower/stix';
import { readBundleText } from '@belltower/stix';
import { ClientError } from '../client-error.ts';
import { parseAnswer } from '../http/parse-answer.ts';
import { asList, asObject, asOptionalText } from '../narrow.ts';
import type { PageContent } from './pages.ts';

const unbounded = { depth: 512, objects: Number.MAX_SAFE_INTEGER, objectLength: Number.MAX_SAFE_INTEGER };

/** An envelope (TAXII 2.1 §3.7), its objects cut out of the text as they stand. */
export function readEnvelope(text: string): PageContent<ObjectText> {
  const read = readBundleText(text, unbounded);
  if (!read.ok)
    throw new ClientError('unexpected-answer', `The server's answer is no envelope: ${read.error.message}`);
  const { envelope, objects = [] } = read.value;
  return {
    items: objects,
    more: envelope['more'] === true,
    next: asOptionalText(envelope['next'], '$.next'),
  };
}

/** A manifest (TAXII 2.1 §5.3.1) or a list of versions (§5.8.1). */
export function readListPage<Item>(
  text: string,
  member: string,
  read: (item: unknown, at: string) => Item,
): PageContent<Item> {
  const resource = asObject(parseAnswer({ text }), '$');
  return {
    items: asList(resource[member], `$.${member}`, read),
    more: resource['more'] === true,
    next: asOptionalText(resource['next'], '$.next'),
  };
}
