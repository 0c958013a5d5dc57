import type { StixTimestamp } from '@belltower/stix';
import { isJsonObject, isUuid } from '@belltower/stix';
import { derivedUuid } from '../derived-uuid.ts';
import type { Json } from '../json.ts';
import { plainText } from '../json.ts';
import type { Loss, WrittenFile } from '../loss.ts';
import { hashLines } from './feed-hashes.ts';
import { mispExtensionAuthor } from './misp-extension.ts';
import { secondsOf } from './misp-time.ts';
import type { ReportPart } from './split-reports.ts';
import { splitReports } from './split-reports.ts';
import { toMisp } from './to-misp.ts';

/** A feed as MISP reads one: files that are served under one address. */
export interface ToMispFeed {
  readonly manifest: WrittenFile;
  /** `hashes.csv` and the events. */
  readonly files: readonly WrittenFile[];
  readonly events: number;
  readonly losses: readonly Loss[];
}

export interface MispFeedAbout {
  /** For what has no time of its own. */
  readonly now: StixTimestamp;
  /** Whose events are those of which nobody is named; MISP asks for somebody. */
  readonly organisation?: { readonly uuid: string; readonly name: string };
  /** What the event of objects outside of reports is called. */
  readonly info?: string;
}

/**
 * STIX objects as a feed that MISP instances can subscribe to: an event for each report, one for the objects that no report refers to, the
 * manifest by which an instance finds out what is new, and the hashes by which it finds values. Form and fields are those of PyMISP's
 * feed generator and of MISP's own reading (`Feed.php`): an event is fetched again when its `timestamp` in the manifest is later.
 */
export function toMispFeed(objects: readonly Json[], about: MispFeedAbout): ToMispFeed {
  const losses: Loss[] = [];
  const manifest: Record<string, Json> = {};
  const hashes: string[] = [];
  const files: WrittenFile[] = [];
  const used = new Set<string>();
  for (const part of splitReports(objects)) {
    const uuid = derivedUuid(`misp-feed ${JSON.stringify(about.organisation ?? null)}`);
    const written = toMisp(part.objects, { ...about, uuid });
    losses.push(...written.losses);
    const made = written.event['Event'];
    if (!isJsonObject(made)) continue;
    const event = unique(feedEvent(made, part, about), used);
    const id = String(event['uuid']);
    if (Object.hasOwn(manifest, id)) {
      losses.push({ at: id, what: 'event', why: 'Another event of this feed has its UUID.' });
      continue;
    }
    manifest[id] = manifestEntry(event);
    for (const line of hashLines(event, id)) hashes.push(line);
    files.push({ name: `${id}.json`, text: JSON.stringify({ Event: event }) });
  }
  return {
    manifest: { name: 'manifest.json', text: JSON.stringify(manifest) },
    files: [{ name: 'hashes.csv', text: hashes.map((line) => `${line}\n`).join('') }, ...files],
    events: files.length,
    losses,
  };
}

/** An event with all that a feed has to say of one, and no older than the newest thing in it. */
function feedEvent(event: Json, { report, objects }: ReportPart, about: MispFeedAbout): Json {
  const { organisation = mispAuthor, now } = about;
  let newest = report === undefined ? 0 : Number(event['timestamp']) || 0;
  for (const { type, modified } of objects) {
    if (typeof modified !== 'string' || type === 'extension-definition' || type === 'identity') continue;
    newest = Math.max(newest, Number(secondsOf(modified)) || 0);
  }
  const timestamp = newest === 0 ? secondsOf(now) : String(newest);
  const { uuid } = event;
  const date = new Date(Number(timestamp) * 1_000).toISOString().slice(0, 10);
  return {
    threat_level_id: '4',
    analysis: '2',
    ...event,
    // It is the name of a file.
    uuid: typeof uuid === 'string' && isUuid(uuid) ? uuid : derivedUuid(plainText(uuid)),
    date: report === undefined ? date : (event['date'] ?? date),
    timestamp,
    Orgc: event['Orgc'] ?? organisation,
  };
}

const mispAuthor = {
  uuid: mispExtensionAuthor.id.slice('identity--'.length),
  name: mispExtensionAuthor.name,
};

/** What the manifest says of an event: enough to filter by organisation and tag, and to see what is new. */
function manifestEntry({ Orgc, Tag, info, date, analysis, threat_level_id, timestamp }: Json): Json {
  return { Orgc, Tag: Tag ?? [], info, date, analysis, threat_level_id, timestamp };
}

/** Where UUIDs stand that MISP wants to be those of one event only, and what refers to them. */
const uuidFields: ReadonlySet<string> = new Set(['uuid', 'object_uuid', 'referenced_uuid']);
const owners: ReadonlySet<string> = new Set([
  'Attribute',
  'Object',
  'EventReport',
  'ObjectReference',
  'Sighting',
]);

/**
 * An event in which nothing has the UUID of something in another event of the feed: an instance would take it for the first of them and
 * leave it out of the second. The second gets a UUID that follows from both.
 */
function unique(event: Json, used: Set<string>): Json {
  const own = new Set<string>();
  for (const uuid of ownUuids(event)) own.add(uuid);
  const renamed = new Map<unknown, string>();
  for (const uuid of own)
    if (used.has(uuid)) renamed.set(uuid, derivedUuid(`${String(event['uuid'])} ${uuid}`));
  for (const uuid of own) used.add(renamed.get(uuid) ?? uuid);
  return renamed.size === 0 ? event : withUuids(event, renamed);
}

function* ownUuids(event: Json): Iterable<string> {
  for (const [name, list] of Object.entries(event)) {
    if (!owners.has(name) || !Array.isArray(list)) continue;
    for (const item of list.filter(isJsonObject)) {
      if (typeof item['uuid'] === 'string') yield item['uuid'];
      yield* ownUuids(item);
    }
  }
}

function withUuids(of: Json, renamed: ReadonlyMap<unknown, string>): Json {
  return Object.fromEntries(
    Object.entries(of).map(([name, value]) => {
      if (uuidFields.has(name)) return [name, renamed.get(value) ?? value];
      if (owners.has(name) && Array.isArray(value))
        return [name, value.map((item) => (isJsonObject(item) ? withUuids(item, renamed) : item))];
      return [name, value];
    }),
  );
}
