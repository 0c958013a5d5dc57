import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createZstdDecompress } from 'node:zlib';
import type { SqlValue } from '../storage.ts';
import {
  ArchiveError,
  type ArchiveHeader,
  type ArchiveTable,
  type ArchiveTrailer,
  parseHeader,
  parseMark,
  parseRow,
} from './archive-format.ts';
import {
  type CollectionDigest,
  type ContentDigester,
  type ContentDigests,
  differingCollections,
} from './content-digest.ts';

/** A piece of an archive: first the header, then rows of one table after the other, and the digests when all of it fits. */
export type ArchivePiece =
  | { readonly kind: 'header'; readonly header: ArchiveHeader }
  | { readonly kind: 'rows'; readonly table: ArchiveTable; readonly rows: readonly (readonly SqlValue[])[] }
  | {
      readonly kind: 'digests';
      /** Of each collection's content; undefined in a backup of an older program. */
      readonly digests: readonly CollectionDigest[] | undefined;
    };

/** Rows come in pieces of at most so many, and of about so many characters. */
const piece = { rows: 1_000, characters: 1_048_576 };

/**
 * Reads an archive from its beginning to its end. Rows come before they are verified as a whole: only when this ends without an `ArchiveError`
 * is the archive complete, with every hash and count as it should be.
 */
export async function* readArchive(file: string, contents: ContentDigests): AsyncIterable<ArchivePiece> {
  const hash = createHash('sha256');
  let reading: Sections | undefined;
  let trailer: ArchiveTrailer | undefined;
  for await (const line of readLines(file)) {
    if (trailer !== undefined) throw new ArchiveError('The backup is damaged: something follows its end');
    const text = line.toString('utf8');
    if (reading === undefined) {
      const header = parseHeader(text);
      reading = new Sections(header.tables, contents);
      yield { kind: 'header', header };
    } else if (text.startsWith('[')) {
      const full = reading.add(text);
      if (full !== undefined) yield full;
    } else {
      const rest = reading.take();
      if (rest !== undefined) yield rest;
      const mark = parseMark(text);
      if ('table' in mark) reading.begin(mark.table);
      else trailer = mark;
    }
    if (trailer === undefined) hash.update(line).update('\n');
  }
  if (reading === undefined || trailer === undefined) {
    throw new ArchiveError('The backup is cut off: its end is missing');
  }
  reading.compare(trailer);
  if (hash.digest('hex') !== trailer.sha256)
    throw new ArchiveError('The backup is damaged: its SHA-256 does not fit');
  const [differing] = differingCollections(trailer.digests ?? [], trailer.digests ? reading.digests() : []);
  if (differing !== undefined) {
    throw new ArchiveError(
      `The backup is damaged: the digest of the collection "${differing}" does not fit its content`,
    );
  }
  yield { kind: 'digests', digests: trailer.digests };
}

/** Gathers rows and follows the order of the tables. */
class Sections {
  readonly #tables: readonly ArchiveTable[];
  readonly #digester: ContentDigester;
  readonly #counts: { table: string; rows: number }[] = [];
  #look: ReturnType<ContentDigester['table']>;
  #rows: (readonly SqlValue[])[] = [];
  #characters = 0;

  constructor(tables: readonly ArchiveTable[], contents: ContentDigests) {
    this.#tables = tables;
    this.#digester = contents.digester();
  }

  digests(): readonly CollectionDigest[] {
    return this.#digester.digests();
  }

  begin(table: string): void {
    const next = this.#tables[this.#counts.length];
    if (next?.name !== table) {
      throw new ArchiveError('The backup is damaged: its tables are not those that its header names');
    }
    this.#look = this.#digester.table(
      table,
      next.columns.map(({ name }) => name),
    );
    this.#counts.push({ table, rows: 0 });
  }

  add(line: string): ArchivePiece | undefined {
    const [table, count] = [this.#tables[this.#counts.length - 1], this.#counts.at(-1)];
    if (table === undefined || count === undefined) {
      throw new ArchiveError('The backup is damaged: a row stands outside of a table');
    }
    const row = parseRow(line, table.columns.length);
    this.#rows.push(row);
    this.#look?.(row);
    this.#characters += line.length;
    count.rows += 1;
    const full = this.#rows.length >= piece.rows || this.#characters >= piece.characters;
    return full ? this.take() : undefined;
  }

  take(): ArchivePiece | undefined {
    const table = this.#tables[this.#counts.length - 1];
    const rows = this.#rows;
    this.#rows = [];
    this.#characters = 0;
    return table === undefined || rows.length === 0 ? undefined : { kind: 'rows', table, rows };
  }

  compare(trailer: ArchiveTrailer): void {
    const same =
      this.#counts.length === this.#tables.length &&
      JSON.stringify(this.#counts) ===
        JSON.stringify(trailer.end.map(({ table, rows }) => ({ table, rows })));
    if (!same) throw new ArchiveError('The backup is damaged: rows are missing or too many');
  }
}

/** The lines of the decompressed file, without their ends. */
async function* readLines(file: string): AsyncIterable<Buffer> {
  let begun: Buffer[] = [];
  for await (const chunk of decompress(file)) {
    let from = 0;
    for (let to = chunk.indexOf(10); to !== -1; to = chunk.indexOf(10, from)) {
      const end = chunk.subarray(from, to);
      yield begun.length === 0 ? end : Buffer.concat([...begun, end]);
      begun = [];
      from = to + 1;
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
  }
  if (begun.length > 0) throw new ArchiveError('The backup is cut off in the middle of a line');
}

async function* decompress(file: string): AsyncIterable<Buffer> {
  const source = createReadStream(file);
  const output = createZstdDecompress();
  let broken: unknown;
  // An error may come when nobody iterates any more.
  output.on('error', () => undefined);
  source.on('error', (error) => {
    broken = error;
    output.destroy(error);
  });
  try {
    yield* source.pipe(output);
    await expectEnd(file, output.bytesWritten);
  } catch (cause) {
    if (broken !== undefined) throw broken;
    if (cause instanceof ArchiveError) throw cause;
    throw new ArchiveError('The backup is damaged: it cannot be decompressed', { cause });
  } finally {
    source.destroy();
    output.destroy();
  }
}

/** The decompressor stops at the end of its frame, whatever follows. Node's compressor lets an empty frame follow. */
async function expectEnd(file: string, position: number): Promise<void> {
  await using handle = await open(file);
  const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(64), position });
  if (bytesRead === 0) return;
  const rest = createZstdDecompress();
  rest.on('error', () => undefined);
  rest.end(buffer.subarray(0, bytesRead));
  const text = await rest.toArray();
  if (text.length > 0 || rest.bytesWritten !== bytesRead || bytesRead === buffer.length) {
    throw new ArchiveError('The backup is damaged: something follows its end');
  }
}
