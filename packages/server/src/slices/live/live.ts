import type { ServerResponse } from 'node:http';
import { echo } from '../../platform/http/echo.ts';
import type { Outcome } from '../../platform/http/refusal.ts';
import { accept, refuse } from '../../platform/http/refusal.ts';
import type { Platform, Random } from '../../platform/platform.ts';
import type { Clock } from '../../platform/time.ts';
import { formatMicros } from '../../platform/time.ts';
import type { Collections } from '../collections/index.ts';
import type { Exchange, Position, ReadGrant } from '../exchange/index.ts';
import { grantRead } from '../exchange/index.ts';
import type { Actor, Identity } from '../identity/index.ts';
import type { Cursor } from './cursor.ts';
import { parseCursor } from './cursor.ts';
import { LiveStream } from './live-stream.ts';
import { LogTails } from './log-tails.ts';
import type { Reading } from './open-streams.ts';
import { OpenStreams } from './open-streams.ts';
import { StreamPlaces } from './stream-places.ts';
import { Turns } from './turns.ts';

/** The live streams of this node. */
export interface Live {
  /** What the actor may read of the named collections; refused as a whole when one is not there for them. */
  reading(actor: Actor | undefined, names: readonly string[]): Promise<Outcome<Reading>>;
  /** Where a stream begins; see `parseCursor`. */
  cursor(reading: Reading, text: string | undefined): Promise<Outcome<Cursor>>;
  /** Takes a place among the streams of the actor's token, or of the address, and gives it back with the returned function. */
  admit(reading: Reading, address: string): Outcome<() => void>;
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
  const { config, clock, random, metrics } = platform;
  const tails = new LogTails(exchange, {
    paged: () => metrics.streamBackfills.inc(),
    grew: ({ added }) => metrics.streamDelay.observe(Math.max(0, clock.now() - added) / 1_000_000),
  });
  const turns = new Turns();
  const places = new StreamPlaces(config.limits);
  const open = new OpenStreams({
    identity,
    collections,
    heartbeat: config.heartbeat,
    now: () => formatMicros(clock.now()),
    random: () => share(random),
  });
  metrics.atScrape(() => metrics.streamsOpen.set(open.size));
  let stopping = false;

  /** The last position of each collection of the stream, as the database has it. */
  async function ends({ grants }: Reading): Promise<Cursor> {
    const found = new Map<string, Position>();
    for (const grant of grants) found.set(grant.collectionId, await exchange.lastPosition(grant));
    return found;
  }

  /** As far as this node has followed the logs, if it follows all of them. */
  function knownEnds({ grants }: Reading): Cursor | undefined {
    const found = new Map<string, Position>();
    for (const grant of grants) {
      const end = tails.knownEnd(grant);
      if (end === undefined) return undefined;
      found.set(grant.collectionId, end);
    }
    return found;
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
            : refuse('not-found', `There is no collection ${echo(name)} that you may read.`);
        }
        grants.set(grant.collectionId, grant);
      }
      return accept({ actor, grants: [...grants.values()] });
    },

    async cursor(reading, text) {
      // A thousand streams that come back at once need not all ask the database where their log ends.
      const known = text === 'end' ? undefined : knownEnds(reading);
      const cursor = known === undefined ? undefined : parseCursor(text, known);
      return cursor?.ok ? cursor : parseCursor(text, await ends(reading));
    },

    admit({ actor }, address) {
      if (stopping) return refuse('shutting-down', 'The node is stopping; connect again in a moment.');
      return places.take({ tokenId: actor?.tokenId, address });
    },

    async stream(reading, cursor, response) {
      const stream = new LiveStream({ response, tails, turns, grants: reading.grants, cursor });
      open.add(stream, reading);
      using _expiry = atExpiry(reading.actor?.expires, clock, () => stream.end('token-expired'));
      try {
        // A right that ended between the request's check and the stream's entry in the list ends it here.
        const reason = await open.endOf(reading);
        if (reason === undefined) await stream.run();
        else stream.end(reason);
      } finally {
        open.delete(stream);
        metrics.streamsEnded.inc({ reason: stream.endedBy ?? 'client' });
      }
    },

    stop() {
      stopping = true;
      open[Symbol.dispose]();
    },
  };
}

/** From 0 to 1. */
function share(random: Random): number {
  const [low = 0, high = 0] = random.bytes(2);
  return (high * 256 + low) / 65_536;
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
