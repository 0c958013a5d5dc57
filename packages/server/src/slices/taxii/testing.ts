import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { TestNode } from '../../testing.ts';
import { taxiiMediaType } from './media-types.ts';

/** What a test wants to send besides the usual headers. */
export interface TestRequest {
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Sends a request to `/taxii2{path}` as a TAXII client does. */
export async function ask(
  node: Pick<TestNode, 'url'>,
  method: string,
  path: string,
  { token, headers = {}, body }: TestRequest = {},
): Promise<TestAnswer> {
  const response = await fetch(`${node.url}/taxii2${path}`, {
    method,
    headers: {
      accept: taxiiMediaType,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': taxiiMediaType }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const errorResource = z.strictObject({
  title: z.string().min(1),
  description: z.string().min(1),
  error_id: z.uuid(),
  error_code: z.string().min(1),
  http_status: z.string(),
  details: z
    .strictObject({ at: z.string().optional(), rule: z.string().optional(), more: z.unknown().optional() })
    .optional(),
});

const page = { more: z.literal(true).optional(), next: z.string().min(1).optional() };
const stixObject = z.looseObject({ type: z.string(), id: z.string(), modified: z.string().optional() });
const microseconds = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
const details = z.strictObject({ id: z.string(), version: z.string(), message: z.string().optional() });

/** The resources of TAXII 2.1, without a property more than the standard has. */
export const resources = {
  error: errorResource,
  envelope: z.strictObject({ ...page, objects: z.array(stixObject).min(1).optional() }),
  manifest: z.strictObject({
    ...page,
    objects: z
      .array(
        z.strictObject({
          id: z.string(),
          date_added: microseconds,
          version: z.string(),
          media_type: z.string(),
        }),
      )
      .min(1)
      .optional(),
  }),
  versions: z.strictObject({ ...page, versions: z.array(z.string()).min(1).optional() }),
  status: z.strictObject({
    id: z.uuidv4(),
    status: z.literal('complete'),
    request_timestamp: microseconds,
    total_count: z.number(),
    success_count: z.number(),
    successes: z.array(details).min(1).optional(),
    failure_count: z.number(),
    failures: z.array(details).min(1).optional(),
    pending_count: z.literal(0),
  }),
  collections: z.strictObject({
    collections: z
      .array(z.looseObject({ id: z.string() }))
      .min(1)
      .optional(),
  }),
};

/** The body of an answer, held against the shape of the resource. */
export function read<Schema extends z.ZodType>(answer: TestAnswer, schema: Schema): z.output<Schema> {
  return schema.parse(JSON.parse(answer.text));
}

/** A refusal in one line: its status, code and place. Fails where it is no error resource that fits its status. */
export function refusalOf(answer: TestAnswer): string {
  const error = read(answer, errorResource);
  if (error.http_status !== String(answer.status))
    throw new Error(`${answer.status} says ${error.http_status}`);
  if (answer.headers.get('content-type') !== taxiiMediaType)
    throw new Error('The error has another media type');
  if (answer.headers.get('x-request-id') !== error.error_id) throw new Error('The error has another id');
  return [answer.status, error.error_code, error.details?.at].filter((part) => part !== undefined).join(' ');
}

export interface TestObject {
  readonly type: string;
  readonly spec_version: string;
  readonly id: string;
  readonly created: string;
  readonly modified: string;
  readonly name: string;
}

/** A valid campaign, or what the settings make of it. */
export function campaign(settings: Partial<TestObject> & Readonly<Record<string, unknown>> = {}): TestObject {
  const type = settings.type ?? 'campaign';
  return {
    type,
    spec_version: '2.1',
    id: `${type}--${randomUUID()}`,
    created: '2026-01-01T00:00:00.000Z',
    modified: '2026-01-01T00:00:00.000Z',
    name: 'A campaign',
    ...settings,
  };
}

export function envelope(...objects: readonly unknown[]): string {
  return JSON.stringify({ objects });
}
