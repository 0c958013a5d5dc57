import { PostgresQueryCompiler } from 'kysely';
import { checkArray, checkParameter } from '../sql-value.ts';

/** PostgreSQL's compiler, refusing the parameters that SQLite would refuse. Arrays are `inList`'s. */
export class StrictPostgresCompiler extends PostgresQueryCompiler {
  protected override appendValue(value: unknown): void {
    const place = this.numParameters + 1;
    super.appendValue(Array.isArray(value) ? checkArray(value, place) : checkParameter(value, place));
  }
}
