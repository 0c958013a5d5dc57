import { z } from 'zod';
import { echo } from './echo.ts';
import type { Refusal } from './refusal.ts';

/** What is wrong with one place of an input. */
export interface SchemaProblem {
  readonly at: string;
  readonly message: string;
}

interface Mismatch {
  readonly schema: z.ZodType;
  readonly error: z.ZodError;
  /** What was given. */
  readonly input: unknown;
  /** How the path of a place is written: `$.scopes[0]` in a body, `?anonymous` in a query. */
  readonly place: (path: readonly PropertyKey[]) => string;
}

/** Problems that are told at once: enough to mend a form, too few to fill a screen. */
const mostProblems = 10;

/** Says in words what does not fit a schema, where, and what would. The first problem is the message, all are the details. */
export function schemaRefusal({ schema, error, input, place }: Mismatch): Refusal {
  const problems = error.issues.slice(0, mostProblems).map((issue): SchemaProblem => {
    const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
    return { at: place(path), message: wordsOf(issue, { schema, input }) };
  });
  const [first] = problems;
  return {
    code: 'bad-request',
    message: first?.message ?? 'This does not fit.',
    ...(first === undefined ? {} : { at: first.at }),
    ...(problems.length > 1 ? { details: { problems } } : {}),
  };
}

/** A path as JSON has it: `$.members[3].id`. */
export function bodyPlace(path: readonly PropertyKey[]): string {
  return `$${path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${echo(String(step))}`)).join('')}`;
}

/** The name of a parameter. */
export function queryPlace(path: readonly PropertyKey[]): string {
  return `?${echo(path.map(String).join('.'))}`;
}

function wordsOf(issue: z.core.$ZodIssue, { schema, input }: Pick<Mismatch, 'schema' | 'input'>): string {
  const given = valueAt(input, issue.path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const names = issue.keys.slice(0, 5).map((key) => `“${echo(key)}”`);
      const known = fieldsAt(schema, issue.path);
      const more = issue.keys.length > names.length ? ' …' : '';
      return `There is no ${names.join(', ')}${more} here${known === '' ? '' : `; there are ${known}`}.`;
    }
    case 'invalid_type':
      return given === undefined
        ? `This is missing; it has to be ${kinds[issue.expected] ?? issue.expected}.`
        : `This has to be ${kinds[issue.expected] ?? issue.expected}, not ${kindOf(given)}.`;
    case 'invalid_value': {
      const words = issue.values.map((value) => echo(String(value))).join(', ');
      if (given === undefined) return `This is missing; it has to be one of ${words}.`;
      return `This has to be one of ${words}, not ${kindOf(given)}.`;
    }
    case 'too_big':
      return `This may ${amount(issue.origin, issue.maximum)} at the most.`;
    case 'too_small':
      return `This has to ${amount(issue.origin, issue.minimum)} at least.`;
    case 'invalid_format':
      return formats[issue.format] ?? sentence(issue.message);
    default:
      return sentence(issue.message);
  }
}

const formats: Readonly<Record<string, string>> = {
  uuid: 'This has to be a UUID such as 5f0d1a52-3b1f-4c52-9a43-5bb1ad0f5e0a.',
  email: 'This has to be an e-mail address.',
};

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return `“${echo(value)}”`;
  return typeof value === 'object' ? 'an object' : echo(String(value));
}

function amount(origin: string, bound: number | bigint): string {
  if (origin === 'string') return `have ${bound} ${bound === 1 ? 'character' : 'characters'}`;
  if (origin === 'array') return `have ${bound} ${bound === 1 ? 'value' : 'values'}`;
  return `be ${bound}`;
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}

/** The names of the fields that a schema has at a place. */
function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): string {
  let at: unknown = schema;
  for (const step of path) {
    at = bare(at);
    if (at instanceof z.ZodObject) at = at.shape[String(step)];
    else if (at instanceof z.ZodArray) at = at.element;
    else return '';
  }
  at = bare(at);
  return at instanceof z.ZodObject ? Object.keys(at.shape).join(', ') : '';
}

/** The schema behind what makes it optional or gives it a default. */
function bare(schema: unknown): unknown {
  let at = schema;
  while (at instanceof z.ZodOptional || at instanceof z.ZodNullable || at instanceof z.ZodDefault)
    at = at.unwrap();
  return at;
}
