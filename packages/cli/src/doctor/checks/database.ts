import { configured } from '../check.ts';
import { type Finding, fine, problem, warning } from '../finding.ts';

const oldest = 150_000;

/** Whether PostgreSQL can be reached and used, and whether its clock is ours. */
export const database = configured('Database', async ({ config, server, now }) => {
  if (config.databaseUrl === undefined) return [];
  const findings: Finding[] = [];
  try {
    const found = await server.inspectPostgres(config.databaseUrl.reveal(), now);
    const { version, versionNumber, encrypted, mayCreateTables, clockAhead, roundTrip } = found;
    const how = `${encrypted ? 'with' : 'without'} TLS, ${roundTrip.toFixed(0)} ms there and back`;
    if (versionNumber >= oldest) findings.push(fine(`PostgreSQL ${version} answers, ${how}`));
    else findings.push(problem(`This is PostgreSQL ${version}`, 'Belltower needs 15 or newer: upgrade it.'));
    if (!mayCreateTables) {
      findings.push(
        problem(
          'The user of BELLTOWER_DATABASE_URL may not make tables',
          'As its owner: grant create on schema public to that user.',
        ),
      );
    }
    findings.push(clock(clockAhead - roundTrip / 2, clockAhead + roundTrip / 2));
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'PostgresSetupError') throw error;
    const advice: unknown = Reflect.get(error, 'advice');
    findings.push(problem(error.message, typeof advice === 'string' ? advice : 'Change it, and look again.'));
  }
  return findings;
});

/** The clock's lead lies between two figures, in milliseconds. */
function clock(least: number, most: number): Finding {
  const off = least > 0 ? least : most < 0 ? -most : 0;
  if (off < 2_000) return fine("The database's clock and this machine's agree");
  const says = `The database's clock is ${(off / 1_000).toFixed(0)} s ${least > 0 ? 'ahead of' : 'behind'} this machine's`;
  return warning(says, 'Keep both with NTP: tokens end, and entries are dated, by the clocks.');
}
