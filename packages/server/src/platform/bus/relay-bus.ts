import { setTimeout as sleep } from 'node:timers/promises';
import { type Bus, type BusErrorListener, checkMessage, isTopic } from './bus.ts';
import { LocalBus } from './local-bus.ts';

/** A connection to the other nodes. What a node sends does not come back to it. */
export interface Relay {
  send(messages: readonly (readonly [topic: string, payload: string])[]): Promise<void>;
  /** Settles when the connection is gone; with the reason, if there is one. */
  readonly lost: Promise<unknown>;
  close(): Promise<void>;
}

/** Connects to the other nodes; `receive` takes what they publish. */
export type RelayConnector = (receive: (topic: string, payload: string) => void) => Promise<Relay>;

/** Messages of one topic within this many milliseconds become one. */
const mergeWindow = 5;
/** How many topics wait for a connection; beyond, the oldest is forgotten. */
const outboxLimit = 10_000;
/** Wait before the next attempt to connect, in milliseconds: doubled each time. */
const backOff = { least: 100, most: 5_000 };
/** How long opening and closing wait for a server, in milliseconds. */
const patience = 5_000;

/**
 * A bus between nodes: messages reach this node's own listeners directly and the other nodes through a relay, which is
 * connected anew for ever.
 */
export class RelayBus implements Bus {
  readonly #local: LocalBus;
  readonly #onError: BusErrorListener;
  readonly #connect: RelayConnector;
  readonly #outbox = new Map<string, string>();
  readonly #closing = new AbortController();
  readonly #firstAttempt = Promise.withResolvers<void>();
  readonly #ended: Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #relay: Relay | undefined;

  constructor(connect: RelayConnector, onError: BusErrorListener) {
    this.#local = new LocalBus(onError);
    this.#onError = onError;
    this.#connect = connect;
    this.#ended = this.#keepConnected();
  }

  /** Resolves when the first attempt to connect has come to an end, well or badly, or takes too long. */
  async attempted(): Promise<void> {
    await atMost(this.#firstAttempt.promise);
  }

  publish(topic: string, payload: string): void {
    checkMessage(topic, payload);
    this.#local.publish(topic, payload);
    this.#outbox.delete(topic);
    this.#outbox.set(topic, payload);
    const [oldest] = this.#outbox.keys();
    if (this.#outbox.size > outboxLimit && oldest !== undefined) this.#outbox.delete(oldest);
    this.#schedule();
  }

  subscribe(topic: string, listener: (payload: string) => void): () => void {
    return this.#local.subscribe(topic, listener);
  }

  connected(): boolean {
    return this.#relay !== undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#timer);
    await this.#local[Symbol.asyncDispose]();
    await atMost(this.#flush());
    this.#closing.abort();
    await atMost(this.#relay?.close() ?? Promise.resolve());
    await atMost(this.#ended);
  }

  #schedule(): void {
    if (this.#relay === undefined || this.#timer !== undefined || this.#closing.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#flush();
    }, mergeWindow);
  }

  async #flush(): Promise<void> {
    if (this.#relay === undefined || this.#outbox.size === 0) return;
    const messages = [...this.#outbox];
    this.#outbox.clear();
    try {
      await this.#relay.send(messages);
    } catch (error) {
      this.#onError(error);
      // They go out with the next connection, unless something newer has taken their place.
      for (const [topic, payload] of messages) if (!this.#outbox.has(topic)) this.#outbox.set(topic, payload);
    }
  }

  async #keepConnected(): Promise<void> {
    let wait = backOff.least;
    while (!this.#closing.signal.aborted) {
      try {
        const relay = await this.#connect((topic, payload) => this.#receive(topic, payload));
        wait = backOff.least;
        await this.#use(relay);
      } catch (error) {
        if (!this.#closing.signal.aborted) this.#onError(error);
      }
      this.#firstAttempt.resolve();
      // The nodes of a cluster must not come back to a server all at the same moment.
      const delay = wait * (0.5 + Math.random() / 2);
      await sleep(delay, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      wait = Math.min(wait * 2, backOff.most);
    }
  }

  async #use(relay: Relay): Promise<void> {
    if (this.#closing.signal.aborted) return relay.close();
    this.#relay = relay;
    this.#firstAttempt.resolve();
    if (this.#outbox.size > 0) this.#schedule();
    const reason = await relay.lost;
    this.#relay = undefined;
    if (this.#closing.signal.aborted) return;
    throw reason instanceof Error
      ? reason
      : new Error('The connection of the bus was lost', { cause: reason });
  }

  #receive(topic: string, payload: string): void {
    if (isTopic(topic)) this.#local.publish(topic, payload);
  }
}

async function atMost(work: Promise<unknown>): Promise<void> {
  const timeout = new AbortController();
  const timer = sleep(patience, undefined, { signal: timeout.signal }).catch(() => undefined);
  await Promise.race([work.catch(() => undefined), timer]);
  timeout.abort();
}
