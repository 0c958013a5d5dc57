import { connect } from '@nats-io/transport-node';
import { connectionOptions } from './nats-bus.ts';

/** What a NATS server says of itself. */
export interface NatsServer {
  readonly server: string;
  readonly version: string;
  readonly jetstream: boolean;
  /** Milliseconds there and back. */
  readonly roundTrip: number;
}

/** Connects once and looks; throws the client's own error. */
export async function inspectNats(url: string): Promise<NatsServer> {
  const connection = await connect(connectionOptions(url));
  try {
    return {
      server: connection.getServer(),
      version: connection.info?.version ?? 'unknown',
      jetstream: connection.info?.jetstream === true,
      roundTrip: await connection.rtt(),
    };
  } finally {
    await connection.close();
  }
}
