import type { Context } from 'hono';
import type { z } from 'zod';
import type { HttpEnvironment } from './environment.ts';
import { RefusalError } from './refusal.ts';
import { queryPlace, schemaRefusal } from './schema-refusal.ts';

/** The query of a request as a schema has it; parameters named in `lists` may come several times. Throws RefusalError. */
export function parseQuery<Schema extends z.ZodType>(
  context: Context<HttpEnvironment>,
  schema: Schema,
  lists: readonly string[] = [],
): z.output<Schema> {
  const several = lists.flatMap((name) => {
    const values = context.req.queries(name);
    return values === undefined ? [] : [[name, values] as const];
  });
  const query = { ...context.req.query(), ...Object.fromEntries(several) };
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  throw new RefusalError(schemaRefusal({ schema, error: parsed.error, input: query, place: queryPlace }));
}
