import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import { type Kysely, sql } from 'kysely';
import { type Clock, systemClock } from '../../time.ts';
import { appliedMigrations } from '../migration-table.ts';
import { openReadOnly } from '../open-read-only.ts';
import type { Storage } from '../storage.ts';
import type { StorageLocation } from '../storage-location.ts';
import type { ArchiveHeader, ArchiveTrailer } from './archive-format.ts';
import type { CollectionDigest, ContentDigests } from './content-digest.ts';
import { discoverTables } from './discover-tables.ts';
import { readRows } from './read-rows.ts';

/** What `createBackup` needs. */
export interface BackupOptions {
  readonly location: StorageLocation;
  /** Must not exist. It appears whole, under this name, once the backup is complete; mode 0600. */
  readonly file: string;
  /** Version of the program. */
  readonly program: string;
  /** How to tell what the collections hold. */
  readonly contents: ContentDigests;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
}

/** What a backup holds. */
export interface BackupSummary {
  readonly tables: ArchiveTrailer['end'];
  /** Full-text indexes, which are rebuilt. */
  readonly skipped: readonly string[];
  readonly digests: readonly CollectionDigest[];
  /** Bytes of the file. */
  readonly bytes: number;
  readonly sha256: string;
}

/** Text is handed to the compressor in pieces of about this length. */
const pieceLength = 65_536;

/**
 * Writes all data, as they are at one moment, into a file (the format stands in `archive-format.ts`). A node may go on writing meanwhile, in this
 * process or in another.
 */
export async function createBackup(options: BackupOptions): Promise<BackupSummary> {
  const { location, file, signal } = options;
  if (existsSync(file)) throw new Error(`The file ${file} exists already; a backup overwrites nothing`);
  await using database = await openReadOnly(location);
  if (database === undefined) throw new Error('There is no database at this place');
  const partial = `${file}.partial`;
  // What lies there is from a backup that was killed, or was put there by somebody who wants to read this one.
  await rm(partial, { force: true });
  try {
    const summary = await database.read
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (snapshot) => {
        const archive = new ArchiveText(snapshot, database.engine, options);
        const compress = createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } });
        const target = createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true });
        await pipeline(
          Readable.from(archive.pieces()),
          compress,
          target,
          signal === undefined ? {} : { signal },
        );
        return archive.summary();
      });
    await rename(partial, file);
    return { ...summary, bytes: (await stat(file)).size };
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** Produces the text of an archive from a transaction, and remembers what was in it. */
class ArchiveText {
  readonly #snapshot: Kysely<object>;
  readonly #engine: Storage['engine'];
  readonly #options: BackupOptions;
  readonly #hash = createHash('sha256');
  readonly #counts: { readonly table: string; readonly rows: number }[] = [];
  #skipped: readonly string[] = [];
  #digests: readonly CollectionDigest[] = [];
  #sha256 = '';
  #text = '';

  constructor(snapshot: Kysely<object>, engine: Storage['engine'], options: BackupOptions) {
    this.#snapshot = snapshot;
    this.#engine = engine;
    this.#options = options;
  }

  summary(): Omit<BackupSummary, 'bytes'> {
    return {
      tables: this.#counts,
      skipped: this.#skipped,
      digests: this.#digests,
      sha256: this.#sha256,
    };
  }

  async *pieces(): AsyncIterable<Buffer> {
    const header = await this.#header();
    this.#skipped = header.skipped;
    this.#line(header);
    const { contents } = this.#options;
    const digester = contents.digester();
    for (const table of header.tables) {
      this.#line({ table: table.name });
      const columns = table.columns.map(({ name }) => name);
      const look = digester.table(table.name, columns);
      const order = contents.order.get(table.name) ?? [];
      let rows = 0;
      for await (const piece of readRows(this.#snapshot, this.#engine, { table, order })) {
        for (const row of piece) {
          const values = columns.map((name) => row[name]);
          this.#line(values);
          look?.(values);
          rows += 1;
          if (this.#text.length >= pieceLength) yield this.#take();
        }
      }
      this.#counts.push({ table: table.name, rows });
    }
    yield this.#take();
    this.#sha256 = this.#hash.digest('hex');
    this.#digests = digester.digests();
    const trailer: ArchiveTrailer = { end: this.#counts, digests: this.#digests, sha256: this.#sha256 };
    yield Buffer.from(`${JSON.stringify(trailer)}\n`);
  }

  async #header(): Promise<ArchiveHeader> {
    const { program, clock = systemClock } = this.#options;
    if (this.#engine === 'postgres') {
      // A slow disk must not end the backup.
      await sql`set local statement_timeout = 0`.execute(this.#snapshot);
      await sql`set local idle_in_transaction_session_timeout = 0`.execute(this.#snapshot);
    }
    const migrations = await appliedMigrations(this.#snapshot, this.#engine);
    const { tables, skipped } = await discoverTables(this.#snapshot, this.#engine);
    const [format, formatVersion] = ['belltower-backup', 2] as const;
    return {
      format,
      formatVersion,
      program,
      engine: this.#engine,
      started: clock.now(),
      migrations,
      tables,
      skipped,
    };
  }

  #line(value: object): void {
    this.#text += `${JSON.stringify(value)}\n`;
  }

  #take(): Buffer {
    const piece = Buffer.from(this.#text);
    this.#text = '';
    this.#hash.update(piece);
    return piece;
  }
}
