import type { Context } from 'hono';
import type { HttpEnvironment } from '../../platform/http/environment.ts';
import { challenge } from '../../platform/http/problem.ts';
import type { Refusal, RefusalCode } from '../../platform/http/refusal.ts';
import { refusalStatus } from '../../platform/http/refusal.ts';
import { noteRefusal } from '../../platform/http/request-record.ts';
import { taxiiMediaType } from './media-types.ts';

/**
 * Where TAXII has another status than the rest of the node: a body that is JSON and no envelope (TAXII 2.1 §5.5), and one within
 * `max_content_length` that holds too much, which must not be answered with 413 (TAXII 2.1 §4.2.1).
 */
const taxiiStatus = {
  ...refusalStatus,
  'not-a-bundle': 422,
  'too-deep': 422,
  'duplicate-key': 422,
  'too-large-decompressed': 422,
  'too-many-objects': 422,
  'object-too-long': 422,
} as const;

const titles: Readonly<Record<RefusalCode, string>> = {
  'not-json': 'The body is not JSON',
  'not-a-bundle': 'The body is not an envelope',
  'too-deep': 'The body is nested too deeply',
  'duplicate-key': 'A key stands twice',
  'incomplete-body': 'The body is incomplete',
  'bad-compression': 'The body cannot be decompressed',
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
  'too-large-decompressed': 'The body is too large once it is decompressed',
  'too-many-objects': 'There are too many objects',
  'object-too-long': 'An object is too long',
  'unsupported-media-type': 'The media type is not supported',
  'not-allowed-by-marking': 'A marking does not allow this',
  unprocessable: 'The content cannot be processed',
  'too-many-tokens': 'Too many tokens',
  'too-many-requests': 'Too many requests',
  'too-many-streams': 'Too many streams',
  'request-timeout': 'The request arrived too slowly',
  'headers-too-large': 'The headers are too large',
  internal: 'Something went wrong inside the node',
  'shutting-down': 'The node is stopping',
  unavailable: 'Unavailable at the moment',
  'storage-full': 'No space left',
};

/** Writes a refusal as an error resource (TAXII 2.1 §3.6.1); `details` has the place and the rule. */
export function errorResponse(context: Context<HttpEnvironment>, refusal: Refusal): Response {
  const { code, message, at, rule, details, headers = {} } = refusal;
  const status = taxiiStatus[code];
  noteRefusal(context, code);
  if (status === 401) context.header('WWW-Authenticate', challenge);
  for (const [name, value] of Object.entries(headers)) context.header(name, value);
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
