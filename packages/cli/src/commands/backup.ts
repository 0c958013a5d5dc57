import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { amountOf } from '../output/print-digests.ts';
import { Progress } from '../output/progress.ts';
import { print, printJson } from '../output/terminal.ts';
import type { StorageOptions } from '../session/storage-options.ts';
import { loadServer, placeOfData, storageConfig, withStorage } from '../session/storage-options.ts';
import { untilInterrupted } from '../until-interrupted.ts';
import { programVersion } from '../version.ts';
import { backupVerifySubcommand } from './backup-verify.ts';
import { teaching, withJson } from './teaching.ts';

interface Options extends StorageOptions {
  readonly out?: string;
  readonly json?: boolean;
}

/** `belltower backup`: exit code 0 when the file is whole and in place, else 2. */
export function backupCommand(): Command {
  const command = teaching('backup', {
    summary: "write all of a node's data into one file, while it runs; or verify such a file",
    about:
      "Writes all of a node's data, as they are at one moment, into one compressed file, with a digest of each collection. " +
      'The node may run meanwhile. The file appears when it is complete; it holds everything that is shared, so keep it as safe ' +
      'as the node. "backup verify" checks such a file without restoring it.',
    examples: [
      'backup --out belltower-2026-11-22.backup',
      'backup --data /var/lib/belltower --out /backups/tonight --json',
      'backup verify belltower-2026-11-22.backup',
    ],
  });
  return withStorage(withJson(command))
    .option('-o, --out <file>', 'a file that does not exist yet')
    .addCommand(backupVerifySubcommand())
    .action(async (options: Options) => {
      using signal = untilInterrupted();
      using progress = new Progress();
      const { createBackup, migrations, planMigrations, storageLocation } = await loadServer();
      const file = options.out;
      if (file === undefined)
        throw new CommandError('A backup needs a file.', { advice: 'Give --out FILE.' });
      const config = await storageConfig(options);
      const location = storageLocation(config);
      if (existsSync(file)) throw new CommandError(`${file} exists already; a backup overwrites nothing.`);
      if ((await planMigrations(location, migrations)).applied.length === 0) {
        throw new CommandError(`There is no node's data in ${placeOfData(config)}.`, {
          advice: 'Is --data right?',
        });
      }
      progress.show(`Writing ${file} …`);
      const { bytes, sha256, digests, tables } = await createBackup({
        location,
        file,
        program: programVersion,
        signal,
      });
      progress[Symbol.dispose]();
      const rows = tables.reduce((sum, table) => sum + table.rows, 0);
      if (options.json === true) return printJson({ file, rows, bytes, sha256, collections: digests });
      await print(`${file}: ${amountOf(digests)}, and everything about members; ${bytes} bytes.`);
    });
}
