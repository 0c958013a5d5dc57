import pg from 'pg';
import type { Bus, BusErrorListener } from './bus.ts';
import { type Relay, RelayBus } from './relay-bus.ts';

/** How `createPostgresBus` finds its peers. */
export interface PostgresBusOptions {
  readonly url: string;
  /** The channel of LISTEN and NOTIFY; `belltower` unless told. Nodes on one database with different channels do not hear each other. */
  readonly channel?: string;
  readonly onError?: BusErrorListener;
}

/** Times in milliseconds: to connect, for a statement, and between two looks whether the connection still lives. */
const times = { connect: 5_000, statement: 5_000, heartbeat: 15_000 };

/**
 * A bus over LISTEN and NOTIFY, with one connection of its own. Opens also when the server cannot be reached: the bus works within
 * the process and goes on trying.
 */
export async function createPostgresBus(options: PostgresBusOptions): Promise<Bus> {
  const bus = new RelayBus((receive) => connect(options, receive), options.onError ?? (() => undefined));
  await bus.attempted();
  return bus;
}

async function connect(
  { url, channel = 'belltower' }: PostgresBusOptions,
  receive: (topic: string, payload: string) => void,
): Promise<Relay> {
  const lost = Promise.withResolvers<unknown>();
  const client = new pg.Client({
    connectionString: url,
    application_name: 'belltower bus',
    keepAlive: true,
    connectionTimeoutMillis: times.connect,
    query_timeout: times.statement,
  });
  client.on('error', lost.resolve);
  client.on('end', () => lost.resolve(undefined));
  await client.connect();
  const self = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  client.on('notification', (message) => {
    if (message.channel !== channel || message.processId === self.rows[0]?.pid) return;
    const [topic = '', ...payload] = (message.payload ?? '').split(' ');
    receive(topic, payload.join(' '));
  });
  await client.query(`listen ${client.escapeIdentifier(channel)}`);
  const heartbeat = setInterval(() => client.query('select 1').catch(lost.resolve), times.heartbeat);
  const gone = lost.promise.finally(() => {
    clearInterval(heartbeat);
    client.end().catch(() => undefined);
  });
  return {
    lost: gone,
    async send(messages) {
      const texts = JSON.stringify(messages.map(([topic, payload]) => `${topic} ${payload}`));
      const statement = 'select pg_notify($1, text) from json_array_elements_text($2::json) as m (text)';
      await client.query(statement, [channel, texts]).catch((error: unknown) => {
        lost.resolve(error);
        throw error;
      });
    },
    async close() {
      lost.resolve(undefined);
      await gone;
    },
  };
}
