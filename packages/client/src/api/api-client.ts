import type { ConnectionOptions, HttpRequest } from '../http/connection.ts';
import { createConnection } from '../http/connection.ts';
import { parseAnswer } from '../http/parse-answer.ts';
import { asList, asObject, asOptionalText } from '../narrow.ts';
import type {
  CollectionSettings,
  ImportOptions,
  NewCollection,
  NewOrganisation,
  NewPerson,
  NewToken,
  OrganisationChange,
  PublishOptions,
  Redemption,
} from './commands.ts';
import type {
  AuditRecord,
  Collection,
  CollectionEffect,
  EnrolledPerson,
  ImportAnswer,
  Me,
  NewTokenAnswer,
  Organisation,
  Person,
  PublishAnswer,
  Token,
  WithdrawnVersion,
} from './views.ts';
import {
  readAuditRecord,
  readCollectionEffect,
  readCollectionView,
  readEnrolledPerson,
  readImportAnswer,
  readMe,
  readNewToken,
  readOrganisation,
  readPerson,
  readPublishAnswer,
  readToken,
  readWithdrawn,
} from './views.ts';

/** How to reach a node's own interface. */
export interface ApiOptions extends ConnectionOptions {
  /** The node's address, with or without a slash at its end. */
  readonly url: string;
}

/** What a node offers beyond TAXII. Collections are named by id or alias. Everything throws ClientError. */
export interface ApiClient {
  me(): Promise<Me>;
  organisations(): Promise<readonly Organisation[]>;
  createOrganisation(command: NewOrganisation): Promise<Organisation>;
  changeOrganisation(id: string, change: OrganisationChange): Promise<Organisation>;
  people(organisation: string): Promise<readonly Person[]>;
  createPerson(organisation: string, command: NewPerson): Promise<EnrolledPerson>;
  /** Another enrolment for somebody who has not come in yet; the one before it ends. */
  renewEnrolment(person: string): Promise<EnrolledPerson>;
  /** A person's first token, made by themselves; takes no credentials. */
  enrol(command: Redemption): Promise<NewTokenAnswer>;
  removePerson(id: string): Promise<Person>;
  tokens(organisation: string): Promise<readonly Token[]>;
  createToken(organisation: string, command: NewToken): Promise<NewTokenAnswer>;
  revokeToken(id: string): Promise<Token>;
  collections(): Promise<readonly Collection[]>;
  collection(name: string): Promise<Collection>;
  createCollection(command: NewCollection): Promise<Collection>;
  changeCollection(name: string, change: CollectionSettings): Promise<CollectionEffect>;
  /** What that change would make readable, and for whom; changes nothing (rule G5). */
  previewCollection(name: string, change: CollectionSettings): Promise<CollectionEffect>;
  /** Publishes objects, given as JSON texts, with a result for each in the same order (rule G1). */
  publish(collection: string, texts: readonly string[], options?: PublishOptions): Promise<PublishAnswer>;
  /** Publishes what is in another format: events of MISP, lists, texts, PDFs. What STIX cannot carry comes back as losses. */
  import(
    collection: string,
    input: string | Uint8Array<ArrayBuffer>,
    options?: ImportOptions,
  ): Promise<ImportAnswer>;
  /** Takes one version of an object away, or all (rule L6). */
  withdraw(collection: string, objectId: string, version?: string): Promise<readonly WithdrawnVersion[]>;
  /** Newest first. */
  audit(): AsyncGenerator<AuditRecord, void, undefined>;
}

