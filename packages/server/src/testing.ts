import { randomBytes, randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import { createAudit } from './platform/audit/audit.ts';
import type { BusOptions } from './platform/bus/open-bus.ts';
import { openBus } from './platform/bus/open-bus.ts';
import type { Config } from './platform/config/config.ts';
import { readConfig } from './platform/config/config.ts';
import type { Platform } from './platform/platform.ts';
import { openStorage } from './platform/storage/open-storage.ts';
import type { StorageLocation } from './platform/storage/storage-location.ts';
import type { TestStorage } from './platform/storage/testing.ts';
import { openTestStorage } from './platform/storage/testing.ts';
import type { LogDestination } from './platform/telemetry/log.ts';
import { createLog } from './platform/telemetry/log.ts';
import { createMetrics } from './platform/telemetry/metrics.ts';
import { type Clock, micros, systemClock } from './platform/time.ts';
import { serve } from './serve.ts';
import { migrations } from './slices.ts';

/** A node on an empty database, listening on a free port; gone when the test ends. */
export interface TestNode extends AsyncDisposable {
  readonly url: string;
  readonly platform: Platform;
  readonly location: StorageLocation;
  /** A token of the node's operator. */
  readonly operator: string;
  /** A token of an administrator of an organisation, whom the operator let in; the same one each time. */
  administrator(organisation: string): Promise<string>;
  /** A person's first token, made with the enrolment that came when they were added. */
  enrol(enrolment: unknown, more?: Readonly<Record<string, unknown>>): Promise<string>;
  /** One request to `/api`, with a token; answers the status and the JSON. */
  api(
    method: string,
    path: string,
    request?: ApiRequest,
  ): Promise<{ readonly status: number; readonly body: unknown }>;
  /** A new organisation with an administrator, who made its machine a token that reads and publishes. */
  member(
    name: string,
    more?: { readonly kind?: string; readonly clients?: readonly string[] },
  ): Promise<TestMember>;
  /** A new collection; answers its id. */
  collection(settings: Readonly<Record<string, unknown>>): Promise<string>;
}

/** What nodes on this database would wake each other with: NATS or PostgreSQL where the environment names them. */
function testBus(location: StorageLocation): BusOptions {
  if (location.kind === 'sqlite') return { kind: 'local' };
  const natsUrl = process.env['BELLTOWER_TEST_NATS_URL'] || undefined;
  const cluster = (location.schema ?? 'test').replaceAll('_', '-');
  return natsUrl === undefined
    ? { kind: 'postgres', url: location.url, channel: cluster }
    : { kind: 'nats', url: natsUrl, cluster };
}

async function openBeside(location: StorageLocation): Promise<TestStorage> {
  const storage = await openStorage({ ...location, migrations });
  return {
    engine: storage.engine,
    read: storage.read,
    readRights: storage.readRights,
    bulk: storage.bulk,
    figures: () => storage.figures(),
    location,
    write: (work) => storage.write(work),
    [Symbol.asyncDispose]: () => storage[Symbol.asyncDispose](),
  };
}

interface ApiRequest {
  readonly token?: string | undefined;
  readonly body?: unknown;
}

export interface TestMember {
  readonly id: string;
  readonly name: string;
  readonly token: string;
}

/** What is unusual about a node for a test. */
export interface TestNodeOptions {
  /** Another node, whose database this one shares; on PostgreSQL only. */
  readonly beside?: TestNode;
  /** The clock of this machine, unless told. */
  readonly clock?: Clock;
  /** Where the log goes; standard error unless told. */
  readonly logTo?: LogDestination;
}

/** A clock that stands still until the test moves it. */
export function handClock(): Clock & { advance(seconds: number): void } {
  let at = systemClock.now();
  return {
    now: () => at,
    advance(seconds) {
      at = micros(at + seconds * 1_000_000);
    },
  };
}

/** Tests ask more often than people do; those of the bounds set them anew. */
const generous = {
  BELLTOWER_MAX_REQUESTS_PER_TOKEN: '1000000000',
  BELLTOWER_MAX_REQUESTS_PER_ADDRESS: '1000000000',
  BELLTOWER_MAX_BAD_TOKENS_PER_ADDRESS: '1000000000',
};

/** Starts a node for a test, on SQLite, or on PostgreSQL where BELLTOWER_TEST_DATABASE_URL names one. */
export async function startTestNode(
  t?: TestContext,
  settings: Readonly<Record<string, string>> = {},
  { beside, clock = systemClock, logTo }: TestNodeOptions = {},
): Promise<TestNode> {
  const config: Config = readConfig({
    BELLTOWER_PORT: '0',
    BELLTOWER_LOG_LEVEL: 'error',
    ...generous,
    ...settings,
  });
  const stack = new AsyncDisposableStack();
  const storage = stack.use(
    beside === undefined ? await openTestStorage(migrations) : await openBeside(beside.location),
  );
  const bus = stack.use(await openBus(testBus(storage.location)));
  const random = { bytes: (count: number) => new Uint8Array(randomBytes(count)), uuid: () => randomUUID() };
  const log = createLog(config.logLevel, logTo);
  const platform: Platform = {
    config,
    storage,
    bus,
    clock,
    random,
    audit: createAudit(random.uuid),
    log,
    metrics: createMetrics(),
  };
  const node = stack.use(await serve(platform));
  t?.after(() => stack.disposeAsync());
  const operator = beside?.operator ?? node.firstStartToken ?? '';
  const administrators = new Map<string, Promise<string>>();

  async function api(method: string, path: string, { token = operator, body }: ApiRequest = {}) {
    const response = await fetch(`${node.url}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    return { status: response.status, body: answer };
  }

  async function created(path: string, body: unknown, key: string, token = operator): Promise<string> {
    const answer = await api('POST', path, { body, token });
    const value =
      typeof answer.body === 'object' && answer.body !== null ? Reflect.get(answer.body, key) : undefined;
    if (answer.status === 201 && typeof value === 'string') return value;
    throw new Error(`POST ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  }

  function enrol(enrolment: unknown, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const text: unknown = Reflect.get(Object(enrolment), 'text');
    return created('/enrolments', { enrolment: text, ...more }, 'token');
  }

  async function letIn(organisation: string): Promise<string> {
    const me = (await api('GET', '/me')).body;
    if (Reflect.get(Object(Reflect.get(Object(me), 'organisation')), 'id') === organisation) return operator;
    const body = { name: 'Administrator', role: 'organisation-administrator' };
    const person = await api('POST', `/organisations/${organisation}/people`, { body });
    return enrol(Reflect.get(Object(person.body), 'enrolment'));
  }

  function administrator(organisation: string): Promise<string> {
    const known =
      administrators.get(organisation) ?? beside?.administrator(organisation) ?? letIn(organisation);
    administrators.set(organisation, known);
    return known;
  }

  return {
    url: node.url,
    platform,
    location: storage.location,
    operator,
    administrator,
    enrol,
    api,
    async member(name, { kind = 'operator', clients } = {}) {
      const id = await created('/organisations', { name, kind }, 'id');
      const token = await administrator(id);
      if (clients !== undefined) await api('PATCH', `/organisations/${id}`, { body: { clients }, token });
      const machine = { label: 'test', scopes: ['read', 'publish'] };
      return { id, name, token: await created(`/organisations/${id}/tokens`, machine, 'token', token) };
    },
    collection: (body) => created('/collections', body, 'id'),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
