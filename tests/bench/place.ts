import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectStorage } from '../../packages/server/src/platform/storage/open-storage.ts';
import type { StorageLocation } from '../../packages/server/src/platform/storage/storage-location.ts';
import { postgresPlace, testDatabaseUrl } from '../../packages/server/src/platform/storage/testing.ts';

/** An empty database for one run; it is gone when it is disposed of. */
export interface Place extends AsyncDisposable {
  readonly engine: string;
  /** Of the engine. */
  readonly version: string;
  /** The environment that leads a node there. */
  readonly settings: Readonly<Record<string, string>>;
}

/** SQLite, and PostgreSQL where BELLTOWER_TEST_DATABASE_URL names one. */
export const places: readonly (() => Promise<Place>)[] = [
  sqlite,
  ...[testDatabaseUrl].flatMap((url) => (url === undefined ? [] : [() => postgres(url)])),
];

async function sqlite(): Promise<Place> {
  const directory = await mkdtemp(join(tmpdir(), 'belltower-bench-'));
  return {
    engine: 'sqlite',
    version: process.versions['sqlite'] ?? 'unknown',
    settings: { BELLTOWER_DATA: directory },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

async function postgres(base: string): Promise<Place> {
  const { location, remove } = await postgresPlace(base);
  const schema = location.kind === 'postgres' ? location.schema : undefined;
  const url = new URL(base);
  url.searchParams.append('options', `-c search_path=${schema}`);
  return {
    engine: 'postgres',
    version: await postgresVersion(location),
    settings: { BELLTOWER_DATABASE_URL: url.href },
    [Symbol.asyncDispose]: remove,
  };
}

async function postgresVersion(location: StorageLocation): Promise<string> {
  await using storage = await connectStorage(location, () => undefined);
  const setting = storage.read.selectNoFrom(({ fn, val }) =>
    fn<string>('current_setting', [val('server_version')]).as('version'),
  );
  return (await setting.executeTakeFirst())?.version ?? 'unknown';
}
