import type { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { printDigests } from '../output/print-digests.ts';
import { printJson } from '../output/terminal.ts';
import type { StorageOptions } from '../session/storage-options.ts';
import { loadServer, placeOfData, storageConfig, withStorage } from '../session/storage-options.ts';
import { teaching, withJson } from './teaching.ts';

interface Options extends StorageOptions {
  readonly json?: boolean;
}

/** `belltower digest`: exit code 0 when the digests could be computed, else 2. */
export function digestCommand(): Command {
  const command = teaching('digest', {
    summary: 'say in a few figures what each collection holds, to compare places',
    about:
      "Reads a node's data, which may be in use, and prints for each collection how many entries it has, the last position, and " +
      'a SHA-256 over all entries in order. Two places that print the same hold the same: a node and a backup of it ' +
      '("backup verify"), or a node before and after a move to another database.',
    examples: ['digest', 'digest --data /var/lib/belltower --json'],
  });
  return withStorage(withJson(command)).action(async (options: Options) => {
    const { readDigests, storageLocation } = await loadServer();
    const config = await storageConfig(options);
    const digests = await readDigests(storageLocation(config));
    if (digests === undefined) {
      throw new CommandError(`There is no node's data in ${placeOfData(config)}.`, {
        advice: 'Is --data right?',
      });
    }
    if (options.json === true) await printJson({ collections: digests });
    else await printDigests(digests);
  });
}
