import { setImmediate } from 'node:timers/promises';
import type { Collection, Collections } from '../collections/index.ts';
import { mayRead } from '../collections/index.ts';
import type { ReadGrant } from '../exchange/index.ts';
import type { Actor, Identity } from '../identity/index.ts';
import { eventText } from './event-text.ts';
import type { EndReason, LiveStream } from './live-stream.ts';

/** Somebody's reading of some collections. */
export interface Reading {
  readonly actor: Actor | undefined;
  readonly grants: readonly ReadGrant[];
}

interface Parts {
  readonly identity: Pick<Identity, 'stillValid' | 'access'>;
  readonly collections: Pick<Collections, 'all'>;
  /** Milliseconds between heartbeats. */
  readonly heartbeat: number;
  /** The time, as a heartbeat tells it. */
  readonly now: () => string;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** A reader that takes nothing for so long is cut off; it resumes where it was. Milliseconds. */
const patience = 120_000;
const lookForStuck = 10_000;
/** Streams that are written to before others get their time. */
const stride = 250;
/** Tokens that are looked up at once. */
const lookUps = 8;
/** Streams that all end at once come back after these milliseconds, and up to so many more for each of them, at random. */
const comeBack = { least: 500, perStream: 5, most: 30_000 };

/** The open streams of a node: what is done to all of them alike is done once, not once for each. */
export class OpenStreams implements Disposable {
  readonly #parts: Parts;
  readonly #open = new Map<LiveStream, Reading>();
  readonly #timers: readonly NodeJS.Timeout[];
  readonly #stopListening: () => void;
  #checking = false;
  #checkAgain = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#stopListening = parts.identity.access.onChange(() => void this.#check());
    this.#timers = [
      setInterval(() => void this.#beat(), parts.heartbeat).unref(),
      setInterval(() => this.#cutOffStuck(), lookForStuck).unref(),
    ];
  }

  get size(): number {
    return this.#open.size;
  }

  add(stream: LiveStream, reading: Reading): void {
    this.#open.set(stream, reading);
  }

  delete(stream: LiveStream): void {
    this.#open.delete(stream);
  }

  /** Why a stream may not go on, as far as rights go; undefined: it may. */
  async endOf(reading: Reading): Promise<EndReason | undefined> {
    const [verdict] = await this.#verdicts([reading]);
    return verdict;
  }

  /** Ends all of them because the node stops. */
  [Symbol.dispose](): void {
    this.#stopListening();
    for (const timer of this.#timers) clearInterval(timer);
    for (const stream of this.#open.keys()) stream.end('shutting-down', this.#retry());
  }

  /** Milliseconds after which one of all these streams comes back. */
  #retry(): number {
    const { least, perStream, most } = comeBack;
    return Math.round(least + Math.min(most, perStream * this.#open.size) * this.#parts.random());
  }

  /** Ends the streams whose right to read has ended (rule R3). A change that comes meanwhile is looked at right after. */
  async #check(): Promise<void> {
    this.#checkAgain = true;
    if (this.#checking) return;
    this.#checking = true;
    try {
      while (this.#checkAgain) {
        this.#checkAgain = false;
        const streams = [...this.#open];
        const verdicts = await this.#verdicts(streams.map(([, reading]) => reading));
        for (const [index, [stream]] of streams.entries()) {
          const reason = verdicts[index];
          if (reason !== undefined) stream.end(reason, reason === 'unavailable' ? this.#retry() : undefined);
        }
      }
    } finally {
      this.#checking = false;
    }
  }

  /**
   * One look-up for each token, however many streams it has. What cannot be checked is not allowed; but nobody has lost a right
   * by it, so they may come back and be checked again.
   */
  async #verdicts(readings: readonly Reading[]): Promise<readonly (EndReason | undefined)[]> {
    const { identity, collections } = this.#parts;
    const actors = new Map(
      readings.flatMap(({ actor }) => (actor === undefined ? [] : [[actor.tokenId, actor]])),
    );
    const validity = new Map<string, boolean | undefined>();
    const left = [...actors.values()];
    const lookUp = async () => {
      for (let actor = left.pop(); actor !== undefined; actor = left.pop()) {
        validity.set(actor.tokenId, await identity.stillValid(actor).catch(() => undefined));
      }
    };
    await Promise.all(Array.from({ length: lookUps }, lookUp));
    const all = await collections.all().catch(() => undefined);
    const byId = new Map(all?.map((collection) => [collection.id, collection]));
    return readings.map(({ actor, grants }) => {
      const isValid = actor === undefined || validity.get(actor.tokenId);
      if (isValid === false) return 'access-lost';
      if (isValid === undefined || all === undefined) return 'unavailable';
      return grants.every(({ collectionId }) => isReadable(byId.get(collectionId), actor))
        ? undefined
        : 'access-lost';
    });
  }

  async #beat(): Promise<void> {
    const heartbeat = Buffer.from(
      eventText({ event: 'heartbeat', data: JSON.stringify({ at: this.#parts.now() }) }),
    );
    let beaten = 0;
    for (const stream of [...this.#open.keys()]) {
      stream.beat(heartbeat);
      beaten += 1;
      if (beaten % stride === 0) await setImmediate();
    }
  }

  #cutOffStuck(): void {
    const moment = performance.now() - patience;
    for (const stream of this.#open.keys()) if (stream.isStuckSince(moment)) stream.cutOff();
  }
}

function isReadable(collection: Collection | undefined, actor: Actor | undefined): boolean {
  return collection !== undefined && mayRead(collection, actor);
}
