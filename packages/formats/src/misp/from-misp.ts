import { parsePattern } from '@belltower/stix';
import type { Json } from '../json.ts';
import type { Loss } from '../loss.ts';
import { patternOf, ruleTypes } from './attribute-patterns.ts';
import { eventLosses } from './event-losses.ts';
import type { MispAttribute, MispError, MispEvent, MispObject } from './misp-event.ts';
import { readMispEvents } from './misp-event.ts';
import { mispExtensionAuthor, mispExtensionDefinition, mispProperties } from './misp-extension.ts';
import { tagProperties, tlpDefinitions } from './misp-tags.ts';
import { momentOf, timestampOf } from './misp-time.ts';

/** STIX objects, and what they could not carry. */
export interface FromMisp {
  readonly objects: readonly Json[];
  readonly losses: readonly Loss[];
}

export type MispConversion =
  | { readonly ok: true; readonly value: FromMisp }
  | { readonly ok: false; readonly error: MispError };

/** Where an event gives no time of its own; the beginning of MISP's calendar. */
const noTime = '1970-01-01T00:00:01.000Z';

/**
 * MISP events as STIX 2.1. An event is a report, its organisation an identity; an attribute for detection an indicator; a vulnerability
 * a vulnerability; other attributes notes; objects groupings of theirs. UUIDs stay what they were, so converting again gives the
 * same objects. What STIX has no property for stands in an extension, and `toMisp` puts it back.
 */
export function fromMisp(text: string): MispConversion {
  const read = readMispEvents(text);
  if (!read.ok) return read;
  const parts = read.events.map(fromEvent);
  const objects = new Map<string, Json>();
  for (const object of parts.flatMap((part) => part.objects))
    objects.set(`${String(object['id'])} ${String(object['modified'])}`, object);
  const all = [...objects.values()];
  const shared =
    all.length === 0 ? [] : [mispExtensionAuthor, mispExtensionDefinition, ...tlpDefinitions(all)];
  return { ok: true, value: { objects: [...shared, ...all], losses: parts.flatMap((part) => part.losses) } };
}

interface Context {
  /** Id of the report that the event becomes. */
  readonly report: string;
  readonly creator: string | undefined;
  readonly time: string;
  /** The date of the event: what has changed since keeps it as its beginning. */
  readonly born: string | undefined;
  /** TLP of the event: it holds for everything in it that has none of its own. */
  readonly markings: Json;
  readonly losses: Loss[];
}

function fromEvent(event: MispEvent): FromMisp {
  const { organisation, raw } = event;
  const time = timestampOf(raw['timestamp']) ?? momentOf(raw['date']) ?? noTime;
  const losses = [...eventLosses(event)];
  const creator = organisation === undefined ? undefined : `identity--${organisation.uuid}`;
  const report = `report--${event.uuid}`;
  const markings = markingsOf(tagProperties(event.tags));
  const born = momentOf(raw['date']);
  const context: Context = { report, creator, time, born, markings, losses };
  const contents = [
    ...event.attributes.flatMap((attribute) => fromAttribute(attribute, context)),
    ...event.objects.flatMap((object) => fromObject(object, context)),
    ...event.reports.flatMap((report) => fromReport(report, context)),
  ];
  const refs = contents.map((object) => String(object['id']));
  const identity =
    organisation === undefined
      ? []
      : [
          {
            ...head('identity', organisation.uuid, { time: noTime }),
            name: organisation.name || organisation.uuid,
            identity_class: 'organization',
          },
        ];
  const made = {
    ...head('report', event.uuid, context),
    name: event.info || event.uuid,
    report_types: ['threat-report'],
    published: timestampOf(raw['publish_timestamp']) ?? momentOf(raw['date']) ?? time,
    object_refs: refs.length > 0 ? refs : [creator ?? report],
    ...tagProperties(event.tags),
    extensions: mispProperties(raw),
  };
  return { objects: [...identity, ...contents, made], losses };
}

interface Head {
  readonly creator?: string | undefined;
  readonly time: string;
  readonly born?: string | undefined;
}

/**
 * The properties that all objects begin with. MISP keeps only when something was changed last, and versions of a STIX object share
 * their `created` (STIX 2.1 §3.6).
 */
function head(type: string, uuid: string, { creator, time, born }: Head): Json {
  return {
    type,
    spec_version: '2.1',
    id: `${type}--${uuid}`,
    ...(creator === undefined ? {} : { created_by_ref: creator }),
    created: born !== undefined && born < time ? born : time,
    modified: time,
  };
}

const deleted = 'It was deleted in MISP.';

function isDeleted({ deleted: flag }: Json): boolean {
  return flag === true || flag === 1 || flag === '1';
}

