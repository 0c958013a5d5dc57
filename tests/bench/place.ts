import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresPlace, testDatabaseUrl } from '../../packages/server/src/platform/storage/testing.ts';

/** An empty database for one run; it is gone when it is disposed of. */
export interface Place extends AsyncDisposable {
  readonly engine: string;
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
    settings: { BELLTOWER_DATABASE_URL: url.href },
    [Symbol.asyncDispose]: remove,
  };
}
