import type { ContentDigester, ContentDigests } from '../../platform/storage/backup/content-digest.ts';
import { loadCollections } from '../collections/index.ts';
import { digestedTables, LogDigests, readLogDigests } from './content/log-digests.ts';

/** What the collections of a node hold, told by digests: for backups, and to compare nodes. */
export const contentDigests: ContentDigests = {
  order: new Map([[digestedTables.entry.table, digestedTables.entry.order]]),
  digester: createDigester,
  async read(db) {
    const logs = await readLogDigests(db);
    return (await loadCollections(db))
      .map(({ id, alias, title }) => ({ collection: id, name: alias ?? title, ...logs.of(id) }))
      .sort(byId);
  },
};

function createDigester(): ContentDigester {
  const logs = new LogDigests();
  const names = new Map<string, string>();
  const readers: Readonly<Record<string, Reader>> = {
    collection: {
      columns: ['id', 'alias', 'title'],
      read: ([id, alias, title]) => names.set(text(id), text(alias ?? title)),
    },
    [digestedTables.head.table]: {
      columns: digestedTables.head.columns,
      read: ([id, position]) => logs.head(text(id), Number(position)),
    },
    [digestedTables.entry.table]: {
      columns: digestedTables.entry.columns,
      read: ([id, position, added, objectId, version, kind, content]) =>
        logs.entry({
          collection_id: text(id),
          position: Number(position),
          added: Number(added),
          object_id: text(objectId),
          version: text(version),
          kind: kind === 'withdrawal' ? kind : 'object',
          text: content === null ? null : text(content),
        }),
    },
  };
  return {
    table(name, columns) {
      const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
      if (reader === undefined) return undefined;
      const places = reader.columns.map((column) => columns.indexOf(column));
      return (row) => reader.read(places.map((place) => row[place] ?? null));
    },
    digests: () => [...names].map(([id, name]) => ({ collection: id, name, ...logs.of(id) })).sort(byId),
  };
}

interface Reader {
  readonly columns: readonly string[];
  readonly read: (values: readonly unknown[]) => void;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : String(value);
}

function byId(one: { readonly collection: string }, other: { readonly collection: string }): number {
  return one.collection < other.collection ? -1 : 1;
}
