import type { Command } from 'commander';
import { readingBackup } from '../input/reading-backup.ts';
import { amountOf, printDigests } from '../output/print-digests.ts';
import { note, print, printJson } from '../output/terminal.ts';
import type { StorageOptions } from '../session/storage-options.ts';
import { loadServer, placeOfData, storageConfig, withStorage } from '../session/storage-options.ts';
import { untilInterrupted } from '../until-interrupted.ts';
import { teaching, withJson } from './teaching.ts';

interface Options extends StorageOptions {
  readonly json?: boolean;
}

/** `belltower restore FILE`: exit code 0 when everything is restored, else 2, and then nothing is. */
export function restoreCommand(): Command {
  const command = teaching('restore', {
    summary: 'load a backup into an empty place',
    about:
      'Loads a backup into a data directory or database that is empty, of either kind, and compares what each collection then ' +
      'holds with the digest in the backup. A file that is cut off or altered is refused, and nothing of it is kept. When it fails ' +
      'or is interrupted, give the same command again: the place is as empty as before. To check a file only, use ' +
      '"belltower backup verify".',
    examples: [
      'restore belltower.backup --data ./restored',
      'BELLTOWER_DATABASE_URL=postgres://localhost/belltower belltower restore belltower.backup',
    ],
  });
  return withStorage(withJson(command))
    .argument('<file>', 'what "belltower backup" wrote')
    .action(async (file: string, options: Options) => {
      using signal = untilInterrupted();
      const { restoreBackup, storageLocation } = await loadServer();
      const config = await storageConfig(options);
      const location = storageLocation(config);
      const restored = await readingBackup(file, () => restoreBackup({ location, file, signal }));
      const { header, rows, digests, compared } = restored;
      const taken = new Date(header.started / 1_000).toISOString();
      if (options.json === true) {
        return printJson({ file, rows, taken, program: header.program, compared, collections: digests });
      }
      await printDigests(digests, compared ? 'as in the backup' : 'not compared');
      if (!compared) note('An older program made this backup, without digests to compare with.');
      await print(`${amountOf(digests)} restored to ${placeOfData(config)}, as of ${taken}.`);
    });
}
