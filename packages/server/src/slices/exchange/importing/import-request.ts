import { formatTimestamp, isTimestamp, tlpLevels, toMicroseconds } from '@belltower/stix';
import type { Context } from 'hono';
import { z } from 'zod';
import type { HttpEnvironment } from '../../../platform/http/environment.ts';
import { parseQuery } from '../../../platform/http/parse-query.ts';
import { RefusalError } from '../../../platform/http/refusal.ts';
import type { Clock } from '../../../platform/time.ts';
import { importFormats } from './convert-messages.ts';
import type { ImportCommand } from './import-objects.ts';

/** Media types of what can be imported. */
export const importTypes = [
  'application/json',
  'application/pdf',
  'application/stix+json',
  'application/taxii+json',
  'application/vnd.oasis.stix+json',
  'application/yaml',
  'application/octet-stream',
  'text/csv',
  'text/markdown',
  'text/plain',
  'text/tab-separated-values',
] as const;

const flag = z.enum(['true', 'false']).optional();

export const importQuery = z.strictObject({
  format: z.enum(importFormats).optional(),
  name: z.string().max(200).optional(),
  time: z.string().refine(isTimestamp, 'a timestamp as STIX has it').optional(),
  tlp: z.enum(tlpLevels).optional(),
  map: z.array(z.string().max(200)).max(50).optional(),
  sure: flag,
  preview: flag,
  on_behalf_of: z.string().max(60).optional(),
  anonymous: flag,
});

/** What a request says of the input that its body is. Throws RefusalError. */
export function readImportRequest(
  context: Context<HttpEnvironment>,
  clock: Clock,
): Omit<ImportCommand, 'actor' | 'collectionId' | 'body'> {
  const query = parseQuery(context, importQuery, ['map']);
  const type = (context.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!importTypes.some((known) => known === type)) {
    throw new RefusalError({
      code: 'unsupported-media-type',
      message: `What is imported comes as one of: ${importTypes.join(', ')}.`,
      at: 'Content-Type',
    });
  }
  const { time } = query;
  // In milliseconds, as other systems keep times.
  const now = time !== undefined && isTimestamp(time) ? time : formatTimestamp(toMicroseconds(clock.now()));
  return {
    format: query.format,
    type,
    about: { now, name: query.name, tlp: query.tlp, columns: query.map, sure: query.sure === 'true' },
    onBehalfOf: query.on_behalf_of,
    anonymous: query.anonymous === 'true',
    preview: query.preview === 'true',
  };
}
