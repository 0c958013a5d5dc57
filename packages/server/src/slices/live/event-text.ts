import { formatMicros } from '../../platform/time.ts';
import type { Entry } from '../exchange/index.ts';
import { versionTimestamp } from '../exchange/index.ts';

/**
 * An entry as the data of an `entry` event: one JSON object `{collection, position, added, kind, publisher, object}`; a
 * withdrawal has `id` and `version` beside an `object` that is null. The object is its own text, not written anew.
 */
export function entryData(collectionId: string, entry: Entry): string {
  const head = `{"collection":"${collectionId}","position":${entry.position},"added":"${formatMicros(entry.added)}","kind":"${entry.kind}","publisher":${JSON.stringify(entry.publisher ?? null)}`;
  if (entry.kind === 'object') return `${head},"object":${entry.text}}`;
  return `${head},"id":${JSON.stringify(entry.objectId)},"version":"${versionTimestamp(entry.version)}","object":null}`;
}

/** One event of an event stream (WHATWG HTML §9.2.6). A line break in the data, which JSON has between tokens only, becomes LF. */
export function eventText({
  event,
  data,
  id,
}: {
  readonly event: string;
  readonly data: string;
  readonly id?: string;
}): string {
  const lines = data.includes('\n') || data.includes('\r') ? data.replace(/\r\n?|\n/g, '\ndata: ') : data;
  return `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${lines}\n\n`;
}
