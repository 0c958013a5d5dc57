import type { Command } from 'commander';
import { print, printJson } from '../output/terminal.ts';
import type { StorageOptions } from '../session/storage-options.ts';
import { loadServer, placeOfData, storageConfig, withStorage } from '../session/storage-options.ts';
import { teaching, withJson } from './teaching.ts';

interface Options extends StorageOptions {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `belltower migrate`: what a start of the node does to its tables, on its own. */
export function migrateCommand(): Command {
  const command = teaching('migrate', {
    summary: "bring a node's tables up to this version",
    about:
      "Brings a node's tables up to this version of the program, as its start would. Each step is kept whole or not at all.\n" +
      'Stop a node on SQLite first. --dry-run shows what would be done, also while the node runs.',
    examples: ['migrate --dry-run', 'migrate --data /var/lib/belltower'],
  });
  return withStorage(withJson(command))
    .option('--dry-run', 'show what would be done, and do nothing')
    .action(async (options: Options) => {
      const { migrations, openStorage, planMigrations, storageLocation } = await loadServer();
      const config = await storageConfig(options);
      const location = storageLocation(config);
      const plan = await planMigrations(location, migrations);
      const pending = plan.pending.map(({ slice, number, name }) => ({ slice, number, name }));
      const dryRun = options.dryRun === true;
      if (!dryRun && pending.length > 0) {
        await using _storage = await openStorage({ ...location, migrations });
      }
      if (options.json === true) return printJson({ dryRun, applied: plan.applied.length, pending });
      const verb = dryRun ? 'would be applied to' : 'applied to';
      for (const { slice, number, name } of pending) await print(`${slice} ${number}  ${name}`);
      const steps = pending.length === 1 ? '1 step' : `${pending.length} steps`;
      const place = placeOfData(config);
      await print(pending.length === 0 ? `Up to date: ${place}.` : `${steps} ${verb} ${place}.`);
    });
}
