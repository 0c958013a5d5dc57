import type { Kysely } from 'kysely';
import { readLog } from '../content/read-store.ts';
import { position } from '../entry.ts';
import type { ReadGrant } from '../read-grant.ts';
import type { PagePlace } from './text-page.ts';

/** An entry of a log, as far as what stands is concerned. */
export interface Event {
  readonly position: number;
  readonly added: number;
  readonly kind: 'object' | 'withdrawal';
  readonly objectId: string;
  readonly version: string;
}

/** What a page has to be. */
export interface ExpectedPage {
  readonly events: readonly Event[];
  readonly more: boolean;
}

/** A whole log from its beginning. */
export async function readEvents(db: Kysely<object>, grant: ReadGrant): Promise<readonly Event[]> {
  const events: Event[] = [];
  for (;;) {
    const after = position(events.length);
    const entries = await readLog(db, grant, { after, limit: 1_000 });
    // Content that was withdrawn later looks like a withdrawal: what stands first under an id and version was an object.
    for (const entry of entries) {
      const before = events.findLast(
        (event) => event.objectId === entry.objectId && event.version === entry.version,
      );
      events.push({ ...entry, kind: before?.kind === 'object' ? 'withdrawal' : 'object' });
    }
    if (entries.length === 0) return events;
  }
}

/** The name of an object in one version. */
export function nameOf({ objectId, version }: Pick<Event, 'objectId' | 'version'>): string {
  return `${objectId} ${version}`;
}

/**
 * The rules L6 and L7 written down once more: what a page has to be at a moment when the log ended at `head`. `bytesOf` tells
 * how long the text of an object is.
 */
export function expectedPage(
  events: readonly Event[],
  { head, place, bytesOf }: { head: number; place: PagePlace; bytesOf: (event: Event) => number },
): ExpectedPage {
  const standing = new Map<string, Map<string, Event>>();
  for (const event of events.slice(0, head)) {
    const versions = standing.get(event.objectId) ?? new Map<string, Event>();
    if (event.kind === 'object') versions.set(event.version, event);
    else versions.delete(event.version);
    standing.set(event.objectId, versions);
  }
  const behind = [...standing.values()]
    .flatMap((versions) => versions.get([...versions.keys()].sort().at(-1) ?? '') ?? [])
    .filter(({ position: at, added }) => at > place.after && added > place.addedAfter)
    .sort((one, other) => one.position - other.position);
  let octets = 0;
  const full = behind.findIndex((event, index) => {
    octets += bytesOf(event);
    return index >= place.limit || (index > 0 && octets > place.bytes);
  });
  return full === -1 ? { events: behind, more: false } : { events: behind.slice(0, full), more: true };
}
