import type { Outcome } from '../../platform/http/refusal.ts';
import type { Platform } from '../../platform/platform.ts';
import type { CollectionChange, Collections } from '../collections/index.ts';
import type { Actor, Identity } from '../identity/index.ts';
import { whileValid } from '../identity/index.ts';
import { createAppender } from './appending/appender.ts';
import type { AudienceChange } from './change-collection.ts';
import { changeCollection } from './change-collection.ts';
import type { ObjectRecord, PageQuery } from './content/read-store.ts';
import { lastPosition, readLog, readRecords } from './content/read-store.ts';
import type { ImportAnswer, ObjectResult } from './contract.ts';
import type { Entry, Position } from './entry.ts';
import { createConverter } from './importing/converter.ts';
import type { ImportCommand } from './importing/import-objects.ts';
import { importObjects } from './importing/import-objects.ts';
import { createJudges } from './judging/judges.ts';
import type { PublishCommand } from './publish.ts';
import { publish } from './publish.ts';
import type { ReadGrant } from './read-grant.ts';
import type { TextPageQuery } from './reading/page-reader.ts';
import { createPageReader } from './reading/page-reader.ts';
import type { TextPage } from './reading/text-page.ts';
import type { Growth } from './wake-ups.ts';
import { createWakeUps } from './wake-ups.ts';
import type { WithdrawCommand, Withdrawn } from './withdraw.ts';
import { withdraw } from './withdraw.ts';

/** The gate, the log and its readers. */
export interface Exchange extends AsyncDisposable {
  publish(command: PublishCommand): Promise<Outcome<readonly ObjectResult[]>>;
  /** Makes STIX of another format, and publishes it. */
  importObjects(command: ImportCommand): Promise<Outcome<ImportAnswer>>;
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
  /** Objects with their texts, as one moment has them that is not earlier than the call (rules L6, R5). */
  readPage(grant: ReadGrant, query: TextPageQuery): Promise<TextPage>;
  /** At most `limit` objects without their texts, and one more where there is more. */
  readRecords(grant: ReadGrant, query: PageQuery): Promise<readonly ObjectRecord[]>;
  /** Calls `listener` when a log may have grown; also look on a timer. */
  onGrowth(collectionId: string, listener: (growth: Growth) => void): () => void;
}

export function createExchange(platform: Platform, identity: Identity, collections: Collections): Exchange {
  const { storage, config, log, metrics } = platform;
  const wakeUps = createWakeUps(platform);
  const pages = createPageReader(storage.read, {
    bytes: config.cacheBytes,
    answered: (from) => metrics.pages.inc({ cache: from }),
  });
  metrics.atScrape(() => metrics.cacheBytes.set(pages.bytes));
  const appender = createAppender(platform, wakeUps.announce);
  const judges = createJudges({
    limits: config.limits,
    onError: (error) => log.error('publish.failed', { error }),
  });
  const converter = createConverter({ onError: (error) => log.warn('import.failed', { error }) });
  const count = (outcome: Outcome<readonly ObjectResult[]>) => {
    const results = new Map<string, number>();
    for (const { status } of outcome.ok ? outcome.value : [])
      results.set(status, (results.get(status) ?? 0) + 1);
    for (const [result, objects] of results) metrics.objectsPublished.inc({ result }, objects);
    return outcome;
  };
  const publishValid = (command: PublishCommand) =>
    whileValid(identity, command.actor, async () =>
      count(await publish({ appender, judges, identity }, command)),
    );
  const importing = {
    converter,
    judges,
    publish: publishValid,
    uuid: () => platform.random.uuid(),
    limits: { objects: config.limits.bundleObjects, bytes: config.limits.decompressedBytes },
  };
  return {
    publish: publishValid,
    importObjects: (command) => whileValid(identity, command.actor, () => importObjects(importing, command)),
    withdraw: (command) =>
      whileValid(identity, command.actor, () => withdraw(platform, command, wakeUps.announce)),
    changeCollection: (request) =>
      whileValid(identity, request.actor, () =>
        changeCollection({ platform, collections, identity }, request),
      ),
    readLog: (grant, range) => readLog(storage.read, grant, range),
    lastPosition: (grant) => lastPosition(storage.read, grant),
    readPage: pages.read,
    readRecords: (grant, query) => readRecords(storage.read, grant, query),
    onGrowth: wakeUps.onGrowth,
    async [Symbol.asyncDispose]() {
      await converter[Symbol.asyncDispose]();
      await judges[Symbol.asyncDispose]();
      await appender.idle();
    },
  };
}