function fromAttribute(attribute: MispAttribute, context: Context): readonly Json[] {
  const { raw, tags } = attribute;
  const time = timestampOf(raw['timestamp']) ?? context.time;
  if (isDeleted(raw)) {
    context.losses.push({ at: attribute.at, what: `${attribute.type} ${attribute.uuid}`, why: deleted });
    return [];
  }
  if (raw['data'] !== undefined && raw['data'] !== null && raw['data'] !== '')
    context.losses.push({
      at: `${attribute.at}.data`,
      what: 'file',
      why: 'Files stay in MISP: samples do not travel here.',
    });
  const own = tagProperties(tags);
  const made = {
    ...head('indicator', attribute.uuid, { ...context, time }),
    ...context.markings,
    ...own,
    extensions: mispProperties(raw, own['object_marking_refs'] === undefined ? inherited(context) : {}),
  };
  const object =
    indicatorOf(attribute, made, time) ??
    vulnerabilityOf(attribute, made) ??
    noteOf(attribute, made, context);
  return [object, ...sightingsOf(attribute, object, context)];
}

/** Tells `toMisp` that an object has its TLP from the event, and no tag of its own. */
function inherited({ markings }: Context): Json {
  return markings['object_marking_refs'] === undefined ? {} : { tlp_of_event: true };
}

/** The markings alone of some properties. */
function markingsOf({ object_marking_refs: refs }: Json): Json {
  return refs === undefined ? {} : { object_marking_refs: refs };
}

function indicatorOf({ type, value, toIds, raw }: MispAttribute, made: Json, time: string): Json | undefined {
  const language = ruleTypes.get(type);
  const pattern = language === undefined ? patternOf(type, value) : value;
  if (pattern === undefined || (!toIds && language === undefined)) return undefined;
  if (language === 'stix' && !parsePattern(pattern).ok) return undefined;
  const from = momentOf(raw['first_seen']) ?? time;
  const until = momentOf(raw['last_seen']);
  const comment = raw['comment'];
  return {
    ...made,
    // No half of a character at the end.
    name: `${type}: ${value}`.slice(0, 250).replace(/[\ud800-\udbff]$/, ''),
    ...(typeof comment === 'string' && comment !== '' ? { description: comment } : {}),
    indicator_types: ['malicious-activity'],
    pattern,
    pattern_type: language ?? 'stix',
    ...(language === undefined || language === 'stix' ? { pattern_version: '2.1' } : {}),
    valid_from: from,
    ...(until !== undefined && until > from ? { valid_until: until } : {}),
  };
}

function vulnerabilityOf({ type, value, uuid }: MispAttribute, made: Json): Json | undefined {
  const cve = /^CVE-\d{4}-\d{4,}$/i.exec(value.trim())?.[0].toUpperCase();
  if (type !== 'vulnerability' || cve === undefined) return undefined;
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

function fromObject(object: MispObject, context: Context): readonly Json[] {
  if (isDeleted(object.raw)) {
    context.losses.push({ at: object.at, what: `object ${object.uuid}`, why: deleted });
    return [];
  }
  const time = timestampOf(object.raw['timestamp']) ?? context.time;
  const members = object.attributes.flatMap((attribute) => fromAttribute(attribute, context));
  if (members.length === 0) return [];
  const references = object.raw['ObjectReference'];
  if (Array.isArray(references) && references.length > 0)
    context.losses.push({
      at: `${object.at}.ObjectReference`,
      what: 'references',
      why: 'How objects of MISP refer to each other is not carried yet.',
    });
  const grouping = {
    ...head('grouping', object.uuid, { ...context, time }),
    ...context.markings,
    name: object.name || 'object',
    context: 'unspecified',
    object_refs: members.map((member) => String(member['id'])),
    extensions: mispProperties(object.raw, inherited(context)),
  };
  return [...members, grouping];
}

function fromReport(report: Json, context: Context): readonly Json[] {
  const { uuid, content, name, timestamp } = report;
  if (typeof uuid !== 'string' || typeof content !== 'string' || content === '') return [];
  if (isDeleted(report)) {
    context.losses.push({ at: context.report, what: `report ${uuid}`, why: deleted });
    return [];
  }
  return [
    {
      ...head('note', uuid.toLowerCase(), {
        ...context,
        time: timestampOf(timestamp) ?? context.time,
      }),
      ...context.markings,
      abstract: typeof name === 'string' && name !== '' ? name : 'report',
      content,
      object_refs: [context.report],
      extensions: mispProperties(report, { event_report: true, ...inherited(context) }),
    },
  ];
}

function sightingsOf(
  { sightings }: MispAttribute,
  of: Json,
  { creator, losses, time }: Context,
): readonly Json[] {
  return sightings.flatMap((sighting): readonly Json[] => {
    const { uuid, type, date_sighting: date } = sighting;
    if (typeof uuid !== 'string' || of['type'] !== 'indicator') return [];
    if (String(type) === '2') {
      losses.push({
        at: `sighting ${uuid}`,
        what: 'expiration',
        why: 'STIX has no sighting that says that something is over; set valid_until.',
      });
      return [];
    }
    const at = timestampOf(date) ?? time;
    const common = { creator, time: at };
    if (String(type) === '1')
      return [
        {
          ...head('opinion', uuid.toLowerCase(), common),
          ...markingsOf(of),
          opinion: 'strongly-disagree',
          explanation: 'false positive',
          object_refs: [of['id']],
        },
      ];
    return [
      {
        ...head('sighting', uuid.toLowerCase(), common),
        ...markingsOf(of),
        first_seen: at,
        last_seen: at,
        count: 1,
        sighting_of_ref: of['id'],
      },
    ];
  });
}
