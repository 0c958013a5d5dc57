import { isUuid } from '@belltower/stix';
import { telecomExtensionDefinitions } from '@belltower/telecom';
import type { Json } from '../json.ts';
import { plainText } from '../json.ts';
import type { Loss } from '../loss.ts';
import { tlpDefinitions } from '../tlp-definitions.ts';
import type { Listed } from './apply-warning-lists.ts';
import { applyWarningLists } from './apply-warning-lists.ts';
import { fromAttribute } from './attribute-objects.ts';
import { clusterIds, clustersOf } from './clusters.ts';
import type { Context } from './event-context.ts';
import { head, identityOf, inherited, markingsOf, staysBehind } from './event-context.ts';
import { eventLosses } from './event-losses.ts';
import { unnamedClusters } from './galaxies.ts';
import type { MispError, MispEvent } from './misp-event.ts';
import { readMispEvents } from './misp-event.ts';
import { mispExtensionAuthor, mispExtensionDefinition, mispProperties } from './misp-extension.ts';
import { tagProperties, tlpSpelling } from './misp-tags.ts';
import { momentOf, noTime, timestampOf } from './misp-time.ts';
import { fromObject } from './object-grouping.ts';
import { fromReferences } from './references.ts';
import type { WarningList } from './warning-list.ts';

/** STIX objects, and what they could not carry. */
export interface FromMisp {
  readonly objects: readonly Json[];
  readonly losses: readonly Loss[];
}

export type MispConversion =
  | { readonly ok: true; readonly value: FromMisp }
  | { readonly ok: false; readonly error: MispError };

export interface FromMispOptions {
  /** Lists of values that must not become indicators unnoticed; `builtInWarningLists` are some. */
  readonly warningLists?: readonly WarningList[];
  /** What becomes of an indicator that they name; it is marked where nothing is said. */
  readonly listed?: Listed;
}

/**
 * MISP events as STIX 2.1. An event is a report, its organisation an identity; an attribute for detection an indicator; a vulnerability
 * a vulnerability; other attributes notes; objects groupings of theirs; clusters of galaxies the objects that they speak of. UUIDs stay
 * what they were, so converting again gives the same objects. What STIX has no property for stands in an extension, and `toMisp` puts
 * it back.
 */
export function fromMisp(text: string, options: FromMispOptions = {}): MispConversion {
  const read = readMispEvents(text);
  if (!read.ok) return read;
  const parts = read.events.map(fromEvent);
  const all = merged(parts.flatMap(({ objects }) => objects));
  const shared =
    all.length === 0 ? [] : [mispExtensionAuthor, ...definitionsFor(all), ...tlpDefinitions(all)];
  const losses = parts.flatMap((part) => part.losses);
  const { warningLists = [], ...how } = options;
  if (warningLists.length === 0) return { ok: true, value: { objects: [...shared, ...all], losses } };
  const warned = applyWarningLists(all, warningLists, how);
  return {
    ok: true,
    value: { objects: [...shared, ...warned.objects], losses: [...losses, ...warned.losses] },
  };
}

/** Each version of each object once. Observables have no versions: what several say of one is put together, all its markings too. */
function merged(objects: readonly Json[]): readonly Json[] {
  const all = new Map<string, Json>();
  for (const object of objects) {
    const { id, modified, object_marking_refs: refs } = object;
    const key = `${String(id)} ${String(modified)}`;
    const known = modified === undefined ? all.get(key) : undefined;
    const before = known?.['object_marking_refs'];
    if (known === undefined) {
      all.set(key, object);
      continue;
    }
    all.set(
      key,
      Array.isArray(before) && Array.isArray(refs)
        ? { ...known, ...object, object_marking_refs: [...new Set([...before, ...refs])] }
        : { ...known, ...object },
    );
  }
  return [...all.values()];
}

/** The definitions of the extensions that some objects use. */
function definitionsFor(objects: readonly Json[]): readonly Json[] {
  const types = new Set(objects.map(({ type }) => type));
  return [mispExtensionDefinition, ...telecomExtensionDefinitions.filter(({ name }) => types.has(name))];
}

function contextOf(event: MispEvent): Context {
  const { organisation, raw } = event;
  const identities = new Map<string, Json>();
  return {
    report: `report--${event.uuid}`,
    creator: organisation === undefined ? undefined : identityOf(organisation, { identities }),
    time: timestampOf(raw['timestamp']) ?? momentOf(raw['date']) ?? noTime,
    born: momentOf(raw['date']),
    markings: markingsOf(tagProperties(event.tags)),
    losses: [...eventLosses(event)],
    identities,
    clusters: clustersOf(allClusters(event)),
    idOf: new Map(),
  };
}

function* allClusters({ clusters, attributes, objects }: MispEvent) {
  yield* clusters;
  for (const attribute of attributes) yield* attribute.clusters;
  for (const object of objects) for (const attribute of object.attributes) yield* attribute.clusters;
}

function fromEvent(event: MispEvent): FromMisp {
  const { raw, tags } = event;
  const context = contextOf(event);
  const { report, creator, time } = context;
  clusterIds(tags, context.clusters);
  const contents = event.attributes.flatMap((attribute) => fromAttribute(attribute, context));
  const groupings = event.objects.map((object) => fromObject(object, context));
  contents.push(...groupings.flatMap(({ objects }) => objects));
  for (const one of event.reports) contents.push(...fromReport(one, context));
  for (const { object, grouping } of groupings)
    if (grouping !== undefined) contents.push(...fromReferences(object, grouping, context));
  contents.push(...context.clusters.made.values());
  const refs = contents.map((object) => String(object['id']));
  const made = {
    ...head('report', event.uuid, context),
    name: event.info || event.uuid,
    report_types: ['threat-report'],
    published: timestampOf(raw['publish_timestamp']) ?? momentOf(raw['date']) ?? time,
    object_refs: refs.length > 0 ? refs : [creator ?? report],
    ...tagProperties(tags),
    extensions: mispProperties(raw, { ...tlpSpelling(tags), ...unnamedClusters(event.clusters) }),
  };
  return { objects: [...context.identities.values(), ...contents, made], losses: context.losses };
}

function fromReport(report: Json, context: Context): readonly Json[] {
  const { uuid, content, name, timestamp } = report;
  if (typeof uuid !== 'string' || !isUuid(uuid) || typeof content !== 'string' || content === '') {
    const why = 'A report has a UUID and a text.';
    context.losses.push({ at: context.report, what: `report ${plainText(name)}`.slice(0, 200), why });
    return [];
  }
  const id = uuid.toLowerCase();
  if (staysBehind({ raw: report, uuid: id, what: 'report', at: context.report }, context)) return [];
  context.idOf.set(id, `note--${id}`);
  return [
    {
      ...head('note', id, {
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
