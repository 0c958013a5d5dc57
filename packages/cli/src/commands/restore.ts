import type { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { readable } from '../input/read-source.ts';
import { Progress } from '../output/progress.ts';
import { print, printJson } from '../output/terminal.ts';
import type { StorageOptions } from '../session/storage-options.ts';
import { loadServer, placeOfData, storageConfig, withStorage } from '../session/storage-options.ts';
import { teaching, withJson } from './teaching.ts';

interface Options extends StorageOptions {
  readonly check?: boolean;
  readonly json?: boolean;
}

/** `belltower restore FILE`: exit code 0 when everything is restored, else 2, and then nothing is. */
export function restoreCommand(): Command {
  const command = teaching('restore', {
    summary: 'load a backup into an empty place',
    about:
      'Loads a backup into a data directory or database that is empty, of either kind. A file that is cut off or altered is ' +
      'refused, and nothing of it is kept. --check reads the file to its end and restores nothing.',
    examples: ['restore belltower.backup --data ./restored', 'restore belltower.backup --check'],
  });
  return withStorage(withJson(command))
    .argument('<file>', 'what "belltower backup" wrote')
    .option('--check', 'only say whether the file is whole')
    .action(async (file: string, options: Options) => {
      const { migrations, restoreBackup, storageLocation, verifyBackup } = await loadServer();
      const config = await storageConfig(options);
      const check = options.check === true;
      const { header, rows } = await work(file, () => {
        const location = storageLocation(config);
        return check ? verifyBackup(file) : restoreBackup({ location, file, migrations });
      });
      const taken = new Date(header.started / 1_000).toISOString();
      if (options.json === true)
        return printJson({ file, checked: check, rows, taken, program: header.program });
      const what = `${rows} rows as of ${taken}`;
      await print(check ? `${file} is whole: ${what}.` : `${what} restored to ${placeOfData(config)}.`);
    });
}

async function work<Result>(file: string, run: () => Promise<Result>): Promise<Result> {
  using progress = new Progress();
  progress.show(`Reading ${file} …`);
  try {
    return await run();
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : '';
    const unusable =
      name === 'ArchiveError' || (cause instanceof Error && Reflect.get(cause, 'path') === file);
    if (!unusable) throw cause;
    throw new CommandError(`${file} cannot be restored: ${readable(cause)}.`, { cause });
  }
}
