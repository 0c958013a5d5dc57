import { ClientError } from '../client-error.ts';
import type { HttpAnswer } from '../http/connection.ts';
import type { TaxiiCursor, TaxiiQuery } from './query.ts';

/** One page of a sequence. */
export interface TaxiiPage<Item> {
  readonly items: readonly Item[];
  /** Resume with this to get what follows, now or later. */
  readonly cursor: TaxiiCursor;
  readonly more: boolean;
}

/** What an answer to a paged request holds. */
export interface PageContent<Item> {
  readonly items: readonly Item[];
  readonly more: boolean;
  readonly next: string | undefined;
}

/**
 * Pages from a cursor to the present end. `next` leads from page to page while there are more; where a server gives none, and after the last page,
 * `X-TAXII-Date-Added-Last` is where to go on (TAXII 2.1 §3.4, §3.5). Throws ClientError `unexpected-answer` for a server that leads in a
 * circle.
 */
export async function* readPages<Item>(
  query: TaxiiQuery,
  load: (query: TaxiiQuery) => Promise<{ readonly answer: HttpAnswer; readonly content: PageContent<Item> }>,
): AsyncGenerator<TaxiiPage<Item>, void, undefined> {
  let cursor = query.cursor ?? {};
  for (;;) {
    const { answer, content } = await load({ ...query, cursor });
    const lastAdded = answer.headers.get('x-taxii-date-added-last') ?? undefined;
    const following = nextCursor(cursor, content, lastAdded);
    if (content.more && sameCursor(cursor, following)) {
      throw new ClientError('unexpected-answer', 'The server says that there is more, and not where.');
    }
    yield { items: content.items, cursor: following, more: content.more };
    if (!content.more) return;
    cursor = following;
  }
}

function nextCursor(
  cursor: TaxiiCursor,
  { more, next }: PageContent<unknown>,
  lastAdded: string | undefined,
): TaxiiCursor {
  if (more && next !== undefined) return { ...cursor, next };
  if (lastAdded !== undefined) return { addedAfter: lastAdded };
  return cursor.addedAfter === undefined ? {} : { addedAfter: cursor.addedAfter };
}

function sameCursor(one: TaxiiCursor, other: TaxiiCursor): boolean {
  return one.addedAfter === other.addedAfter && one.next === other.next;
}
