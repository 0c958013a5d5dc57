import { connect as connectNats, type NodeConnectionOptions } from '@nats-io/transport-node';
import type { Bus, BusErrorListener } from './bus.ts';
import { type Relay, RelayBus } from './relay-bus.ts';

/** How `createNatsBus` finds its peers. */
export interface NatsBusOptions {
  /** `nats://` or `tls://`, with `user:password@` or `token@` where the server asks for it; several with commas between them. */
  readonly url: string;
  /** Nodes of one cluster hear each other: a word of `[a-z0-9-]`, `default` unless told. */
  readonly cluster?: string;
  readonly onError?: BusErrorListener;
}

/** How long one attempt to connect may take, in milliseconds. */
const connectTimeout = 5_000;

/**
 * A bus over core NATS, with the subjects `belltower.<cluster>.<topic>`. Opens also when no server can be reached: the bus works
 * within the process and goes on trying.
 */
export async function createNatsBus(options: NatsBusOptions): Promise<Bus> {
  const { cluster = 'default' } = options;
  if (!/^[a-z0-9-]{1,64}$/.test(cluster))
    throw new TypeError(`Not the name of a cluster: ${JSON.stringify(cluster)}`);
  const settings = connectionOptions(options.url);
  const prefix = `belltower.${cluster}.`;
  const bus = new RelayBus(
    (receive) => connect({ settings, prefix }, receive),
    options.onError ?? (() => undefined),
  );
  await bus.attempted();
  return bus;
}

async function connect(
  { settings, prefix }: { readonly settings: NodeConnectionOptions; readonly prefix: string },
  receive: (topic: string, payload: string) => void,
): Promise<Relay> {
  const connection = await connectNats(settings);
  connection.subscribe(`${prefix}>`, {
    callback: (error, message) => {
      if (error === null) receive(message.subject.slice(prefix.length), message.string());
    },
  });
  // Once it is flushed the server knows the subscription: no message after this moment is missed.
  await connection.flush();
  return {
    lost: connection.closed(),
    async send(messages) {
      for (const [topic, payload] of messages) connection.publish(`${prefix}${topic}`, payload);
    },
    async close() {
      // A drain on a connection that is lost meanwhile does not end by itself.
      await Promise.race([connection.drain().catch(() => connection.close()), connection.closed()]);
    },
  };
}

/** How to connect to the servers of a URL. */
export function connectionOptions(url: string): NodeConnectionOptions {
  const servers = url.split(',').map((server) => new URL(server.trim()));
  const [first] = servers;
  const user = decodeURIComponent(first?.username ?? '');
  const password = decodeURIComponent(first?.password ?? '');
  return {
    servers: servers.map((server) => server.host),
    name: 'belltower',
    timeout: connectTimeout,
    // What this node published has reached its own listeners already.
    noEcho: true,
    // The relay connects anew by itself and keeps what could not be sent, within bounds; the client's buffer has none.
    reconnect: false,
    ...(password === '' ? {} : { user, pass: password }),
    ...(password === '' && user !== '' ? { token: user } : {}),
    ...(servers.some((server) => server.protocol === 'tls:') ? { tls: {} } : {}),
  };
}
