import type { Config } from '@belltower/server';
import type { Command } from 'commander';

/** Options of commands that work on a node's data without the node. */
export interface StorageOptions {
  readonly data?: string;
}

/** Adds `--data`. */
export function withStorage(command: Command): Command {
  return command.option(
    '--data <directory>',
    "the node's data (BELLTOWER_DATA, ./belltower-data); unused with BELLTOWER_DATABASE_URL",
  );
}

/** The node's program, loaded only by what needs it: the other commands start in half the time. */
export function loadServer() {
  return import('@belltower/server');
}

/** The configuration that `serve` would have, as far as the data goes. Throws ConfigError. */
export async function storageConfig({ data }: StorageOptions): Promise<Config> {
  const { readConfig } = await loadServer();
  return readConfig({ ...process.env, ...(data === undefined ? {} : { BELLTOWER_DATA: data }) });
}

/** Where the data are, for a person; an address of a database can hold a password, so it is not shown. */
export function placeOfData(config: Config): string {
  return config.databaseUrl === undefined ? config.dataDirectory : 'the database of BELLTOWER_DATABASE_URL';
}
