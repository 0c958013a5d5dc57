import type { Outcome } from '../../platform/http/refusal.ts';
import type { Platform } from '../../platform/platform.ts';
import type { CollectionChange, Collections } from '../collections/index.ts';
import type { Actor, Identity } from '../identity/index.ts';
import { whileValid } from '../identity/index.ts';
import { createAppender } from './appender.ts';
import type { AudienceChange } from './change-collection.ts';
import { changeCollection } from './change-collection.ts';
import type { ObjectRecord, PageQuery } from './content/read-store.ts';
import { lastPosition, positionAt, readLog, readObjects, readRecords } from './content/read-store.ts';
import type { ObjectResult } from './contract.ts';
import type { Entry, Position } from './entry.ts';
import { createJudges } from './judging/judges.ts';
import type { PublishCommand } from './publish.ts';
import { publish } from './publish.ts';
import type { ReadGrant } from './read-grant.ts';
import type { Growth } from './wake-ups.ts';
import { createWakeUps } from './wake-ups.ts';
import type { WithdrawCommand, Withdrawn } from './withdraw.ts';
import { withdraw } from './withdraw.ts';

/** The gate, the log and its readers. */
export interface Exchange extends AsyncDisposable {
  publish(command: PublishCommand): Promise<Outcome<readonly ObjectResult[]>>;
  withdraw(command: WithdrawCommand): Promise<Outcome<readonly Withdrawn[]>>;
  changeCollection(request: {
    actor: Actor;
    collectionId: string;
    change: CollectionChange;
  }): Promise<Outcome<AudienceChange>>;
  /** Entries of a log in order (rules R1, R2). */
  readLog(
    grant: ReadGrant,
    range: { readonly after: Position; readonly limit: number },
  ): Promise<readonly Entry[]>;
  lastPosition(grant: ReadGrant): Promise<Position>;
  /** The last position that was added at this time (microseconds) or before. */
  positionAt(grant: ReadGrant, added: number): Promise<Position>;
  /** At most `limit` objects, and one more where there is more. */
  readObjects(
    grant: ReadGrant,
    query: PageQuery,
  ): Promise<readonly (ObjectRecord & { readonly text: string })[]>;
  readRecords(grant: ReadGrant, query: PageQuery): Promise<readonly ObjectRecord[]>;
  /** Calls `listener` when a log may have grown; also look on a timer. */
  onGrowth(collectionId: string, listener: (growth: Growth) => void): () => void;
}

export function createExchange(platform: Platform, identity: Identity, collections: Collections): Exchange {
  const { storage, config, log } = platform;
  const wakeUps = createWakeUps(platform);
  const appender = createAppender(platform, wakeUps.announce);
  const judges = createJudges({
    limits: config.limits,
    onError: (error) => log.error('publish.failed', { error }),
  });
  return {
    publish: (command) =>
      whileValid(identity, command.actor, () => publish({ appender, judges }, command)),
    withdraw: (command) =>
      whileValid(identity, command.actor, () => withdraw(platform, command, wakeUps.announce)),
    changeCollection: (request) =>
      whileValid(identity, request.actor, () =>
        changeCollection({ platform, collections, identity }, request),
      ),
    readLog: (grant, range) => readLog(storage.read, grant, range),
    lastPosition: (grant) => lastPosition(storage.read, grant),
    positionAt: (grant, added) => positionAt(storage.read, grant, added),
    readObjects: (grant, query) => readObjects(storage.read, grant, query),
    readRecords: (grant, query) => readRecords(storage.read, grant, query),
    onGrowth: wakeUps.onGrowth,
    async [Symbol.asyncDispose]() {
      await judges[Symbol.asyncDispose]();
      await appender.idle();
    },
  };
}
