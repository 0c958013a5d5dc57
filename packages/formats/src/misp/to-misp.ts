import { isStixId, type StixTimestamp } from '@belltower/stix';
import type { Json } from '../json.ts';
import { plainText } from '../json.ts';
import type { Loss } from '../loss.ts';
import { isCarried, lostRelationship, relatedTags } from './carried-relationships.ts';
import { foreignAttacks } from './foreign-attacks.ts';
import { foreignAttributes } from './foreign-attributes.ts';
import type { ForeignClusters } from './foreign-clusters.ts';
import { foreignClusters } from './foreign-clusters.ts';
import type { Galaxies } from './galaxies.ts';
import { galaxyField, isCluster, readGalaxies } from './galaxies.ts';
import { withKept } from './kept-attributes.ts';
import { mispExtensionAuthor, mispOf } from './misp-extension.ts';
import { mispTags, tagField } from './misp-tags.ts';
import { secondsOf } from './misp-time.ts';
import { mispReferences } from './references.ts';
import { mispSightings } from './sightings.ts';

/** An event of MISP, as its interface takes it. */
export interface ToMisp {
  readonly event: Json;
  readonly losses: readonly Loss[];
}

export interface MispAbout {
  /** When the event is written; seconds and dates are of this moment where objects give none. */
  readonly now: StixTimestamp;
  /** A random UUID for the event, where no report gives it one. */
  readonly uuid: string;
  /** What the event is called where no report gives it a name. */
  readonly info?: string;
}

/** Objects that only help others to be understood, and whose content an event has elsewhere. */
const silent: ReadonlySet<unknown> = new Set([
  'identity',
  'marking-definition',
  'extension-definition',
  'report',
  'grouping',
  'sighting',
  'opinion',
]);

/** What the parts of an event share while it is written. */
interface Writing {
  readonly about: MispAbout;
  readonly report: Json | undefined;
  readonly losses: Loss[];
  readonly galaxies: Galaxies;
  readonly sightings: ReadonlyMap<string, readonly Json[]>;
  readonly foreign: ForeignClusters;
  /** Tags that relationships with clusters give, by the id of the object that they begin at. */
  readonly related: ReadonlyMap<unknown, readonly string[]>;
}

/**
 * One MISP event out of STIX objects. Objects that came from MISP go back as they were; others as far as MISP can say them. The
 * first report heads the event; `toMispEvents` makes one of each.
 */
export function toMisp(all: readonly Json[], about: MispAbout): ToMisp {
  // UUIDs of MISP are those of the ids.
  const objects = all.filter(hasId);
  const reports = objects.filter((object) => object['type'] === 'report');
  const [report] = reports;
  const foreign = foreignClusters(objects);
  const writing: Writing = {
    about,
    report,
    losses: [...withoutIds(all), ...otherReports(reports)],
    galaxies: readGalaxies(objects),
    sightings: mispSightings(objects),
    foreign,
    related: relatedTags(objects, foreign),
  };
  const creator = objects.find(
    ({ id }) => id !== mispExtensionAuthor.id && id === (report ?? objects[0])?.['created_by_ref'],
  );
  const { attributes, members, eventReports, attacks } = contentsOf(objects, writing);
  const references = mispReferences(objects);
  const mispObjects = objects.flatMap((grouping) => {
    if (grouping['type'] !== 'grouping' || mispOf(grouping) === undefined) return [];
    const list = withKept(grouping, members.get(grouping) ?? []);
    const own = references.get(uuidOf(grouping));
    if (list.length === 0) return [];
    return {
      ...fieldsOf(mispOf(grouping) ?? {}),
      uuid: uuidOf(grouping),
      ...tagField(mispTags(grouping, report)),
      Attribute: list,
      ...(own === undefined ? {} : { ObjectReference: own }),
    };
  });
  const tags = [...new Set([...(report === undefined ? [] : mispTags(report)), ...foreign.tags.values()])];
  const event = {
    ...eventHead(report, about),
    ...(creator === undefined ? {} : { Orgc: { uuid: uuidOf(creator), name: creator['name'] } }),
    ...tagField(tags),
    ...(report === undefined ? {} : galaxyField(tags, report, writing.galaxies)),
    Attribute: attributes,
    ...(mispObjects.length + attacks.length > 0 ? { Object: [...mispObjects, ...attacks] } : {}),
    ...(eventReports.length > 0 ? { EventReport: eventReports } : {}),
  };
  return { event: { Event: event }, losses: writing.losses };
}

function hasId({ id }: Json): boolean {
  return typeof id === 'string' && isStixId(id);
}

function withoutIds(all: readonly Json[]): readonly Loss[] {
  return all.flatMap((object, index) =>
    hasId(object)
      ? []
      : [
          {
            at: `objects[${index}]`,
            what: 'object',
            why: 'It has no id of STIX, so MISP could not tell it from others.',
          },
        ],
  );
}

function otherReports([_, ...others]: readonly Json[]): Loss[] {
  return others.map((other) => ({
    at: text(other['id']),
    what: 'report',
    why: 'An event is one report; another one heads this event.',
  }));
}

interface Contents {
  readonly attributes: readonly Json[];
  /** Attributes of objects, by the grouping that the object became. */
  readonly members: ReadonlyMap<Json, readonly Json[]>;
  readonly eventReports: readonly Json[];
  /** Objects for signalling messages that did not come from MISP. */
  readonly attacks: readonly Json[];
}

