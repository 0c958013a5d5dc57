import { tlpLevels } from '@belltower/stix';
import { z } from 'zod';
import type { NamedSchema, Operation, Parameter } from '../../platform/openapi/operation.ts';
import { audienceKinds, collectionChange, newCollection, personalDataRules } from '../collections/index.ts';
import { objectRefusals } from './contract.ts';
import { importFormats } from './importing/convert-messages.ts';
import { importTypes } from './importing/import-request.ts';

const collectionId = '8c4f0c6e-6d1b-4c57-9d8f-5a3d2f1e7b60';
const organisation = 'identity--0b6f3a52-8f0e-4b7e-9d0e-2f6a1c9b7d11';
const object = 'indicator--0f0e3f3d-1a9c-4e0f-8b6f-0a5d1c2b3e4f';

const member = z.strictObject({
  kind: z.enum(['organisation', 'person']),
  id: z.string(),
  read: z.boolean(),
  write: z.boolean(),
});

const collection: NamedSchema = {
  name: 'Collection',
  schema: z.strictObject({
    id: z.uuid(),
    alias: z.string().nullable(),
    title: z.string(),
    description: z.string().nullable(),
    owner: z.string().describe('The organisation that decides on it'),
    audience: z.enum(audienceKinds).describe('Whom it reaches (rule G3)'),
    defaultMarking: z.enum(tlpLevels).describe('The least strict marking that an object in it has (rule G2)'),
    audienceWrites: z.boolean(),
    allowsOnBehalf: z.boolean(),
    allowsAnonymous: z.boolean(),
    personalData: z
      .enum(personalDataRules)
      .describe('What becomes of objects that name subscribers in plain (rule G9)'),
    canRead: z.boolean().describe('Whether you may read it'),
    canWrite: z.boolean().describe('Whether you may publish in it'),
    members: z.array(member).describe('For those inside it'),
  }),
};

const collectionExample = {
  id: collectionId,
  alias: 'fraud',
  title: 'Fraud',
  description: null,
  owner: organisation,
  audience: 'community',
  defaultMarking: 'green',
  audienceWrites: true,
  allowsOnBehalf: false,
  allowsAnonymous: false,
  personalData: 'refuse',
  canRead: true,
  canWrite: true,
  members: [],
};

const finding = z.strictObject({ path: z.string(), rule: z.string(), message: z.string() });

const publishAnswer = {
  name: 'PublishAnswer',
  schema: z.strictObject({
    accepted: z.number().int(),
    unchanged: z.number().int(),
    refused: z.number().int(),
    results: z.array(
      z.strictObject({
        index: z.number().int().describe('Its place in what was sent, from 0'),
        id: z.string().optional(),
        type: z.string().optional(),
        status: z.enum(['accepted', 'unchanged', 'refused']),
        version: z.string().optional(),
        position: z.number().int().optional(),
        code: z.enum(objectRefusals).optional(),
        rule: z.string().optional(),
        message: z.string().optional(),
        errors: z.array(finding).optional(),
        warnings: z.array(finding).optional(),
        differs: z.array(z.string()).optional(),
      }),
    ),
  }),
};

const importAnswer: NamedSchema = {
  name: 'ImportAnswer',
  schema: z.strictObject({
    ...publishAnswer.schema.shape,
    format: z.string().describe('As what it was read'),
    preview: z.boolean().describe('Nothing was published; `results` are those that are not valid'),
    losses: z
      .array(z.strictObject({ at: z.string(), what: z.string(), why: z.string() }))
      .describe('What STIX could not carry or was left out on purpose, and where it stood'),
    lossesLeftOut: z.number().int().describe('Losses beyond those that are told'),
    objects: z.array(z.unknown()).optional().describe('Of a preview: what would be published'),
  }),
};

const named: Parameter = {
  in: 'path',
  name: 'collection',
  says: 'Its id or alias',
  schema: z.string(),
  example: 'fraud',
};

const onBehalfOf: Parameter = {
  in: 'query',
  name: 'on_behalf_of',
  says: 'Publish in the name of this organisation, which must have delegated it (rule G7)',
  schema: z.string().max(60).optional(),
  example: organisation,
};

const anonymous: Parameter = {
  in: 'query',
  name: 'anonymous',
  says: 'Without the name of one’s organisation, where the collection allows it (rule G7)',
  schema: z.enum(['true', 'false']).optional(),
};

const stix: NamedSchema = {
  name: 'Objects',
  schema: z
    .looseObject({ objects: z.array(z.looseObject({ type: z.string() })) })
    .describe('A STIX bundle, or a TAXII envelope'),
};

