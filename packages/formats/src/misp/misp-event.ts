import { flawPlace, isJsonObject, isUuid } from '@belltower/stix';
import type { Json } from '../json.ts';

/** An event of MISP as its interface and feeds give it (MISP core format). Numbers and flags come as texts or as what they are. */
export interface MispEvent {
  readonly uuid: string;
  readonly info: string;
  readonly attributes: readonly MispAttribute[];
  readonly objects: readonly MispObject[];
  readonly reports: readonly Json[];
  readonly organisation: { readonly uuid: string; readonly name: string } | undefined;
  readonly tags: readonly string[];
  readonly localTags: readonly string[];
  readonly clusters: readonly MispCluster[];
  readonly raw: Json;
}

/** A cluster of a galaxy, as an event or attribute has it. */
export interface MispCluster {
  /** Its tag: `misp-galaxy:threat-actor="LightBasin"`. */
  readonly tag: string;
  /** The type of its galaxy: `threat-actor`. */
  readonly galaxy: string;
  readonly value: string;
  readonly uuid: string | undefined;
  readonly raw: Json;
  /** The galaxy without its clusters. */
  readonly galaxyRaw: Json;
}

export interface MispAttribute {
  readonly uuid: string;
  readonly type: string;
  readonly value: string;
  readonly toIds: boolean;
  readonly tags: readonly string[];
  /** Tags that are for the eyes of their instance; those of TLP are among `tags` nevertheless. */
  readonly localTags: readonly string[];
  readonly clusters: readonly MispCluster[];
  readonly sightings: readonly Json[];
  readonly raw: Json;
  /** JSON path in the event. */
  readonly at: string;
}

export interface MispObject {
  readonly uuid: string;
  readonly name: string;
  readonly attributes: readonly MispAttribute[];
  readonly references: readonly Json[];
  readonly raw: Json;
  readonly at: string;
}

/** What is wrong with a text that should be MISP events, and where. */
export interface MispError {
  readonly message: string;
  readonly at: string;
}

export type MispEvents =
  | { readonly ok: true; readonly events: readonly MispEvent[] }
  | { readonly ok: false; readonly error: MispError };

/** Characters of a text, and attributes of all its events together. */
const longestText = 268_435_456;
const mostAttributes = 1_000_000;
/** Lists and responses around an event. */
const deepestEvent = 8;

/** Reads `{"Event": …}`, `{"response": [{"Event": …}]}`, a list of these, or a bare event. One that is wrong fails the whole text. */
export function readMispEvents(text: string): MispEvents {
  if (text.length > longestText) return failed('The text is longer than any export of MISP.', '$');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return failed(`It is not JSON: ${cause instanceof Error ? cause.message.slice(0, 200) : ''}`, '$');
  }
  const broken = placeOfHalf(text);
  if (broken !== undefined)
    return failed('It holds half of a surrogate pair, which is no character.', broken);
  try {
    const events = unwrap(value, '$').map(([event, at]) => readEvent(event, at));
    const count = events.reduce(
      (sum, event) =>
        sum +
        event.attributes.length +
        event.objects.reduce((all, object) => all + object.attributes.length, 0),
      0,
    );
    return count > mostAttributes
      ? failed(`It has ${count} attributes; ${mostAttributes} are taken.`, '$')
      : { ok: true, events };
  } catch (error) {
    if (error instanceof Misfit) return failed(error.message, error.at);
    throw error;
  }
}

/** Where half of a surrogate pair stands, written as it is or as an escape: what came of it would be no valid STIX (STIX 2.1 §2.11). */
function placeOfHalf(text: string): string | undefined {
  if (text.isWellFormed() && !/\\u[dD][89a-fA-F]/.test(text)) return undefined;
  const place = flawPlace(text, 'lone-surrogate');
  return place === '$' ? undefined : place;
}

function failed(message: string, at: string): MispEvents {
  return { ok: false, error: { message, at } };
}

/** Carries a place out of the depth of a reading; never leaves this file. */
class Misfit extends Error {
  override readonly name = 'Misfit';
  readonly at: string;

  constructor(message: string, at: string) {
    super(message);
    this.at = at;
  }
}

function unwrap(value: unknown, at: string, depth = 0): readonly (readonly [Json, string])[] {
  if (depth > deepestEvent) throw new Misfit('No event stands so deep.', at);
  if (Array.isArray(value)) return value.flatMap((item, index) => unwrap(item, `${at}[${index}]`, depth + 1));
  const record = recordOf(value, at);
  if (record['response'] !== undefined) return unwrap(record['response'], `${at}.response`, depth + 1);
  if (record['Event'] !== undefined) return [[recordOf(record['Event'], `${at}.Event`), `${at}.Event`]];
  return [[record, at]];
}

