import type { ServerResponse } from 'node:http';
import type { Outcome } from '../../platform/http/refusal.ts';
import { accept, refuse } from '../../platform/http/refusal.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Clock } from '../../platform/time.ts';
import { formatMicros } from '../../platform/time.ts';
import type { Collections } from '../collections/index.ts';
import { mayRead } from '../collections/index.ts';
import type { Exchange, Position, ReadGrant } from '../exchange/index.ts';
import { grantRead } from '../exchange/index.ts';
import type { Actor, Identity } from '../identity/index.ts';
import type { Cursor } from './cursor.ts';
import { LiveStream } from './live-stream.ts';
import { LogTails } from './log-tail.ts';

/** Somebody's reading of some collections. */
export interface Reading {
  readonly actor: Actor | undefined;
  readonly grants: readonly ReadGrant[];
}

/** The open streams of this node. */
export interface Live {
  /** What the actor may read of the named collections; refused as a whole when one is not there for them. */
  reading(actor: Actor | undefined, names: readonly string[]): Promise<Outcome<Reading>>;
  ends(reading: Reading): Promise<Cursor>;
  /** Takes a place among the streams of the actor's token, and gives it back with the returned function. */
  admit(reading: Reading): Outcome<() => void>;
  /** Streams into the response until the client goes or the right to read ends (rule R3). */
  stream(reading: Reading, cursor: Cursor, response: ServerResponse): Promise<void>;
  /** Ends every stream and takes no more. */
  stop(): void;
}

interface Parts {
  readonly platform: Platform;
  readonly identity: Identity;
  readonly collections: Collections;
  readonly exchange: Exchange;
}

export function createLive({ platform, identity, collections, exchange }: Parts): Live {
  const tails = new LogTails(exchange);
  const open = new Map<LiveStream, Reading>();
  const places = new Map<string, number>();
  let stopping = false;
  const stopListening = identity.access.onChange(() => void checkAll());

  async function allowed({ actor, grants }: Reading): Promise<boolean> {
    if (actor !== undefined && !(await identity.stillValid(actor))) return false;
    for (const { collectionId } of grants) {
      const collection = await collections.find(collectionId);
      if (collection === undefined || !mayRead(collection, actor)) return false;
    }
    return true;
  }

  async function checkAll(): Promise<void> {
    await Promise.all(
      [...open].map(async ([stream, reading]) => {
        // What cannot be checked is not allowed.
        if (!(await allowed(reading).catch(() => false))) stream.end('access-lost');
      }),
    );
  }

  return {
    async reading(actor, names) {
      const grants = new Map<string, ReadGrant>();
      for (const name of names) {
        const collection = await collections.find(name);
        const grant = collection === undefined ? undefined : grantRead(collection, actor);
        if (grant === undefined) {
          return actor === undefined
            ? refuse('unauthenticated', 'This needs a token: Authorization: Bearer bt_…', {
                at: 'Authorization',
              })
            : refuse('not-found', `There is no collection ${name.slice(0, 60)} that you may read.`);
        }
        grants.set(grant.collectionId, grant);
      }
      return accept({ actor, grants: [...grants.values()] });
    },

    async ends({ grants }) {
      const ends = new Map<string, Position>();
      for (const grant of grants) ends.set(grant.collectionId, await exchange.lastPosition(grant));
      return ends;
    },

    admit({ actor }) {
      if (stopping) return refuse('shutting-down', 'The node is stopping; connect again in a moment.');
      const key = actor?.tokenId ?? '';
      const taken = places.get(key) ?? 0;
      const most = platform.config.limits.streamsPerToken;
      if (taken >= most)
        return refuse('too-many-requests', `A token may hold ${most} streams open; close one of them.`);
      places.set(key, taken + 1);
      return accept(() => {
        const left = (places.get(key) ?? 1) - 1;
        if (left === 0) places.delete(key);
        else places.set(key, left);
      });
    },

    async stream(reading, cursor, response) {
      const { actor, grants } = reading;
      const stream = new LiveStream({
        response,
        tails,
        grants,
        cursor,
        heartbeat: platform.config.heartbeat,
        now: () => formatMicros(platform.clock.now()),
      });
      open.set(stream, reading);
      using _expiry = atExpiry(actor?.expires, platform.clock, () => stream.end('token-expired'));
      try {
        // A right that ended between the request's check and the stream's entry in the list ends it here.
        if (await allowed(reading)) await stream.run();
        else stream.end('access-lost');
      } finally {
        open.delete(stream);
      }
    },

    stop() {
      stopping = true;
      stopListening();
      for (const stream of open.keys()) stream.end('shutting-down');
    },
  };
}

/** What one timer can wait, in milliseconds; a token may last longer. */
const longestTimer = 2 ** 31 - 1;

/** Calls `end` when the token has ended (rule R3), until it is disposed of. */
function atExpiry(expires: number | undefined, clock: Clock, end: () => void): Disposable {
  let timer: NodeJS.Timeout | undefined;
  function wait(until: number): void {
    const left = Math.max(0, Math.ceil((until - clock.now()) / 1000));
    const next = left <= longestTimer ? end : () => wait(until);
    timer = setTimeout(next, Math.min(left, longestTimer)).unref();
  }
  if (expires !== undefined) wait(expires);
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}
