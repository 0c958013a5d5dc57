import type { PlacedEntry } from '../content/append-store.ts';
import type { NewEntry } from './decide.ts';
import type { KnownEntry } from './known-object.ts';

/** Which new entries are the first or last version of their object, and which old ones no longer are (rule L7). */
export interface VersionOrder {
  readonly placed: readonly PlacedEntry[];
  readonly superseded: { readonly first: readonly number[]; readonly last: readonly number[] };
}

/** `standing`: the entries of the same collection that are not withdrawn, by object id. Versions of one object differ. */
export function orderVersions(
  appended: readonly NewEntry[],
  standing: (objectId: string) => readonly KnownEntry[],
): VersionOrder {
  const placed: PlacedEntry[] = [];
  const first: number[] = [];
  const last: number[] = [];
  for (const [objectId, entries] of Map.groupBy(appended, (entry) => entry.facts.id)) {
    const old = byVersion(standing(objectId));
    const all = byVersion([...old, ...entries]);
    const oldest = all[0]?.position;
    const newest = all.at(-1)?.position;
    const wasOldest = old[0]?.position;
    const wasNewest = old.at(-1)?.position;
    if (wasOldest !== undefined && wasOldest !== oldest) first.push(wasOldest);
    if (wasNewest !== undefined && wasNewest !== newest) last.push(wasNewest);
    for (const entry of entries) {
      placed.push({ entry, isFirst: entry.position === oldest, isLast: entry.position === newest });
    }
  }
  return { placed, superseded: { first, last } };
}

type Versioned = Pick<NewEntry, 'version' | 'position'>;

function byVersion(entries: readonly Versioned[]): readonly Versioned[] {
  if (entries.length < 2) return entries;
  return entries.toSorted((one, other) => (one.version < other.version ? -1 : 1));
}