function readEvent(raw: Json, at: string): MispEvent {
  const orgc = raw['Orgc'];
  return {
    uuid: uuidOf(raw, at),
    info: textOf(raw['info']),
    attributes: listOf(raw, 'Attribute', at).map(([item, place]) => readAttribute(item, place)),
    objects: listOf(raw, 'Object', at).map(([item, place]) => ({
      uuid: uuidOf(item, place),
      name: textOf(item['name']),
      attributes: listOf(item, 'Attribute', place).map(([attribute, where]) =>
        readAttribute(attribute, where),
      ),
      references: listOf(item, 'ObjectReference', place).map(([reference]) => reference),
      raw: item,
      at: place,
    })),
    reports: listOf(raw, 'EventReport', at).map(([item]) => item),
    organisation:
      isJsonObject(orgc) && isUuidText(orgc['uuid'])
        ? { uuid: orgc['uuid'].toLowerCase(), name: textOf(orgc['name']) }
        : undefined,
    ...taggedWith(raw, at),
    raw,
  };
}

function readAttribute(raw: Json, at: string): MispAttribute {
  const type = textOf(raw['type']);
  const value = raw['value'];
  if (type === '') throw new Misfit('An attribute has a type.', `${at}.type`);
  if (typeof value !== 'string' && typeof value !== 'number')
    throw new Misfit('An attribute has a value, which is a text.', `${at}.value`);
  return {
    uuid: uuidOf(raw, at),
    type,
    value: String(value),
    toIds: raw['to_ids'] === true || raw['to_ids'] === '1' || raw['to_ids'] === 1,
    ...taggedWith(raw, at),
    sightings: listOf(raw, 'Sighting', at).map(([item]) => item),
    raw,
    at,
  };
}

/** Tags and clusters; MISP gives every cluster its tag as well, which is added where it is missing. */
function taggedWith(raw: Json, at: string): Pick<MispAttribute, 'tags' | 'localTags' | 'clusters'> {
  const clusters = (raw['Galaxy'] === undefined ? [] : listOf(raw, 'Galaxy', at)).flatMap(([galaxy, place]) =>
    listOf(galaxy, 'GalaxyCluster', place).map(([cluster, where]) => readCluster(galaxy, cluster, where)),
  );
  if (raw['Tag'] === undefined && clusters.length === 0) return untagged;
  const tags = new Set<string>();
  const localTags = new Set<string>();
  for (const [{ name, local }] of listOf(raw, 'Tag', at)) {
    if (typeof name !== 'string' || name === '') continue;
    const isLocal = local === true || local === 1 || local === '1';
    (isLocal && !/^\s*tlp:/i.test(name) ? localTags : tags).add(name);
  }
  for (const { tag } of clusters) if (!localTags.has(tag)) tags.add(tag);
  return {
    tags: [...tags],
    localTags: [...localTags],
    clusters: clusters.filter(({ tag }) => tags.has(tag)),
  };
}

const untagged = { tags: [], localTags: [], clusters: [] };

function readCluster({ GalaxyCluster: _, ...galaxyRaw }: Json, raw: Json, at: string): MispCluster {
  const galaxy = textOf(raw['type']) || textOf(galaxyRaw['type']);
  const value = textOf(raw['value']);
  if (galaxy === '' || value === '') throw new Misfit('A cluster has a type and a value.', at);
  const uuid = raw['uuid'];
  return {
    tag: textOf(raw['tag_name']) || `misp-galaxy:${galaxy}="${value}"`,
    galaxy,
    value,
    uuid: isUuidText(uuid) ? uuid.toLowerCase() : undefined,
    raw,
    galaxyRaw,
  };
}

function listOf(raw: Json, key: string, at: string): readonly (readonly [Json, string])[] {
  const list = raw[key] ?? [];
  if (!Array.isArray(list)) throw new Misfit(`${key} is a list.`, `${at}.${key}`);
  return list.map(
    (item, index) => [recordOf(item, `${at}.${key}[${index}]`), `${at}.${key}[${index}]`] as const,
  );
}

function recordOf(value: unknown, at: string): Json {
  if (isJsonObject(value)) return value;
  throw new Misfit('Here should be a JSON object.', at);
}

function uuidOf(raw: Json, at: string): string {
  const uuid = raw['uuid'];
  if (isUuidText(uuid)) return uuid.toLowerCase();
  throw new Misfit('It has a UUID, one of RFC 4122.', `${at}.uuid`);
}

/** Of RFC 4122, as STIX has them in its ids (STIX 2.1 §2.9). */
function isUuidText(value: unknown): value is string {
  return typeof value === 'string' && isUuid(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