export function createApiClient(options: ApiOptions): ApiClient {
  const connection = createConnection(options);
  const base = `${options.url.replace(/\/+$/, '')}/api`;
  const accept = 'application/json, application/problem+json';

  async function send(request: Omit<HttpRequest, 'accept' | 'url'>, path: string): Promise<unknown> {
    return parseAnswer(await connection.send({ ...request, url: `${base}${path}`, accept }));
  }

  const get = (path: string) => send({ method: 'GET', repeatable: true }, path);
  const post = (path: string, command: unknown) =>
    send({ method: 'POST', repeatable: false, body: json(command) }, path);
  const patch = (path: string, command: unknown) =>
    send({ method: 'PATCH', repeatable: true, body: json(command) }, path);
  const list = async <Item>(path: string, member: string, read: (item: unknown, at: string) => Item) =>
    asList(asObject(await get(path), '$')[member], `$.${member}`, read);

  return {
    me: async () => readMe(await get('/me')),

    organisations: () => list('/organisations', 'organisations', readOrganisation),
    createOrganisation: async (command) => readOrganisation(await post('/organisations', command)),
    changeOrganisation: async (id, change) =>
      readOrganisation(await patch(path`/organisations/${id}`, change)),

    people: (organisation) => list(path`/organisations/${organisation}/people`, 'people', readPerson),
    createPerson: async (organisation, command) =>
      readEnrolledPerson(await post(path`/organisations/${organisation}/people`, command)),
    renewEnrolment: async (person) =>
      readEnrolledPerson(
        await send({ method: 'POST', repeatable: false }, path`/people/${person}/enrolment`),
      ),
    enrol: async (command) => readNewToken(await post('/enrolments', command)),
    removePerson: async (id) =>
      readPerson(await send({ method: 'DELETE', repeatable: true }, path`/people/${id}`)),

    tokens: (organisation) => list(path`/organisations/${organisation}/tokens`, 'tokens', readToken),
    createToken: async (organisation, command) =>
      readNewToken(await post(path`/organisations/${organisation}/tokens`, command)),
    revokeToken: async (id) =>
      readToken(await send({ method: 'DELETE', repeatable: true }, path`/tokens/${id}`)),

    collections: () => list('/collections', 'collections', readCollectionView),
    collection: async (name) => readCollectionView(await get(path`/collections/${name}`)),
    createCollection: async (command) => readCollectionView(await post('/collections', command)),
    changeCollection: async (name, change) =>
      readCollectionEffect(await patch(path`/collections/${name}`, { ...change, preview: false })),
    previewCollection: async (name, change) =>
      readCollectionEffect(await patch(path`/collections/${name}`, { ...change, preview: true })),

    async publish(collection, texts, { signal, ...options } = {}) {
      const query = publishQuery(options);
      const body = { type: 'application/stix+json;version=2.1', text: `{"objects":[${texts.join(',')}]}` };
      const target = `${path`/collections/${collection}/objects`}${query.size === 0 ? '' : `?${query}`}`;
      // The same version of an object twice adds no entry (rule L2), so that it can be sent again.
      return readPublishAnswer(await send({ method: 'POST', repeatable: true, body, signal }, target));
    },

    async import(collection, input, { signal, type = 'application/octet-stream', ...options } = {}) {
      const query = importQuery(options);
      const target = `${path`/collections/${collection}/import`}${query.size === 0 ? '' : `?${query}`}`;
      // Without a time, or a name, each attempt makes other versions, or other objects.
      const repeatable = options.time !== undefined && options.anonymous !== true;
      return readImportAnswer(
        await send({ method: 'POST', repeatable, body: { type, text: input }, signal }, target),
      );
    },

    async withdraw(collection, objectId, version) {
      const query = version === undefined ? '' : `?${new URLSearchParams({ version })}`;
      const target = `${path`/collections/${collection}/objects/${objectId}`}${query}`;
      return readWithdrawn(await send({ method: 'DELETE', repeatable: false }, target));
    },

    async *audit() {
      let before: string | undefined;
      do {
        const query = before === undefined ? '' : `?${new URLSearchParams({ before })}`;
        const page = asObject(await get(`/audit${query}`), '$');
        yield* asList(page['entries'], '$.entries', readAuditRecord);
        before = asOptionalText(page['before'], '$.before');
      } while (before !== undefined);
    },
  };
}

function publishQuery({ onBehalfOf, anonymous }: PublishOptions): URLSearchParams {
  const query = new URLSearchParams();
  if (onBehalfOf !== undefined) query.set('on_behalf_of', onBehalfOf);
  if (anonymous === true) query.set('anonymous', 'true');
  return query;
}

function importQuery(options: ImportOptions): URLSearchParams {
  const query = publishQuery(options);
  for (const key of ['format', 'name', 'time', 'tlp'] as const) {
    const value = options[key];
    if (value !== undefined) query.set(key, value);
  }
  for (const key of ['sure', 'preview'] as const) if (options[key] === true) query.set(key, 'true');
  for (const column of options.columns ?? []) query.append('map', column);
  return query;
}

function json(value: unknown): { readonly type: string; readonly text: string } {
  return { type: 'application/json', text: JSON.stringify(value) };
}

/** A path in which every value is one segment, whatever it holds. */
function path(strings: TemplateStringsArray, ...values: readonly string[]): string {
  return String.raw({ raw: strings }, ...values.map(encodeURIComponent));
}
