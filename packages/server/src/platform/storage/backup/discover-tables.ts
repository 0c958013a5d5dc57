import { type Kysely, sql } from 'kysely';
import type { Storage } from '../storage.ts';
import type { ArchiveTable, ArchiveType } from './archive-format.ts';

/** The tables of a database, without the list of migrations, which has a place of its own in a backup. */
export interface DiscoveredTables {
  readonly tables: readonly ArchiveTable[];
  /** Full-text indexes, whose names end in `_fts`: they are rebuilt from the log, and neither engine reads the other's. */
  readonly skipped: readonly string[];
}

interface Column {
  readonly table: string;
  readonly column: string | null;
  readonly type: string;
  /** 1: its values come from the engine, and must not be carried. */
  readonly generated: number;
  /** 1: its values come from a sequence, which a backup does not carry. */
  readonly sequence: number;
}

/** Asks the database what it holds. Throws for a column that a backup cannot carry: better at the first backup than at the restore. */
export async function discoverTables(
  db: Kysely<object>,
  engine: Storage['engine'],
): Promise<DiscoveredTables> {
  const { rows } = await (engine === 'sqlite' ? sqliteColumns : postgresColumns).execute(db);
  const byTable = Map.groupBy(rows, (row) => row.table);
  byTable.delete('migration');
  const names = [...byTable.keys()];
  const skipped = names.filter((name) => name.endsWith('_fts'));
  const tables = names
    .filter((name) => !skipped.includes(name))
    .map((name) => ({ name, columns: (byTable.get(name) ?? []).flatMap(carried) }));
  return { tables, skipped };
}

const sqliteColumns = sql<Column>`
  select t.name as "table", c.name as "column", case t.type when 'virtual' then 'of a virtual table' else c.type end as type,
    c.hidden in (2, 3) as generated, 0 as sequence
  from pragma_table_list as t left join pragma_table_xinfo(t.name) as c
  where t.schema = 'main' and t.type in ('table', 'virtual') and substr(t.name, 1, 7) <> 'sqlite_'
  order by t.name, c.cid`;

const postgresColumns = sql<Column>`
  select t.relname as "table", a.attname as "column", format_type(a.atttypid, null) as type,
    (a.attgenerated <> '')::integer as generated,
    (a.attidentity <> '' or coalesce(pg_get_expr(d.adbin, d.adrelid), '') like 'nextval(%')::integer as sequence
  from pg_class as t
  left join pg_attribute as a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef as d on d.adrelid = t.oid and d.adnum = a.attnum
  where t.relkind in ('r', 'p') and not t.relispartition
    and t.relnamespace = (select oid from pg_namespace where nspname = current_schema())
  order by t.relname collate "C", a.attnum`;

function carried(row: Column): ArchiveTable['columns'] {
  if (row.column === null || row.generated === 1) return [];
  const type = archiveType(row.type);
  if (type === undefined || row.sequence === 1) {
    const what = row.sequence === 1 ? 'takes its values from a sequence' : `has the type "${row.type}"`;
    throw new Error(`The column ${row.table}.${row.column} ${what}, which a backup cannot carry`);
  }
  return [{ name: row.column, type }];
}

/** By SQLite's rules for declared types, which suit PostgreSQL's names as well. */
function archiveType(declared: string): ArchiveType | undefined {
  if (/^(big|small)?int(eger)?$/i.test(declared)) return 'integer';
  if (/^(text|varchar|character varying)$/i.test(declared)) return 'text';
  if (/^(real|double precision)$/i.test(declared)) return 'real';
  return undefined;
}
