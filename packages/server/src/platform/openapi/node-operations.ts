import { z } from 'zod';
import type { Operation } from './operation.ts';

/** What stands at the root of a node, and this document. */
export const nodeOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/',
    id: 'signpost',
    tag: 'Node',
    summary: 'What is where',
    access: 'anybody',
    answer: {
      status: 200,
      says: 'The addresses of this node',
      type: 'application/json',
      schema: {
        name: 'Signpost',
        schema: z.strictObject({
          title: z.string(),
          contact: z.string().optional(),
          software: z.literal('Belltower'),
          taxii: z.string(),
          live: z.string(),
          api: z.string(),
        }),
      },
      example: { title: 'Belltower', software: 'Belltower', taxii: '/taxii2/', live: '/live', api: '/api' },
    },
    refusals: [],
  },
  {
    method: 'get',
    path: '/api/openapi.json',
    id: 'openApi',
    tag: 'Node',
    summary: 'This document',
    access: 'anybody',
    answer: {
      status: 200,
      says: 'OpenAPI 3.1',
      type: 'application/json',
      schema: {
        name: 'OpenApi',
        schema: z.looseObject({ openapi: z.literal('3.1.0'), paths: z.record(z.string(), z.unknown()) }),
      },
      example: { openapi: '3.1.0', paths: {} },
    },
    refusals: [],
  },
  {
    method: 'get',
    path: '/healthz',
    id: 'alive',
    tag: 'Node',
    summary: 'Whether the process lives',
    access: 'anybody',
    answer: {
      status: 200,
      says: 'It does',
      type: 'application/json',
      schema: { name: 'Alive', schema: z.strictObject({ status: z.literal('alive') }) },
      example: { status: 'alive' },
    },
    refusals: [],
  },
  {
    method: 'get',
    path: '/readyz',
    id: 'ready',
    tag: 'Node',
    summary: 'Whether requests may be sent to this node',
    description: 'For load balancers. `details` of a refusal names what does not answer.',
    access: 'anybody',
    answer: {
      status: 200,
      says: 'They may',
      type: 'application/json',
      schema: { name: 'Ready', schema: z.strictObject({ status: z.literal('ready') }) },
      example: { status: 'ready' },
    },
    refusals: ['shutting-down', 'unavailable'],
  },
  {
    method: 'get',
    path: '/metrics',
    id: 'metrics',
    tag: 'Node',
    summary: 'The figures of this node, for Prometheus',
    access: 'metrics',
    answer: {
      status: 200,
      says: 'The text format of Prometheus; docs/operations.md lists the metrics',
      type: 'text/plain',
      example: 'belltower_ready 1\n',
    },
    refusals: ['unauthenticated'],
  },
];
