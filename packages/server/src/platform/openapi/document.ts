import { z } from 'zod';
import { type RefusalCode, refusalStatus } from '../http/refusal.ts';
import type { NamedSchema, Operation, Parameter } from './operation.ts';

/** A document of OpenAPI 3.1, JSON. */
export type OpenApiDocument = Readonly<Record<string, unknown>>;

/** What every refusal looks like (RFC 9457). */
export const problem: NamedSchema = {
  name: 'Problem',
  schema: z.strictObject({
    type: z.string().describe('`urn:belltower:problem:` and the code'),
    title: z.string().describe('The code: stable, for programs'),
    status: z.number().int().describe('The HTTP status'),
    detail: z.string().describe('What is wrong and what would be right, for people'),
    at: z.string().optional().describe('Where: a JSON path, a `?parameter`, a header'),
    rule: z.string().optional().describe('The rule of the exchange that it rests on, such as `G3`'),
    details: z.unknown().optional().describe('Whatever else helps'),
  }),
};

/** Makes the document. Throws for operations that contradict each other: that is a defect of this program. */
export function openApiDocument(
  operations: readonly Operation[],
  { title, version, description }: Readonly<Record<'title' | 'version' | 'description', string>>,
): OpenApiDocument {
  const schemas = {
    ...componentSchemas(requestSchemas(operations), 'input'),
    ...componentSchemas([problem, ...answerSchemas(operations)], 'output'),
  };
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const item = paths[operation.path] ?? {};
    if (operation.method in item) throw new Error(`${operation.method} ${operation.path} is declared twice`);
    item[operation.method] = operationObject(operation);
    paths[operation.path] = item;
  }
  return {
    openapi: '3.1.0',
    info: { title, version, description, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/', description: 'The node that answers this' }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token of this node: `bt_…`' },
        metrics: { type: 'http', scheme: 'bearer', description: 'What BELLTOWER_METRICS_TOKEN says' },
        password: { type: 'http', scheme: 'basic', description: 'The token as the password; any name' },
      },
    },
  };
}

function requestSchemas(operations: readonly Operation[]): readonly NamedSchema[] {
  return operations.flatMap(({ body }) => (body === undefined ? [] : [body.schema]));
}

function answerSchemas(operations: readonly Operation[]): readonly NamedSchema[] {
  return operations.flatMap(({ answer }) => (answer.schema === undefined ? [] : [answer.schema]));
}

/** Schemas by name, each referring to the others; one name stands for one schema. */
function componentSchemas(
  named: readonly NamedSchema[],
  io: 'input' | 'output',
): Readonly<Record<string, unknown>> {
  const registry = z.registry<{ id: string }>();
  for (const { name, schema } of named) {
    const known = registry.get(schema);
    if (known !== undefined && known.id !== name) throw new Error(`${name} is named ${known.id} elsewhere`);
    if (known === undefined) registry.add(schema, { id: name });
  }
  const { schemas } = z.toJSONSchema(registry, {
    io,
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      // Answers may gain members in later versions, and `readonly` is a matter of our types.
      if (io === 'output' && jsonSchema.additionalProperties === false)
        delete jsonSchema.additionalProperties;
      delete jsonSchema.readOnly;
    },
  });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, withoutIds(schema)]));
}

function withoutIds(schema: object): object {
  const { $schema: _dialect, $id: _id, ...rest } = { $schema: undefined, $id: undefined, ...schema };
  return rest;
}

function operationObject(operation: Operation) {
  const { id, tag, summary, description, access, needs, parameters = [], body, answer } = operation;
  const limits = operation.limits ?? (body === undefined ? undefined : 'The body may be 1 MiB long.');
  const who = {
    anybody: 'Anybody may ask.',
    readers: 'Without a token: what is public.',
    metrics:
      'Needs the token of the setting BELLTOWER_METRICS_TOKEN; without that setting there is no such page.',
    token: `Needs a token${needs === undefined ? '' : `: ${needs}`}.`,
  }[access];
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: [description, who, limits].filter((part) => part !== undefined).join('\n\n'),
    security: security[access],
    ...(parameters.length === 0 ? {} : { parameters: parameters.map(parameterObject) }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: Object.fromEntries(
              body.types.map((type) => [type, { schema: reference(body.schema), example: body.example }]),
            ),
          },
        }),
    responses: {
      [answer.status]: {
        description: answer.says,
        content: {
          [answer.type]: {
            schema: answer.schema === undefined ? { type: 'string' } : reference(answer.schema),
            example: answer.example,
          },
        },
      },
      ...refusalResponses(refusalsOf(operation)),
    },
  };
}

const bearers = [{ token: [] }, { password: [] }];

const security = {
  anybody: [],
  readers: [...bearers, {}],
  token: bearers,
  metrics: [{ metrics: [] }],
} as const satisfies Record<Operation['access'], readonly object[]>;

function reference({ name }: NamedSchema) {
  return { $ref: `#/components/schemas/${name}` };
}

function parameterObject({ in: place, name, says, schema, example }: Parameter) {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { io: 'input' });
  return {
    in: place,
    name,
    description: says,
    required: place === 'path',
    schema: json,
    ...(example === undefined ? {} : { example }),
  };
}

/** Every code that an operation can answer with. */
export function refusalsOf({ access, body, refusals }: Operation): readonly RefusalCode[] {
  const token: readonly RefusalCode[] = access === 'anybody' ? [] : ['unauthenticated', 'too-many-requests'];
  return [...new Set([...refusals, ...token, ...(body === undefined ? [] : bodyRefusals), ...anyRefusals])];
}

const bodyRefusals: readonly RefusalCode[] = [
  'not-json',
  'too-deep',
  'duplicate-key',
  'incomplete-body',
  'bad-compression',
  'bad-request',
  'too-large',
  'too-large-decompressed',
  'unsupported-media-type',
];

const anyRefusals: readonly RefusalCode[] = ['internal', 'unavailable'];

function refusalResponses(codes: readonly RefusalCode[]) {
  const byStatus = Map.groupBy(codes, (code) => refusalStatus[code]);
  return Object.fromEntries(
    [...byStatus]
      .sort(([one], [other]) => one - other)
      .map(([status, group]) => [
        status,
        {
          description: `Refused: ${group.map((code) => `\`${code}\``).join(', ')}`,
          content: {
            'application/problem+json': {
              schema: { allOf: [reference(problem), { properties: { title: { enum: group } } }] },
            },
          },
        },
      ]),
  );
}
