import { readFileSync } from 'node:fs';
import { limitSettings } from './limit-settings.ts';
import type { Setting } from './setting.ts';
import { settings } from './settings.ts';

type Values<Table> = {
  readonly [Key in keyof Table]: Table[Key] extends Setting<infer Value> ? Value : never;
};

/** Bounds on what one request may ask of the node; each has its own refusal. */
export type Limits = Values<typeof limitSettings>;

/** Everything that the environment decides, read once and frozen. */
export type Config = Values<typeof settings> & { readonly limits: Limits };

type Variables = Readonly<Record<string, string | undefined>>;

/** Every setting, in the order of the tables. */
export const allSettings: readonly Setting<unknown>[] = [
  ...Object.values(settings),
  ...Object.values(limitSettings),
];

/** The names of the variables that `readConfig` knows. */
export const configVariables: readonly string[] = allSettings.flatMap(({ name, secret }) =>
  secret ? [name, `${name}_FILE`] : [name],
);

/** Variables with the same beginning that belong to the command line and to the tests. */
const foreign = /^BELLTOWER_(?:TEST_.*|TOKEN|SERVER|PROFILE|DEBUG|SHARED)$/;

/** A set-up that cannot work; the message names each variable and what it must be. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the configuration from environment variables, and secrets from the files that `…_FILE` names. Throws ConfigError, also
 * for a misspelt `BELLTOWER_…` name. The message never shows a value.
 */
export function readConfig(variables: Variables): Config {
  const unknown = Object.keys(variables).filter(
    (name) => name.startsWith('BELLTOWER_') && !foreign.test(name) && !configVariables.includes(name),
  );
  const problems = unknown.length === 0 ? [] : [`No such setting: ${unknown.join(', ')}`];
  const limits = readTable(limitSettings, variables, problems);
  const config = { ...readTable(settings, variables, problems), limits };
  if ((config.tlsCertificate === undefined) !== (config.tlsKey === undefined))
    problems.push('BELLTOWER_TLS_CERT and BELLTOWER_TLS_KEY: set both, or neither');
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return Object.freeze(config);
}

/** The values of a table. What does not fit is added to `problems`, and its value is then missing. */
function readTable<Table extends Readonly<Record<string, Setting<unknown>>>>(
  table: Table,
  variables: Variables,
  problems: string[],
): Values<Table> {
  const values = Object.entries(table).map(([key, setting]) => {
    try {
      const parsed = setting.schema.safeParse(textOf(setting, variables));
      if (parsed.success) return [key, parsed.data];
      problems.push(`${setting.name}: ${parsed.error.issues.map(({ message }) => message).join(', ')}`);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(error.message);
    }
    return [key, undefined];
  });
  // A parser's end: the entries were made from the table's own keys and parsers.
  return Object.freeze(Object.fromEntries(values)) as Values<Table>;
}

function textOf({ name, secret }: Setting<unknown>, variables: Variables): string | undefined {
  const file = secret ? variables[`${name}_FILE`] : undefined;
  if (file === undefined) return variables[name];
  if (variables[name] !== undefined) throw new ConfigError(`Set ${name} or ${name}_FILE, not both`);
  try {
    // A file that a person wrote ends with a line's end.
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    throw new ConfigError(`${name}_FILE: ${file} cannot be read`, { cause });
  }
}
