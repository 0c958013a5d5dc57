import { checkPattern, parsePattern } from '@belltower/stix';
import { telecomTypes } from '@belltower/telecom';
import { derivedUuid } from '../derived-uuid.ts';
import type { Json } from '../json.ts';
import { patternOf, ruleTypes } from './attribute-patterns.ts';
import { clusterIds } from './clusters.ts';
import type { Context } from './event-context.ts';
import { head, inherited, markingsOf, staysBehind } from './event-context.ts';
import { unnamedClusters } from './galaxies.ts';
import type { MispAttribute } from './misp-event.ts';
import { mispProperties } from './misp-extension.ts';
import { tagProperties, tlpSpelling } from './misp-tags.ts';
import { momentOf, timestampOf } from './misp-time.ts';
import { expiryOf, fromSightings } from './sightings.ts';
import { relationOf } from './telecom-readings.ts';

/** What somebody who knows an attribute's place in an object says of it beforehand. */
export interface Known {
  /** The pattern of its indicator; undefined for what must not be one, whatever its flag says. */
  readonly pattern: string | undefined;
  /** What is to be noted of it in the extension. */
  readonly note?: Json;
}

/**
 * The objects of an attribute, its own first: an indicator where it is for detection, a vulnerability, or a note. Behind it its
 * sightings, and relationships with the clusters that it is tagged with. Nothing where it stays behind.
 */
export function fromAttribute(attribute: MispAttribute, context: Context): readonly Json[] {
  const { raw, uuid, type, at } = attribute;
  if (staysBehind({ raw, uuid, what: type, at }, context)) return [];
  return attributeObjects(attribute, context);
}

/** The same of an attribute of which it is known that it comes along. */
export function attributeObjects(attribute: MispAttribute, context: Context, known?: Known): readonly Json[] {
  const { raw, tags, uuid } = attribute;
  tellFile(attribute, context);
  const time = timestampOf(raw['timestamp']) ?? context.time;
  const made = ownProperties(attribute, context, { time, note: known?.note });
  const object =
    indicatorOf(attribute, made, { time, known }) ??
    vulnerabilityOf(attribute, made) ??
    noteOf(attribute, made, context);
  context.idOf.set(uuid, String(object['id']));
  if (tags.length === 0 && attribute.sightings.length === 0) return [object];
  return [
    object,
    ...fromSightings(attribute, object, context),
    ...clusterRelations(attribute, object, context),
  ];
}

/** Tells of a file that stays behind. */
function tellFile({ raw, at }: MispAttribute, { losses }: Context): void {
  if (raw['data'] !== undefined && raw['data'] !== null && raw['data'] !== '')
    losses.push({
      at: `${at}.data`,
      what: 'file',
      why: 'Files stay in MISP: samples do not travel here.',
    });
}

function ownProperties(
  attribute: MispAttribute,
  context: Context,
  { time, note }: { readonly time: string; readonly note: Json | undefined },
): Json {
  const { raw, tags, uuid, clusters } = attribute;
  const own = tagProperties(tags);
  return {
    ...head('indicator', uuid, { ...context, time }),
    ...context.markings,
    ...own,
    extensions: mispProperties(raw, {
      ...(own['object_marking_refs'] === undefined ? inherited(context) : tlpSpelling(tags)),
      ...unnamedClusters(clusters),
      ...note,
    }),
  };
}

function indicatorOf(
  attribute: MispAttribute,
  made: Json,
  { time, known }: { readonly time: string; readonly known: Known | undefined },
): Json | undefined {
  const { type, value, toIds, raw } = attribute;
  const language = ruleTypes.get(type);
  const pattern =
    known === undefined ? (language === undefined ? patternOf(type, value) : value) : known.pattern;
  if (pattern === undefined || (!toIds && language === undefined && known === undefined)) return undefined;
  if ((language ?? 'stix') === 'stix' && !isSound(pattern)) return undefined;
  const from = momentOf(raw['first_seen']) ?? time;
  const expiry = expiryOf(attribute);
  const until = expiry ?? momentOf(raw['last_seen']);
  const comment = raw['comment'];
  return {
    ...made,
    // What a sighting ended is a newer version of what the attribute said.
    ...(expiry !== undefined && expiry > time ? { modified: expiry } : {}),
    // No half of a character at the end.
    name: `${known === undefined ? type : relationOf(attribute) || type}: ${value}`
      .slice(0, 250)
      .replace(/[\ud800-\udbff]$/, ''),
    ...(typeof comment === 'string' && comment !== '' ? { description: comment } : {}),
    indicator_types: ['malicious-activity'],
    pattern,
    pattern_type: language ?? 'stix',
    ...(language === undefined || language === 'stix' ? { pattern_version: '2.1' } : {}),
    valid_from: from,
    ...validity(from, until, expiry),
  };
}

/** Whether a pattern keeps the rules of STIX: a hash with too few digits, say, makes none that does (STIX 2.1 §9). */
function isSound(pattern: string): boolean {
  const parsed = parsePattern(pattern);
  return (
    parsed.ok &&
    checkPattern(parsed.pattern, telecomTypes).every(
      ({ level, code }) => level !== 'must' || code === 'unknown-object-type',
    )
  );
}

/** Until when an indicator holds; STIX wants the end behind the beginning (STIX 2.1 §4.7). */
function validity(from: string, until: string | undefined, expiry: string | undefined): Json {
  if (until === undefined) return {};
  if (until > from) return { valid_until: until };
  return expiry === undefined ? {} : { valid_until: new Date(Date.parse(from) + 1).toISOString() };
}

function vulnerabilityOf({ type, value, uuid }: MispAttribute, made: Json): Json | undefined {
  if (type !== 'vulnerability') return undefined;
  const cve = /^CVE-\d{4}-\d{4,}$/i.exec(value.trim())?.[0].toUpperCase();
  if (cve === undefined) return undefined;
  return {
    ...made,
    type: 'vulnerability',
    id: `vulnerability--${uuid}`,
    name: cve,
    external_references: [{ source_name: 'cve', external_id: cve }],
  };
}

/** What is no pattern is something that was said: text, comments, links, and values that are not for detection. */
function noteOf({ type, value, uuid }: MispAttribute, made: Json, { report }: Context): Json {
  const isLink = type === 'link' && /^https?:\/\/\S{1,2000}$/i.test(value);
  return {
    ...made,
    type: 'note',
    id: `note--${uuid}`,
    abstract: type,
    content: value,
    object_refs: [report],
    ...(isLink ? { external_references: [{ source_name: 'link', url: value }] } : {}),
  };
}

/** What an indicator can be an indicator of (STIX 2.1 §4.7.2). */
const indicated: ReadonlySet<string> = new Set([
  'attack-pattern',
  'campaign',
  'intrusion-set',
  'malware',
  'threat-actor',
  'tool',
]);

/** What the galaxies of an attribute say of its object. */
function clusterRelations(
  { tags, uuid, raw }: MispAttribute,
  object: Json,
  context: Context,
): readonly Json[] {
  const time = timestampOf(raw['timestamp']) ?? context.time;
  return clusterIds(tags, context.clusters).map((target) => {
    const indicates = object['type'] === 'indicator' && indicated.has(target.split('--')[0] ?? '');
    return {
      ...head('relationship', derivedUuid(`${uuid} ${target}`), { ...context, time }),
      ...markingsOf(object),
      relationship_type: indicates ? 'indicates' : 'related-to',
      source_ref: object['id'],
      target_ref: target,
    };
  });
}
