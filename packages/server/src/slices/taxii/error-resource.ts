import type { Context } from 'hono';
import type { HttpEnvironment } from '../../platform/http/environment.ts';
import { challenge } from '../../platform/http/problem.ts';
import type { Refusal, RefusalCode } from '../../platform/http/refusal.ts';
import { refusalStatus } from '../../platform/http/refusal.ts';
import { taxiiMediaType } from './media-types.ts';

/** Where TAXII has another status than the rest of the node: a body that is JSON and no envelope (TAXII 2.1 §5.5). */
const taxiiStatus = {
  ...refusalStatus,
  'not-a-bundle': 422,
  'too-deep': 422,
  'duplicate-key': 422,
} as const;

const titles: Readonly<Record<RefusalCode, string>> = {
  'not-json': 'The body is not JSON',
  'not-a-bundle': 'The body is not an envelope',
  'too-deep': 'The body is nested too deeply',
  'duplicate-key': 'A key stands twice',
  'bad-request': 'The request cannot be understood',
  'unknown-filter': 'There is no such parameter',
  'bad-filter': 'A parameter is malformed',
  'bad-cursor': 'The cursor cannot be resumed',
  unauthenticated: 'Authentication is needed',
  forbidden: 'Not allowed',
  'not-found': 'Not found',
  'method-not-allowed': 'The method is not supported here',
  'not-acceptable': 'No acceptable media type',
  conflict: 'Conflict',
  'too-large': 'The body is too large',
  'unsupported-media-type': 'The media type is not supported',
  'not-allowed-by-marking': 'A marking does not allow this',
  unprocessable: 'The content cannot be processed',
  'too-many-requests': 'Too many requests',
  internal: 'Something went wrong inside the node',
  'shutting-down': 'The node is stopping',
  unavailable: 'Unavailable at the moment',
};

/** Writes a refusal as an error resource (TAXII 2.1 §3.6.1); `details` has the place and the rule. */
export function errorResponse(context: Context<HttpEnvironment>, refusal: Refusal): Response {
  const { code, message, at, rule, details } = refusal;
  const status = taxiiStatus[code];
  if (status === 401) context.header('WWW-Authenticate', challenge);
  context.header('Content-Type', taxiiMediaType);
  const place = { at, rule, more: details };
  return context.body(
    JSON.stringify({
      title: titles[code],
      description: message,
      error_id: context.get('requestId'),
      error_code: code,
      http_status: String(status),
      ...(Object.values(place).some((value) => value !== undefined) ? { details: place } : {}),
    }),
    status,
  );
}
