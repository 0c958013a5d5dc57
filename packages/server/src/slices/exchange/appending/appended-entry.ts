import type { NewEntry } from '../deciding/decide.ts';
import type { ObjectEntry } from '../entry.ts';

/** What a reader of the log sees of an entry that has just been appended: the same as when it is read from the database. */
export function appendedEntry({ position, added, version, facts, publisher }: NewEntry): ObjectEntry {
  return {
    kind: 'object',
    position,
    added,
    objectId: facts.id,
    version,
    publisher: publisher.anonymous ? undefined : publisher.actingId,
    text: facts.text,
  };
}
