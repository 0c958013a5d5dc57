import { isJsonObject, placeInText } from '@belltower/stix';
import type { Json } from '../json.ts';

/** A file of clusters, as the galaxies of MISP are published. */
export interface Galaxy {
  readonly type: string;
  readonly name: string;
  readonly clusters: readonly Cluster[];
}

export interface Cluster {
  readonly uuid: string | undefined;
  readonly value: string;
  readonly description: string;
  readonly revoked: boolean;
  readonly meta: Json;
  readonly related: readonly Json[];
  /** JSON path in the file. */
  readonly at: string;
}

/** What is wrong with a text that should be a file of clusters, and where. */
export interface GalaxyError {
  readonly message: string;
  /** A line and column, or a JSON path. */
  readonly at: string;
}

export type ReadGalaxy =
  | { readonly ok: true; readonly value: Galaxy }
  | { readonly ok: false; readonly error: GalaxyError };

/** Characters of a file, its clusters, and relations and fields of one of them. The largest published has 12 million characters. */
const longestText = 67_108_864;
const mostClusters = 100_000;
const mostRelations = 10_000;
const mostFields = 1_000;

/** Reads a file of clusters (MISP galaxy format). One cluster that is wrong fails the whole file. */
export function readGalaxy(text: string): ReadGalaxy {
  if (text.length > longestText) return failed('The text is longer than any galaxy.', '$');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return failed('It is not JSON.', placeOf(text, cause));
  }
  const read = clustersOf(value);
  return 'message' in read ? { ok: false, error: read } : { ok: true, value: read };
}

function failed(message: string, at: string): ReadGalaxy {
  return { ok: false, error: { message, at } };
}

/** Where the parser of JSON stopped, as far as it tells. */
function placeOf(text: string, cause: unknown): string {
  const message = cause instanceof Error ? cause.message : '';
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position === undefined && !message.includes('end of JSON')) return '$';
  const { line, column } = placeInText(text, position === undefined ? text.length : Number(position));
  return `line ${line}, column ${column}`;
}

function clustersOf(file: unknown): Galaxy | GalaxyError {
  if (!isJsonObject(file)) return { message: 'A galaxy is a JSON object.', at: '$' };
  const { type, name, values } = file;
  if (typeof type !== 'string' || !/^[a-z0-9][a-z0-9_-]{0,99}$/i.test(type))
    return { message: 'A galaxy has a type, in letters, digits and hyphens.', at: '$.type' };
  if (!Array.isArray(values)) return { message: 'A galaxy has a list of values.', at: '$.values' };
  if (values.length > mostClusters)
    return { message: `It has ${values.length} values; ${mostClusters} are taken.`, at: '$.values' };
  const clusters: Cluster[] = [];
  for (const [index, value] of values.entries()) {
    const read = clusterOf(value, `$.values[${index}]`);
    if ('message' in read) return read;
    clusters.push(read);
  }
  return { type: type.toLowerCase(), name: typeof name === 'string' ? name : type, clusters };
}

function clusterOf(item: unknown, at: string): Cluster | GalaxyError {
  if (!isJsonObject(item)) return { message: 'Here should be a JSON object.', at };
  const { uuid, value, description, revoked, meta = {}, related = [] } = item;
  if (typeof value !== 'string' || value.trim() === '')
    return { message: 'A cluster has a value, which is its name.', at: `${at}.value` };
  if (uuid !== undefined && (typeof uuid !== 'string' || !uuidForm.test(uuid)))
    return { message: 'Here should be a UUID.', at: `${at}.uuid` };
  if (!isJsonObject(meta)) return { message: 'Here should be a JSON object.', at: `${at}.meta` };
  if (Object.keys(meta).length > mostFields)
    return { message: `It has more than ${mostFields} fields.`, at: `${at}.meta` };
  if (!Array.isArray(related) || related.length > mostRelations)
    return { message: `Here should be a list of at most ${mostRelations}.`, at: `${at}.related` };
  const bad = related.findIndex((relation) => !isJsonObject(relation));
  if (bad !== -1) return { message: 'Here should be a JSON object.', at: `${at}.related[${bad}]` };
  return {
    uuid: typeof uuid === 'string' ? uuid.toLowerCase() : undefined,
    value,
    description: typeof description === 'string' ? description : '',
    revoked: revoked === true,
    meta,
    related: related.filter(isJsonObject),
    at,
  };
}

const uuidForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
