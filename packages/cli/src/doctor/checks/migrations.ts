import { configured } from '../check.ts';
import { fine, noted, problem, skipped } from '../finding.ts';

/** Whether the tables are those of this version: behind is mended by a start, ahead means an older program. */
export const migrations = configured('Tables', async ({ config, server }) => {
  const { migrations: known, planMigrations, storageLocation } = server;
  try {
    const { applied, pending } = await planMigrations(storageLocation(config), known);
    if (applied.length === 0) return [noted('There are no data yet; the first start makes the tables')];
    if (pending.length === 0) return [fine('The tables are those of this version')];
    const steps = pending.length === 1 ? '1 step is' : `${pending.length} steps are`;
    return [
      noted(
        `${steps} to be applied to the tables, which the next start does`,
        'Make a backup first: "belltower backup --out FILE"; "belltower migrate --dry-run" shows the steps.',
      ),
    ];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === 'MigrationError') {
      return [
        problem('The data are newer than this version of the program, or of another line', error.message),
      ];
    }
    if (error.name === 'PostgresSetupError') return [skipped('Needs a database that can be reached')];
    throw error;
  }
});
