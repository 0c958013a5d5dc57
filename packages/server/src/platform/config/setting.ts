import { z } from 'zod';
import { Secret } from '../secret.ts';

/** What belongs together in the documentation, in the order in which it stands there. */
export const settingGroups = {
  listen: 'Where the node listens',
  storage: 'Where the data stand',
  log: 'What the node says of itself',
  limits: 'What one request, token or person may ask for',
} as const;

export type SettingGroup = keyof typeof settingGroups;

/** One thing that the environment decides. Everything there is to know of it stands here, for the program and for people. */
export interface Setting<Value> {
  /** The variable. */
  readonly name: string;
  readonly group: SettingGroup;
  /** What it decides, in a sentence for an operator. */
  readonly says: string;
  /** What it may be, in words that complete "has to be …". */
  readonly allowed: string;
  readonly unit: string | undefined;
  /** As it would stand in the environment; undefined: nothing is set. */
  readonly fallback: string | undefined;
  /** Whether it can also be read from the file that `<name>_FILE` names. */
  readonly secret: boolean;
  readonly schema: z.ZodType<Value, string | undefined>;
}

/** What every setting says of itself. */
interface Described {
  readonly name: `BELLTOWER_${string}`;
  readonly group: SettingGroup;
  readonly says: string;
}

interface Bounds {
  readonly fallback: number;
  readonly least: number;
  readonly most: number;
  readonly unit?: string;
}

/** A whole number. */
export function count({ fallback, least, most, unit, ...described }: Described & Bounds): Setting<number> {
  const allowed = `a whole number from ${least} to ${most}`;
  return {
    ...described,
    allowed,
    unit,
    fallback: String(fallback),
    secret: false,
    schema: wholeNumber(least, most, allowed).prefault(String(fallback)),
  };
}

/** Whole seconds; the value is in milliseconds, which is what timers take. */
export function seconds({
  fallback,
  least,
  most,
  ...described
}: Described & Omit<Bounds, 'unit'>): Setting<number> {
  const allowed = `a whole number of seconds from ${least} to ${most}`;
  return {
    ...described,
    allowed,
    unit: 's',
    fallback: String(fallback),
    secret: false,
    schema: wholeNumber(least, most, allowed)
      .transform((value) => value * 1_000)
      .prefault(String(fallback)),
  };
}

/** A text that is always there. */
export function text<Value = string>({
  fallback,
  longest = 1_000,
  transform,
  ...described
}: Described & { fallback: string; longest?: number; transform: (value: string) => Value }): Setting<Value> {
  return {
    ...described,
    allowed: `a text of 1 to ${longest} characters`,
    unit: undefined,
    fallback,
    secret: false,
    schema: line(longest).transform(transform).prefault(fallback),
  };
}

/** A text that may be missing. */
export function optionalText({
  longest = 1_000,
  ...described
}: Described & { longest?: number }): Setting<string | undefined> {
  return {
    ...described,
    allowed: `a text of 1 to ${longest} characters`,
    unit: undefined,
    fallback: undefined,
    secret: false,
    schema: line(longest).optional(),
  };
}

/** One of some words. */
export function choice<const Word extends string>({
  words,
  fallback,
  ...described
}: Described & { words: readonly Word[]; fallback: NoInfer<Word> }): Setting<Word> {
  const allowed = `one of ${words.join(', ')}`;
  return {
    ...described,
    allowed,
    unit: undefined,
    fallback,
    secret: false,
    schema: z
      .string()
      .pipe(z.enum(words, `has to be ${allowed}`))
      .prefault(fallback),
  };
}

/** An address with one of these schemes; without a slash at its end. May be missing. */
export function address({
  schemes,
  ...described
}: Described & { schemes: readonly string[] }): Setting<string | undefined> {
  const url = urlOf(schemes);
  return {
    ...described,
    allowed: `an address that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
    unit: undefined,
    fallback: undefined,
    secret: false,
    schema: url.transform((value) => value.replace(/\/+$/, '')).optional(),
  };
}

/** As `address`, with a password in it. */
export function secretAddress({
  schemes,
  ...described
}: Described & { schemes: readonly string[] }): Setting<Secret | undefined> {
  return {
    ...address({ schemes, ...described }),
    secret: true,
    schema: urlOf(schemes)
      .transform((value) => new Secret(value))
      .optional(),
  };
}

/** A text that is not shown anywhere. May be missing. */
export function secretText({
  shortest,
  ...described
}: Described & { shortest: number }): Setting<Secret | undefined> {
  const allowed = `a text of ${shortest} to 1000 characters without spaces`;
  return {
    ...described,
    allowed,
    unit: undefined,
    fallback: undefined,
    secret: true,
    schema: z
      .string()
      .regex(new RegExp(`^[\\x21-\\x7e]{${shortest},1000}$`), `has to be ${allowed}`)
      .transform((value) => new Secret(value))
      .optional(),
  };
}

function wholeNumber(least: number, most: number, allowed: string) {
  const problem = `has to be ${allowed}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, problem)
    .transform(Number)
    .refine((value) => value >= least && value <= most, problem);
}

function line(longest: number) {
  return z.string().min(1, 'may not be empty').max(longest, `may be ${longest} characters long at the most`);
}

function urlOf(schemes: readonly string[]) {
  return z.url({
    protocol: new RegExp(`^(?:${schemes.join('|')})$`),
    error: `has to be an address that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
  });
}
