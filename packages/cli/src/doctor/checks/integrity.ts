import { configured } from '../check.ts';
import { type Finding, fine, noted, problem, skipped, warning } from '../finding.ts';

/** Whether the data are sound: SQLite's own check, and logs without holes. Also who can run the node. */
export const integrity = configured('Content', async ({ config, server }) => {
  const { inspectStorage, migrations, planMigrations, storageLocation } = server;
  const location = storageLocation(config);
  const plan = await planMigrations(location, migrations).catch(() => undefined);
  if (plan === undefined || plan.applied.length === 0 || plan.pending.length > 0) {
    return [skipped('Needs tables of this version')];
  }
  const found = await inspectStorage(location);
  if (found === undefined) return [];
  const { damage, gaps, operators } = found;
  const findings: Finding[] = damage.map((line) =>
    problem(
      `SQLite finds damage: ${line}`,
      'Stop the node, keep a copy of the directory, and restore the last backup into another.',
    ),
  );
  for (const { collectionId, position, entries, last } of gaps) {
    findings.push(
      problem(
        `The log of the collection ${collectionId} should have the entries 1 to ${position}, and has ${entries}, the last at ${last}`,
        'Restore the last backup into another place, and compare with "belltower digest".',
      ),
    );
  }
  if (findings.length === 0) findings.push(fine('The data are sound, and no log has a hole'));
  return [...findings, operator[operators]];
});

const operator: Readonly<Record<'lasting' | 'first-start' | 'nobody', Finding>> = {
  lasting: fine('Somebody holds a lasting operator token'),
  'first-start': warning(
    'Nobody holds a lasting operator token yet; that of the first start is outstanding and ends after a day',
    'Log in with it, add yourself ("belltower person add NAME --role node-operator"), and come in with the enrolment ("belltower enrol").',
  ),
  nobody: noted(
    'Nobody holds a valid operator token',
    'The next start of the node prints a one-time administrator token.',
  ),
};