function contentsOf(objects: readonly Json[], writing: Writing): Contents {
  const { foreign } = writing;
  const grouped = groupingOfMembers(objects);
  const known = toldByObjects(objects);
  const attacks = foreignAttacks(objects, { told: known, now: writing.about.now });
  const told = new Set([...known, ...attacks.told]);
  const attributes: Json[] = [];
  const members = new Map<Json, Json[]>();
  const eventReports: Json[] = [];
  for (const object of objects) {
    if (silent.has(object['type']) || isCluster(object) || told.has(object['id'])) continue;
    if (foreign.named.has(object['id'])) continue;
    if (foreign.tags.has(object['id'])) {
      writing.losses.push({
        at: text(object['id']),
        what: text(object['type']),
        why: 'The event has its name as a tag of a galaxy; what it says besides stays behind.',
      });
      continue;
    }
    const misp = mispOf(object);
    if (misp?.['event_report'] === true) {
      eventReports.push(reportOf(object, misp));
      continue;
    }
    if (object['type'] === 'relationship') {
      if (!isCarried(object, writing)) writing.losses.push(lostRelationship(object));
      continue;
    }
    const made =
      misp === undefined
        ? foreignAttributes(object, { ...writing, now: writing.about.now })
        : [attributeOf(object, misp)];
    const dressed = made.map((attribute) => withTags(attribute, object, writing));
    const grouping = grouped.get(object['id']);
    if (grouping === undefined) attributes.push(...dressed);
    else {
      const list = members.get(grouping) ?? [];
      list.push(...dressed);
      members.set(grouping, list);
    }
  }
  return { attributes, members, eventReports, attacks: attacks.objects };
}

/** Which grouping of MISP's an object belongs to. */
function groupingOfMembers(objects: readonly Json[]): ReadonlyMap<unknown, Json> {
  const grouped = new Map<unknown, Json>();
  for (const grouping of objects) {
    if (grouping['type'] !== 'grouping' || mispOf(grouping) === undefined) continue;
    const refs: unknown = grouping['object_refs'];
    for (const ref of Array.isArray(refs) ? refs : []) grouped.set(ref, grouping);
  }
  return grouped;
}

/** What objects of MISP were made of that their groupings keep the attributes of: observed data with its observables, attack patterns. */
function toldByObjects(objects: readonly Json[]): ReadonlySet<unknown> {
  const told = new Set<unknown>();
  for (const object of objects) {
    if (mispOf(object)?.['of_object'] === undefined) continue;
    told.add(object['id']);
    const refs: unknown = object['object_refs'];
    for (const ref of Array.isArray(refs) ? refs : []) told.add(ref);
  }
  return told;
}

/** An attribute with the tags, galaxies and sightings of the object that it was made of. */
function withTags(attribute: Json, object: Json, { report, galaxies, sightings, related }: Writing): Json {
  const tags = [...mispTags(object, report), ...(related.get(object['id']) ?? [])];
  const seen = sightings.get(plainText(attribute['uuid']));
  return {
    ...attribute,
    ...tagField([...new Set(tags)]),
    ...galaxyField(tags, object, galaxies),
    ...(seen === undefined ? {} : { Sighting: seen }),
  };
}

function eventHead(report: Json | undefined, { now, uuid, info }: MispAbout): Json {
  const modified = text(report?.['modified']) || now;
  const misp = report === undefined ? undefined : mispOf(report);
  return {
    ...(misp === undefined ? foreignHead(modified) : fieldsOf(misp)),
    info: text(report?.['name']) || info || 'STIX objects',
    uuid: report === undefined ? uuid : uuidOf(report),
  };
}

/** What MISP asks of an event that it did not make: nothing decided yet, for this organisation alone. */
function foreignHead(modified: string): Json {
  const undecided = { threat_level_id: '4', analysis: '2', distribution: '0', published: false };
  return { date: modified.slice(0, 10), timestamp: secondsOf(modified), ...undecided };
}

function attributeOf(object: Json, misp: Json): Json {
  return {
    ...fieldsOf(misp),
    uuid: uuidOf(object),
    value: mispValue(object, misp),
    to_ids: misp['to_ids'] ?? false,
  };
}

/** The value that an object of MISP's was made of. */
function mispValue(object: Json, misp: Json): unknown {
  switch (object['type']) {
    case 'indicator':
      return text(object['pattern_type']) !== 'stix'
        ? object['pattern']
        : (misp['value'] ?? object['pattern']);
    case 'vulnerability':
      return misp['value'] ?? object['name'];
    default:
      return object['content'];
  }
}

/** The fields of MISP's own, without what `fromMisp` noted for us. */
function fieldsOf({
  event_report: _,
  tlp_of_event: __,
  tlp_tags: ___,
  clusters: ____,
  attributes: _____,
  unvalidated: ______,
  ...misp
}: Json): Json {
  return misp;
}

function reportOf(object: Json, misp: Json): Json {
  return { ...fieldsOf(misp), uuid: uuidOf(object), name: object['abstract'], content: object['content'] };
}

function uuidOf(object: Json): string {
  return text(object['id']).split('--')[1] ?? '';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
