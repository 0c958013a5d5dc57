import { CompiledQuery, type Kysely } from 'kysely';
import type { PackedRows } from './packed-rows.ts';
import { isPacked, packRows } from './packed-rows.ts';
import { checkArray, checkParameter } from './sql-value.ts';

/**
 * SQL whose text never changes, for what is asked thousands of times a second: nothing is built, and the engine keeps it prepared. It
 * is written as PostgreSQL has it, with parameters `$1`, `$2`, and `= any($3)` for a list; SQLite's form is made of that.
 */
export interface Statement {
  readonly text: string;
  readonly sqlite: string;
  /** For each `?` of `sqlite` the parameter that it stands for, from 0. */
  readonly order: readonly number[];
}

/** A statement that selects integers under these names, and then `text`. */
export interface PackingStatement extends Statement {
  readonly numbers: readonly string[];
  /** For PostgreSQL: as `text`, with a bound on the bytes as its last parameter. */
  readonly bounded: string;
}

/** What a parameter can be: a list is for `= any`. */
export type StatementParameter = string | number | null | readonly string[] | readonly number[];

const names = new Map<string, string>();

/** Declares a statement: once for each text, as connections keep what they have prepared. */
export function defineStatement(text: string): Statement {
  const order: number[] = [];
  const sqlite = text
    .replace(/= any\((\$\d+)\)/g, 'in (select value from json_each($1))')
    .replace(/\$(\d+)/g, (_, number: string) => {
      order.push(Number(number) - 1);
      return '?';
    });
  keepPrepared(text);
  return { text, sqlite, order };
}

/** Declares a statement whose texts are wanted as bytes; see `packStatement`. */
export function definePackingStatement(numbers: readonly string[], text: string): PackingStatement {
  const statement = defineStatement(text);
  const bounded = boundedText(numbers, text, Math.max(...statement.order) + 2);
  keepPrepared(bounded);
  return { ...statement, numbers, bounded };
}

/** The name under which a connection keeps a text prepared; undefined for SQL that may never come again. */
export function preparedName(text: string): string | undefined {
  return names.get(text);
}

/** Lets connections keep a text prepared. It stays so as long as the process runs. */
export function keepPrepared(text: string): void {
  if (!names.has(text)) names.set(text, `belltower_${names.size + 1}`);
}

/**
 * Rows in their order until so many bytes of text have come together, at least one. The row after the last that fits comes without
 * its text, which tells that there is more. PostgreSQL does not fetch a long text to find out how long it is.
 */
function boundedText(numbers: readonly string[], text: string, parameter: number): string {
  const columns = numbers.join(', ');
  const most = `$${parameter}::bigint`;
  return `select ${columns}, case when place = 1 or octets <= ${most} then text end as text from (
    select ${columns}, text, row_number() over before as place, octet_length(text) as own,
      sum(octet_length(text)) over before as octets
    from (${text}) as found window before as (rows unbounded preceding)
  ) as counted where place <= 2 or octets - own <= ${most}`;
}

/** A statement with its parameters on its way through Kysely; SQLite's connection knows it by its class. */
export class StatementQuery implements CompiledQuery {
  readonly query = blank.query;
  readonly queryId = blank.queryId;
  readonly sql: string;
  readonly parameters: readonly unknown[];
  readonly statement: Statement;
  /** Bytes of text that may come back, where the rows are to be packed. */
  readonly mostBytes: number | undefined;

  constructor(
    statement: Statement | PackingStatement,
    parameters: readonly StatementParameter[],
    mostBytes?: number,
  ) {
    const checked = parameters.map((value, index) =>
      typeof value === 'object' && value !== null
        ? checkArray(value, index + 1)
        : checkParameter(value, index + 1),
    );
    this.statement = statement;
    this.mostBytes = mostBytes;
    const bounded = 'bounded' in statement && mostBytes !== undefined;
    this.sql = bounded ? statement.bounded : statement.text;
    this.parameters = bounded ? [...checked, mostBytes] : checked;
  }
}

const blank = CompiledQuery.raw('');

/** Runs a statement. `Row` is a promise of its text, which no driver can check. */
export async function runStatement<Row>(
  db: Kysely<object>,
  statement: Statement,
  parameters: readonly StatementParameter[],
): Promise<readonly Row[]> {
  const { rows } = await db.executeQuery<Row>(new StatementQuery(statement, parameters));
  return rows;
}

/**
 * Runs a statement and gives its texts as bytes: as many rows as fit within `mostBytes`, and always the first. No more than
 * that is held in memory at once, whatever the statement would find.
 */
export async function packStatement(
  db: Kysely<object>,
  statement: PackingStatement,
  parameters: readonly StatementParameter[],
  mostBytes: number,
): Promise<PackedRows> {
  const query = new StatementQuery(statement, parameters, mostBytes);
  const { rows } = await db.executeQuery<unknown>(query);
  const [first] = rows;
  return isPacked(first) ? first : packRows(statement.numbers, rows);
}
