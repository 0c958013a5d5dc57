import { ClientError } from '../client-error.ts';
import { asNumber, asObject, asOptionalText, asText } from '../narrow.ts';
import type { StreamEvent } from './event-stream-parser.ts';

/** One entry of a collection's log, as a live stream tells it. */
export type LiveEntry = ObjectEntry | WithdrawalEntry;

interface AnyEntry {
  /** The collection's id, also where it was asked for by its alias. */
  readonly collection: string;
  /** From 1, without holes. */
  readonly position: number;
  /** When it was added: RFC 3339, microseconds. */
  readonly added: string;
  /** The publishing organisation's id; undefined when it does not give its name. */
  readonly publisher: string | undefined;
  /** Resume with this to get what follows. */
  readonly cursor: string;
  /** The whole entry, JSON on one line. */
  readonly text: string;
}

export interface ObjectEntry extends AnyEntry {
  readonly kind: 'object';
  readonly object: Readonly<Record<string, unknown>>;
  /** The object as it was published, but for line breaks between its tokens. */
  readonly objectText: string;
}

/** This version of the object is gone from the collection (rule L6). */
export interface WithdrawalEntry extends AnyEntry {
  readonly kind: 'withdrawal';
  readonly id: string;
  readonly version: string;
}

/** Reads the data of an `entry` event. Throws ClientError `unexpected-answer`. */
export function readLiveEntry({ data, id: cursor }: StreamEvent): LiveEntry {
  // A JSON text has line breaks between tokens only.
  const text = data.replaceAll('\n', ' ');
  const entry = asObject(parse(text), '$');
  const any = {
    collection: asText(entry['collection'], '$.collection'),
    position: asNumber(entry['position'], '$.position'),
    added: asText(entry['added'], '$.added'),
    publisher: asOptionalText(entry['publisher'], '$.publisher'),
    cursor,
    text,
  };
  const kind = entry['kind'];
  if (kind === 'withdrawal') {
    return { ...any, kind, id: asText(entry['id'], '$.id'), version: asText(entry['version'], '$.version') };
  }
  if (kind !== 'object')
    throw new ClientError('unexpected-answer', 'The stream has an entry of an unknown kind.');
  return { ...any, kind, object: asObject(entry['object'], '$.object'), objectText: objectText(text) };
}

/**
 * The object's own text. It is the last member, and no text before it can hold this key: inside a JSON text its quotation marks
 * would be escaped.
 */
function objectText(text: string): string {
  const key = ',"object":';
  const at = text.indexOf(key);
  if (at === -1)
    throw new ClientError('unexpected-answer', 'The object of an entry is not where it should be.');
  return text.slice(at + key.length, text.lastIndexOf('}')).trim();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ClientError('unexpected-answer', 'The stream has an entry that is not JSON.', { cause });
  }
}
