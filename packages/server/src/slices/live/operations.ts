import { z } from 'zod';
import type { Operation } from '../../platform/openapi/operation.ts';

const after = {
  in: 'query',
  name: 'after',
  says: 'Where to go on: a position, a cursor that this stream gave as an event id, or `end` for what comes from now on',
  schema: z.string(),
  example: 'end',
} as const;

const lastEventId = {
  in: 'header',
  name: 'Last-Event-ID',
  says: 'The same, as browsers send it when they connect again; it goes before `after`',
  schema: z.string(),
  example: '42',
} as const;

const stream = {
  limits: 'A token may hold BELLTOWER_MAX_STREAMS_PER_TOKEN streams open, 20 unless told.',
  tag: 'Live',
  access: 'readers',
  answer: {
    status: 200,
    says: 'Events `entry`, whose id is the cursor and whose data is `{position, added, kind, object}`; `heartbeat` in between. It goes on until either side ends it.',
    type: 'text/event-stream',
    example:
      'event: entry\nid: 1\ndata: {"position":1,"added":"2026-01-01T00:00:00.000001Z","kind":"object","object":{}}\n\n',
  },
  refusals: [
    'bad-request',
    'bad-cursor',
    'not-found',
    'too-many-streams',
    'too-many-requests',
    'shutting-down',
  ],
} as const satisfies Partial<Operation>;

/** Event streams over the log. */
export const liveOperations: readonly Operation[] = [
  {
    ...stream,
    method: 'get',
    path: '/live',
    id: 'followCollections',
    summary: 'Follow several collections',
    description:
      'Every entry after the cursor, in the order of each log, and then each new one as it is published (rules R1, R2). The id of an event is a compound cursor.',
    parameters: [
      {
        in: 'query',
        name: 'collections',
        says: 'Ids or aliases with commas between them, 100 at the most; needed',
        schema: z.string(),
        example: 'fraud,community',
      },
      after,
      lastEventId,
    ],
  },
  {
    ...stream,
    method: 'get',
    path: '/live/collections/{collection}',
    id: 'followCollection',
    summary: 'Follow one collection',
    description: 'As with several; the id of an event is the position of the entry.',
    parameters: [
      { in: 'path', name: 'collection', says: 'Its id or alias', schema: z.string(), example: 'fraud' },
      after,
      lastEventId,
    ],
  },
];
