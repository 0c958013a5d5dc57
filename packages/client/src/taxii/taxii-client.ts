import type { ObjectText } from '@belltower/stix';
import { ClientError } from '../client-error.ts';
import { joinSignals } from '../http/connection.ts';
import { parseAnswer } from '../http/parse-answer.ts';
import { timerSleep } from '../http/sleep.ts';
import { asText } from '../narrow.ts';
import { readEnvelope, readListPage } from './page-content.ts';
import type { PageContent, TaxiiPage } from './pages.ts';
import { readPages } from './pages.ts';
import type { TaxiiQuery } from './query.ts';
import { queryString } from './query.ts';
import type {
  TaxiiApiRoot,
  TaxiiCollection,
  TaxiiDiscovery,
  TaxiiManifestRecord,
  TaxiiStatus,
} from './resources.ts';
import { readApiRoot, readCollection, readCollections, readManifestRecord, readStatus } from './resources.ts';
import type { TaxiiOptions } from './taxii-requests.ts';
import { createTaxiiRequests, taxiiMediaType } from './taxii-requests.ts';

/** A page of objects; their texts are as the server sent them, byte for byte. */
export type TaxiiObjectPage = TaxiiPage<ObjectText>;

/** A client of one TAXII 2.1 server. Everything throws ClientError. */
export interface TaxiiClient {
  /** TAXII 2.1 §4.1 */
  discovery(): Promise<TaxiiDiscovery>;
  /** The API root at this address, or the server's default one, or else its first (§4.2). */
  apiRoot(url?: string): Promise<TaxiiApiRoot>;
  /** The collections of one API root, or of all (§5.1). */
  collections(apiRoot?: string): Promise<readonly TaxiiCollection[]>;
  /** By id or alias, in whichever API root it stands (§5.2). */
  collection(idOrAlias: string): Promise<TaxiiCollection>;
  /** Pages of objects with a cursor each, oldest addition first (§5.4). */
  objectPages(
    collection: TaxiiCollection,
    query?: TaxiiQuery,
  ): AsyncGenerator<TaxiiObjectPage, void, undefined>;
  /** The same, object by object. */
  objects(collection: TaxiiCollection, query?: TaxiiQuery): AsyncGenerator<ObjectText, void, undefined>;
  /** §5.3 */
  manifest(
    collection: TaxiiCollection,
    query?: TaxiiQuery,
  ): AsyncGenerator<TaxiiManifestRecord, void, undefined>;
  /** The versions of one object that the query asks for: without one, the last (§5.6). */
  object(collection: TaxiiCollection, id: string, query?: TaxiiQuery): Promise<readonly ObjectText[]>;
  /** Timestamps of the versions of one object (§5.8). */
  versions(collection: TaxiiCollection, id: string, query?: TaxiiQuery): Promise<readonly string[]>;
  /** Adds objects, given as JSON texts, and waits until the server has dealt with all of them (§5.5, §4.3). */
  publish(
    collection: TaxiiCollection,
    texts: readonly string[],
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<TaxiiStatus>;
  /** Removes the versions that the query asks for: without one, all (§5.7). */
  delete(collection: TaxiiCollection, id: string, query?: TaxiiQuery): Promise<void>;
  /** §4.3 */
  status(apiRoot: string, id: string): Promise<TaxiiStatus>;
}

/** Milliseconds between looks at a status: doubled from the first to the last. */
const firstLook = 200;
const lastLook = 5_000;

export function createTaxiiClient(options: TaxiiOptions): TaxiiClient {
  const { send, get, roots, discovery } = createTaxiiRequests(options);
  const sleep = options.sleep ?? timerSleep;

  const list = <Item>(url: string, query: TaxiiQuery, read: (text: string) => PageContent<Item>) =>
    readPages(query, async (page) => {
      const answer = await get(`${url}${queryString(page)}`, page.signal);
      return { answer, content: read(answer.text) };
    });

  const objectPages = (collection: TaxiiCollection, query: TaxiiQuery = {}) =>
    list(`${collectionUrl(collection)}objects/`, query, readEnvelope);

  const client: TaxiiClient = {
    discovery,
    objectPages,

    async apiRoot(url) {
      const [first] = url === undefined ? await roots() : [url];
      if (first === undefined) throw new ClientError('unexpected-answer', 'The server names no API root.');
      return readApiRoot(parseAnswer(await get(first)), first);
    },

    async collections(apiRoot) {
      const found: TaxiiCollection[] = [];
      for (const root of apiRoot === undefined ? await roots() : [apiRoot]) {
        found.push(...readCollections(parseAnswer(await get(`${root}collections/`)), root));
      }
      return found;
    },

    async collection(idOrAlias) {
      let missing: ClientError | undefined;
      for (const root of await roots()) {
        try {
          const answer = await get(`${root}collections/${encodeURIComponent(idOrAlias)}/`);
          return readCollection(parseAnswer(answer), root);
        } catch (error) {
          if (!(error instanceof ClientError) || error.status !== 404) throw error;
          missing = error;
        }
      }
      throw missing ?? new ClientError('unexpected-answer', 'The server names no API root.');
    },

    async *objects(collection, query = {}) {
      for await (const page of objectPages(collection, query)) yield* page.items;
    },

    async *manifest(collection, query = {}) {
      const read = (text: string) => readListPage(text, 'objects', readManifestRecord);
      for await (const page of list(`${collectionUrl(collection)}manifest/`, query, read)) yield* page.items;
    },

    async object(collection, id, query = {}) {
      const pages = list(`${objectUrl(collection, id)}/`, query, readEnvelope);
      return allItems(pages);
    },

    async versions(collection, id, query = {}) {
      const read = (text: string) => readListPage(text, 'versions', asText);
      const pages = list(`${objectUrl(collection, id)}/versions/`, query, read);
      return allItems(pages);
    },

    async publish(collection, texts, { signal } = {}) {
      const body = { type: taxiiMediaType, text: `{"objects":[${texts.join(',')}]}` };
      const url = `${collectionUrl(collection)}objects/`;
      // The same version of an object twice is one object, so that it can be sent again.
      const answer = await send({ method: 'POST', url, body, repeatable: true, signal });
      let status = readStatus(parseAnswer(answer));
      for (let wait = firstLook; status.status === 'pending'; wait = Math.min(lastLook, wait * 2)) {
        await sleep(wait, joinSignals(options.signal, signal));
        status = await client.status(collection.apiRoot, status.id);
      }
      return status;
    },

    async delete(collection, id, query = {}) {
      const url = `${objectUrl(collection, id)}/${queryString(query)}`;
      await send({ method: 'DELETE', url, repeatable: false, signal: query.signal });
    },

    async status(apiRoot, id) {
      return readStatus(parseAnswer(await get(`${apiRoot}status/${encodeURIComponent(id)}/`)));
    },
  };
  return client;
}

async function allItems<Item>(pages: AsyncIterable<TaxiiPage<Item>>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...page.items);
  return items;
}

function collectionUrl({ apiRoot, id }: TaxiiCollection): string {
  return `${apiRoot}collections/${encodeURIComponent(id)}/`;
}

function objectUrl(collection: TaxiiCollection, id: string): string {
  return `${collectionUrl(collection)}objects/${encodeURIComponent(id)}`;
}
