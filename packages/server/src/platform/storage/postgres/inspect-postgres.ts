import { sql } from 'kysely';
import { connectPostgres } from './postgres-storage.ts';

/** What a PostgreSQL says of itself and of us. */
export interface PostgresServer {
  readonly version: string;
  /** 150004 for 15.4. */
  readonly versionNumber: number;
  readonly encrypted: boolean;
  readonly mayCreateTables: boolean;
  /** Milliseconds by which its clock is ahead of this machine's, within half a round trip. */
  readonly clockAhead: number;
  /** Milliseconds there and back. */
  readonly roundTrip: number;
}

/** Connects once and looks; throws PostgresSetupError. */
export async function inspectPostgres(url: string, now: () => number): Promise<PostgresServer> {
  await using storage = await connectPostgres({ url, poolSize: 1, onError: () => undefined });
  const before = now();
  const { rows } = await sql<Row>`
    select current_setting('server_version') as version, current_setting('server_version_num') as number,
      coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as encrypted,
      has_schema_privilege(current_schema(), 'create') as create,
      (extract(epoch from clock_timestamp()) * 1000)::double precision as now`.execute(storage.read);
  const after = now();
  const [row] = rows;
  if (row === undefined) throw new Error('PostgreSQL says nothing of itself');
  return {
    version: row.version,
    versionNumber: Number(row.number),
    encrypted: row.encrypted === 1,
    mayCreateTables: row.create === 1,
    clockAhead: row.now - (before + after) / 2,
    roundTrip: after - before,
  };
}

interface Row {
  readonly version: string;
  readonly number: string;
  readonly encrypted: number;
  readonly create: number;
  readonly now: number;
}
