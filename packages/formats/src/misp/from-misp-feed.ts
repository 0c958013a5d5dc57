import { isJsonObject, isUuid } from '@belltower/stix';
import type { Json } from '../json.ts';
import type { FromMispOptions, MispConversion } from './from-misp.ts';
import { fromMisp } from './from-misp.ts';
import type { MispError } from './misp-event.ts';

/** The files of a feed, wherever they are: a directory, a web server, memory. */
export interface MispFeedFiles {
  /** The text of a file of the feed; undefined where there is none of that name. Names are `manifest.json` and `<uuid>.json`. */
  readonly read: (name: string) => Promise<string | undefined>;
}

/** An event of a feed, converted, or why it was not. */
export interface MispFeedEvent {
  readonly uuid: string;
  /** What the manifest gives as its time, in seconds since 1970; undefined where it gives none. */
  readonly timestamp: number | undefined;
  readonly conversion: MispConversion;
}

export interface MispFeedOptions extends FromMispOptions {
  /** Whether an event is still to be read, by what the manifest says of it; all are where this is left out. */
  readonly isWanted?: (about: { readonly uuid: string; readonly timestamp: number | undefined }) => boolean;
}

export type MispFeedReading =
  | { readonly ok: true; readonly events: AsyncIterable<MispFeedEvent> }
  | { readonly ok: false; readonly error: MispError };

/** Events of a manifest; the largest public feeds have some ten thousand. */
const mostEvents = 200_000;
const longestManifest = 67_108_864;

/**
 * The events of a MISP feed, one after the other, so that no feed has to fit into memory: each is read, converted and handed over before the next
 * is. An event that cannot be used is told and does not hold up the others; a manifest that is none is refused.
 */
export async function fromMispFeed(
  files: MispFeedFiles | ReadonlyMap<string, string>,
  options: MispFeedOptions = {},
): Promise<MispFeedReading> {
  const read = isFeedFiles(files) ? files.read : (name: string) => Promise.resolve(files.get(name));
  const text = await read('manifest.json');
  if (text === undefined) return refused('A feed of MISP has a manifest.json.', 'manifest.json');
  const manifest = readManifest(text);
  if (typeof manifest === 'string') return refused(manifest, 'manifest.json');
  return { ok: true, events: eventsOf(manifest, read, options) };
}

function isFeedFiles(files: MispFeedFiles | ReadonlyMap<string, string>): files is MispFeedFiles {
  return 'read' in files;
}

function refused(message: string, at: string): { readonly ok: false; readonly error: MispError } {
  return { ok: false, error: { message, at } };
}

function readManifest(text: string): Json | string {
  if (text.length > longestManifest) return 'The manifest is longer than any of MISP.';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'The manifest is not JSON.';
  }
  // PHP writes an empty object as an empty list.
  if (Array.isArray(value) && value.length === 0) return {};
  if (!isJsonObject(value)) return 'The manifest is no JSON object.';
  const count = Object.keys(value).length;
  return count > mostEvents ? `The manifest has ${count} events; ${mostEvents} are taken.` : value;
}

async function* eventsOf(
  manifest: Json,
  read: MispFeedFiles['read'],
  options: MispFeedOptions,
): AsyncIterable<MispFeedEvent> {
  for (const [key, entry] of Object.entries(manifest)) {
    const uuid = key.toLowerCase();
    const timestamp = timestampIn(entry);
    if (!isUuid(uuid)) {
      yield {
        uuid,
        timestamp,
        conversion: refused('The manifest names events by their UUIDs.', 'manifest.json'),
      };
      continue;
    }
    if (options.isWanted?.({ uuid, timestamp }) === false) continue;
    yield { uuid, timestamp, conversion: await readEvent(key, read, options) };
  }
}

async function readEvent(
  key: string,
  read: MispFeedFiles['read'],
  options: FromMispOptions,
): Promise<MispConversion> {
  const name = `${key}.json`;
  const text = await read(name);
  if (text === undefined) return refused('The manifest names it, and it is not there.', name);
  const conversion = fromMisp(text, options);
  if (!conversion.ok) return refused(conversion.error.message, `${name} ${conversion.error.at}`);
  const isThere = conversion.value.objects.some(({ id }) => id === `report--${key.toLowerCase()}`);
  return isThere ? conversion : refused('It holds another event than its name says.', name);
}

/** Old manifests have the time alone, newer ones a record. */
function timestampIn(entry: unknown): number | undefined {
  const value = isJsonObject(entry) ? entry['timestamp'] : entry;
  const seconds = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  return Number.isSafeInteger(seconds) ? seconds : undefined;
}