/** Collections, publishing and withdrawal. */
export const exchangeOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/collections',
    id: 'listCollections',
    tag: 'Collections',
    summary: 'The collections that are there for you',
    access: 'token',
    answer: {
      status: 200,
      says: 'The collections',
      type: 'application/json',
      schema: { name: 'CollectionList', schema: z.strictObject({ collections: z.array(collection.schema) }) },
      example: { collections: [collectionExample] },
    },
    refusals: [],
  },
  {
    method: 'post',
    path: '/api/collections',
    id: 'createCollection',
    tag: 'Collections',
    summary: 'Make a collection',
    description: 'One’s own organisation owns it, unless a node operator names another.',
    access: 'token',
    needs: 'scope `manage`, of an organisation administrator or node operator',
    body: {
      schema: { name: 'NewCollection', schema: newCollection },
      types: ['application/json'],
      example: { title: 'Fraud', alias: 'fraud', audience: 'community' },
    },
    answer: {
      status: 201,
      says: 'The collection',
      type: 'application/json',
      schema: collection,
      example: collectionExample,
    },
    refusals: ['forbidden', 'conflict', 'unprocessable', 'storage-full'],
  },
  {
    method: 'get',
    path: '/api/collections/{collection}',
    id: 'getCollection',
    tag: 'Collections',
    summary: 'One collection',
    access: 'token',
    parameters: [named],
    answer: {
      status: 200,
      says: 'The collection',
      type: 'application/json',
      schema: collection,
      example: collectionExample,
    },
    refusals: ['not-found'],
  },
  {
    method: 'patch',
    path: '/api/collections/{collection}',
    id: 'changeCollection',
    tag: 'Collections',
    summary: 'Change a collection, or see what a change would do',
    description:
      'What is left out stays. Where more can read it afterwards, the answer says what becomes readable and by whom; it is refused where a marking forbids that (rule G5). `personalData` holds for what is published from then on; what is there stays (rule G9). With `preview` nothing is changed.',
    access: 'token',
    needs: 'scope `manage`, of an administrator of the owner or a node operator',
    parameters: [named],
    body: {
      schema: { name: 'CollectionChange', schema: collectionChange },
      types: ['application/json'],
      example: { audience: 'community', preview: true },
    },
    answer: {
      status: 200,
      says: 'What the change does, or would do',
      type: 'application/json',
      schema: {
        name: 'CollectionEffect',
        schema: z.strictObject({
          preview: z.boolean(),
          collection: collection.schema,
          becomesReadable: z.strictObject({
            entries: z.number().int(),
            by: z.strictObject({
              audience: z.enum(audienceKinds).nullable(),
              organisations: z.array(z.string()),
              people: z.array(z.string()),
            }),
          }),
          notes: z.array(z.string()).describe('What the change does not do, for a person to read'),
        }),
      },
      example: {
        preview: true,
        collection: collectionExample,
        becomesReadable: { entries: 12, by: { audience: 'community', organisations: [], people: [] } },
        notes: [],
      },
    },
    refusals: [
      'not-found',
      'forbidden',
      'conflict',
      'unprocessable',
      'not-allowed-by-marking',
      'storage-full',
    ],
  },
  {
    method: 'post',
    path: '/api/collections/{collection}/objects',
    id: 'publish',
    tag: 'Exchange',
    summary: 'Publish objects, with a result for each',
    description:
      'Each object is validated and decided on by itself; one that is refused does not hold up the rest (rule G1), so that the answer is 200 also where some or all were refused. What is there already stays as it is (rule L2). An object that names subscribers in plain gets a warning with the rule `personal-data`, or is refused with that code where the collection does not take such (rule G9). The answer comes when everything that was accepted is durable (rule L4).',
    access: 'token',
    needs: 'scope `publish`, and the right to publish in the collection',
    limits:
      'The operator sets how long the body may be (BELLTOWER_MAX_BODY_BYTES, 32 MiB unless told; compressed with gzip or zstd: BELLTOWER_MAX_DECOMPRESSED_BYTES), how many objects it may hold (BELLTOWER_MAX_BUNDLE_OBJECTS, 50,000), and how long (BELLTOWER_MAX_OBJECT_BYTES, 4 MiB) and deep (BELLTOWER_MAX_DEPTH, 64) one may be.',
    parameters: [named, onBehalfOf, anonymous],
    body: {
      schema: stix,
      types: ['application/stix+json', 'application/taxii+json', 'application/json'],
      example: {
        objects: [
          {
            type: 'indicator',
            spec_version: '2.1',
            id: object,
            created: '2026-01-15T09:00:00.000Z',
            modified: '2026-01-15T09:00:00.000Z',
            pattern: "[domain-name:value = 'parcel.example']",
            pattern_type: 'stix',
            valid_from: '2026-01-15T09:00:00Z',
          },
        ],
      },
    },
    answer: {
      status: 200,
      says: 'What became of each object, in the order of the request',
      type: 'application/json',
      schema: publishAnswer,
      example: {
        accepted: 1,
        unchanged: 0,
        refused: 0,
        results: [
          {
            index: 0,
            id: object,
            type: 'indicator',
            status: 'accepted',
            version: '2026-01-15T09:00:00.000Z',
            position: 1,
          },
        ],
      },
    },
    refusals: [
      'not-found',
      'forbidden',
      'not-a-bundle',
      'too-many-objects',
      'object-too-long',
      'unprocessable',
      'not-allowed-by-marking',
      'storage-full',
    ],
  },
  {
    method: 'post',
    path: '/api/collections/{collection}/import',
    id: 'import',
    tag: 'Exchange',
    summary: 'Publish what is in another format: events of MISP, lists, texts, PDFs',
    description:
      'Makes STIX 2.1 of it and publishes that by the rules and with the results of `publish`; `losses` tell what did not come along, with line, page or path. What cannot be read is refused whole, and nothing of it is published. What names no author is the publisher’s; without their name it has ids that nobody can compute. Importing the same again, with the same `time`, adds nothing.',
    access: 'token',
    needs: 'scope `publish`, and the right to publish in the collection',
    limits:
      'As for `publish`, which goes for the objects that it makes as well; one conversion may take a minute, a gigabyte of objects and half a gigabyte of buffers.',
    parameters: [
      named,
      {
        in: 'query',
        name: 'format',
        says: 'What it is; without it, what the media type names, and else what it looks like',
        schema: z.enum(importFormats).optional(),
        example: 'csv',
      },
      {
        in: 'query',
        name: 'name',
        says: 'What the list or report is called; equal values of other lists become other indicators',
        schema: z.string().max(200).optional(),
      },
      {
        in: 'query',
        name: 'time',
        says: 'When it was written, where it says nothing of times itself; now, unless told',
        schema: z.string().optional(),
      },
      {
        in: 'query',
        name: 'tlp',
        says: 'The marking of what has none of its own',
        schema: z.enum(tlpLevels).optional(),
      },
      {
        in: 'query',
        name: 'map',
        says: 'Of a list: `column=role`, the column by heading or number; may come several times',
        schema: z.string().max(200).optional(),
        example: 'number=msisdn',
      },
      {
        in: 'query',
        name: 'sure',
        says: 'Leaves out what may not be what it seems',
        schema: z.enum(['true', 'false']).optional(),
      },
      {
        in: 'query',
        name: 'preview',
        says: 'Converts and validates, and publishes nothing',
        schema: z.enum(['true', 'false']).optional(),
      },
      onBehalfOf,
      anonymous,
    ],
    body: {
      schema: { name: 'Input', schema: z.string().describe('The octets of the file') },
      types: importTypes,
      example: 'value,type,tlp\n32475000001,gt,amber\n',
    },
    answer: {
      status: 200,
      says: 'What became of each object that was made, and what did not come along',
      type: 'application/json',
      schema: importAnswer,
      example: {
        accepted: 1,
        unchanged: 0,
        refused: 0,
        results: [{ index: 0, id: object, type: 'indicator', status: 'accepted', position: 1 }],
        format: 'csv',
        preview: false,
        losses: [],
        lossesLeftOut: 0,
      },
    },
    refusals: [
      'not-found',
      'forbidden',
      'too-many-objects',
      'object-too-long',
      'unprocessable',
      'not-allowed-by-marking',
      'storage-full',
    ],
  },
  {
    method: 'delete',
    path: '/api/collections/{collection}/objects/{object}',
    id: 'withdraw',
    tag: 'Exchange',
    summary: 'Take an object away',
    description:
      'Its content is gone from every read at once; that it was there, and when it went, remains in the log (rule L6).',
    access: 'token',
    needs: 'scope `publish`, of the object’s owner or publisher',
    parameters: [
      named,
      { in: 'path', name: 'object', says: 'Its STIX id', schema: z.string(), example: object },
      {
        in: 'query',
        name: 'version',
        says: 'This version alone, by its `modified`; without it all versions',
        schema: z.string().optional(),
        example: '2026-01-15T09:00:00.000Z',
      },
    ],
    answer: {
      status: 200,
      says: 'The versions that were taken away, each with the position of its withdrawal',
      type: 'application/json',
      schema: {
        name: 'Withdrawn',
        schema: z.strictObject({
          withdrawn: z.array(z.strictObject({ version: z.string(), position: z.number().int().optional() })),
        }),
      },
      example: { withdrawn: [{ version: '2026-01-15T09:00:00.000Z', position: 2 }] },
    },
    refusals: ['bad-request', 'not-found', 'forbidden', 'storage-full'],
  },
];
