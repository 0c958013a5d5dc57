import type { Microseconds } from '@belltower/stix';
import { formatTimestamp, isJsonObject, parseTimestamp } from '@belltower/stix';
import { base64 } from '@scure/base';
import type { Parsed } from '../parsed.ts';
import { notUnderstood, understood } from '../parsed.ts';
import { GroupKey, isKeyId, leastKeyBytes, mostKeyBytes } from './group-key.ts';
import type { KeyRing } from './key-ring.ts';
import { addKey, mostKeys } from './key-ring.ts';

const format = 'belltower-key-ring';
const version = 1;
/** Characters of a file at the most: 750 of the longest keys. */
const longestFile = 2_000_000;

/** The file that a ring is kept and handed over in: JSON, the secrets in base64. Whoever has it can recognise subscribers. */
export function printKeyRing({ keys }: KeyRing): string {
  const rows = keys.map((key) => ({
    id: key.id,
    from: formatTimestamp(key.from, 6),
    ...(key.until === undefined ? {} : { until: formatTimestamp(key.until, 6) }),
    key: base64.encode(key.reveal()),
  }));
  return `${JSON.stringify({ format, version, keys: rows }, undefined, 2)}\n`;
}

/** Reads such a file. A reason names the place, and repeats nothing of what stands there: it could be a secret. */
export function parseKeyRing(text: string): Parsed<KeyRing> {
  if (text.length > longestFile) return notUnderstood('A file of keys is not that long.');
  const file = readJson(text);
  if (!isJsonObject(file) || file['format'] !== format)
    return notUnderstood(`A file of keys is a JSON object with "format": "${format}".`);
  if (file['version'] !== version) return notUnderstood(`$.version has to be ${version}.`);
  const rows = file['keys'];
  if (!Array.isArray(rows)) return notUnderstood('$.keys has to be a list.');
  if (rows.length > mostKeys) return notUnderstood(`$.keys has more than ${mostKeys} keys.`);
  let ring: KeyRing = { keys: [] };
  for (const [index, row] of rows.entries()) {
    const at = `$.keys[${index}]`;
    const key = readKey(row, at);
    if (!key.ok) return key;
    const longer = addKey(ring, key.value);
    if (!longer.ok) return notUnderstood(`${at}: ${longer.reason}`);
    ring = longer.value;
  }
  return understood(ring);
}

function readKey(row: unknown, at: string): Parsed<GroupKey> {
  if (!isJsonObject(row)) return notUnderstood(`${at} has to be an object.`);
  const { id, from, until, key } = row;
  if (typeof id !== 'string' || !isKeyId(id))
    return notUnderstood(`${at}.id has to be 1 to 64 letters, digits, dots, hyphens and underscores.`);
  const begin = readTime(from);
  const end = until === undefined ? undefined : readTime(until);
  if (begin === undefined) return notUnderstood(`${at}.from has to be a time such as 2026-01-01T00:00:00Z.`);
  if (until !== undefined && (end === undefined || end <= begin))
    return notUnderstood(`${at}.until has to be a time after from, or to be left out.`);
  const bytes = typeof key === 'string' ? fromBase64(key) : undefined;
  if (bytes === undefined || bytes.length < leastKeyBytes || bytes.length > mostKeyBytes)
    return notUnderstood(`${at}.key has to be ${leastKeyBytes} to ${mostKeyBytes} bytes in base64.`);
  return understood(new GroupKey({ id, from: begin, until: end, bytes }));
}

function readTime(value: unknown): Microseconds | undefined {
  return typeof value === 'string' ? parseTimestamp(value)?.microseconds : undefined;
}

/** What an engine says of faulty JSON repeats some of it. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fromBase64(text: string): Uint8Array | undefined {
  if (text.length > 2_000) return undefined;
  try {
    return base64.decode(text);
  } catch {
    return undefined;
  }
}
