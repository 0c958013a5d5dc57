import { z } from 'zod';
import type { SqlValue } from '../storage.ts';
import { collectionDigest } from './content-digest.ts';

/*
 * A backup is a file of JSON lines, compressed with zstd:
 *
 *   {"format":"belltower-backup","formatVersion":2,…}   the header
 *   {"table":"organisation"}                            once for each table of the header, in its order …
 *   ["o1","Example Telecom",1]                          … followed by its rows, values in the order of the columns
 *   {"end":[{"table":"organisation","rows":1}],"digests":[…],"sha256":"…"}   the trailer; the hash is of every byte before it
 *
 * It is the same for both engines. The digests are of each collection's content, so that it can be compared with what comes of it, and with
 * other nodes; version 1 of the format had none. The hash finds damage; it is no signature against somebody who means to deceive.
 */

/** What kind of values a column holds. */
export type ArchiveType = 'text' | 'integer' | 'real';

const count = z.number().int().nonnegative();

const headerSchema = z.object({
  format: z.literal('belltower-backup'),
  formatVersion: z.union([z.literal(1), z.literal(2)]),
  /** Version of the program that made it. */
  program: z.string(),
  engine: z.enum(['sqlite', 'postgres']),
  /** Microseconds: the moment of the snapshot. */
  started: count,
  migrations: z
    .array(z.object({ slice: z.string(), number: count, name: z.string(), appliedAt: count }).readonly())
    .readonly(),
  tables: z
    .array(
      z
        .object({
          name: z.string(),
          columns: z
            .array(z.object({ name: z.string(), type: z.enum(['text', 'integer', 'real']) }).readonly())
            .readonly(),
        })
        .readonly(),
    )
    .readonly(),
  /** Tables that were left out because they can be rebuilt: full-text indexes, whose names end in `_fts`. */
  skipped: z.array(z.string()).readonly(),
});

/** The first line. */
export type ArchiveHeader = Readonly<z.infer<typeof headerSchema>>;
/** A table and the columns that are carried of it. */
export type ArchiveTable = ArchiveHeader['tables'][number];

const sectionSchema = z.strictObject({ table: z.string() });

const trailerSchema = z.strictObject({
  end: z.array(z.object({ table: z.string(), rows: count }).readonly()).readonly(),
  digests: z.array(collectionDigest).readonly().optional(),
  sha256: z.string(),
});

/** The last line. */
export type ArchiveTrailer = Readonly<z.infer<typeof trailerSchema>>;

/** The file is not a whole and unaltered backup that this program can read. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

/** Reads the first line. */
export function parseHeader(line: string): ArchiveHeader {
  const value = parseJson(line);
  if (typeof value !== 'object' || value === null || Reflect.get(value, 'format') !== 'belltower-backup') {
    throw new ArchiveError('This is not a backup made by Belltower');
  }
  const version: unknown = Reflect.get(value, 'formatVersion');
  if (version !== 1 && version !== 2) {
    throw new ArchiveError(
      'The backup has a format that this version of the program does not know: use a newer one',
    );
  }
  const header = headerSchema.safeParse(value);
  if (!header.success) throw new ArchiveError('The header of the backup is damaged', { cause: header.error });
  return header.data;
}

/** Reads a line between the rows: the beginning of a table, or the trailer. */
export function parseMark(line: string): { readonly table: string } | ArchiveTrailer {
  const value = parseJson(line);
  const mark = z.union([sectionSchema, trailerSchema]).safeParse(value);
  if (!mark.success) throw new ArchiveError('The backup is damaged: a line is not what it should be');
  return mark.data;
}

/** Reads a row of so many columns. */
export function parseRow(line: string, width: number): readonly SqlValue[] {
  const value = parseJson(line);
  if (!isRow(value) || value.length !== width)
    throw new ArchiveError('The backup is damaged: a row is not what it should be');
  return value;
}

function isRow(value: unknown): value is readonly SqlValue[] {
  if (!Array.isArray(value)) return false;
  return value.every((item) => item === null || typeof item === 'string' || typeof item === 'number');
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new ArchiveError('The backup is damaged: a line is not JSON', { cause });
  }
}
