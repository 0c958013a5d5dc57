import { derivedUuid } from '../derived-uuid.ts';
import type { Json } from '../json.ts';
import { attributeObjects, fromAttribute } from './attribute-objects.ts';
import { concordiaTemplate, readConcordia } from './concordia.ts';
import type { Context } from './event-context.ts';
import { head, inherited, markingsOf, staysBehind } from './event-context.ts';
import { keptAttribute } from './kept-attributes.ts';
import type { MispAttribute, MispObject } from './misp-event.ts';
import { mispProperties } from './misp-extension.ts';
import { tagProperties } from './misp-tags.ts';
import { momentOf, timestampOf } from './misp-time.ts';
import type { TelecomObject } from './telecom-object.ts';
import { readTelecomObject } from './telecom-object.ts';
import type { Template } from './telecom-templates.ts';
import { telecomTemplates } from './telecom-templates.ts';

/** An object of MISP with what it became; no grouping where nothing of it came along. */
export interface FromObject {
  readonly object: MispObject;
  readonly objects: readonly Json[];
  readonly grouping?: Json;
}

/** What an object became beside the grouping, which holds the ids of `members`. */
interface Parts {
  readonly objects: readonly Json[];
  readonly members: readonly string[];
  /** Attributes that other objects tell; the extension of the grouping keeps them. */
  readonly kept: readonly Json[];
}

/** An object of MISP as a grouping of what its attributes became; one of telecom as observed data of typed observables besides. */
export function fromObject(object: MispObject, context: Context): FromObject {
  const { raw, uuid, at, name } = object;
  if (staysBehind({ raw, uuid, what: 'object', at }, context)) return { object, objects: [] };
  const template = telecomTemplates.get(name);
  const { objects, members, kept } =
    template !== undefined
      ? fromTelecom(object, template, context)
      : name === concordiaTemplate
        ? fromConcordia(object, context)
        : fromPlain(object, context);
  if (members.length === 0) {
    const why = 'None of its attributes came along.';
    context.losses.push({ at, what: `object ${uuid}`, why });
    return { object, objects: [] };
  }
  const grouping = {
    ...head('grouping', uuid, { ...context, time: timeOf(object, context) }),
    ...context.markings,
    name: name || 'object',
    context: 'unspecified',
    object_refs: members,
    extensions: mispProperties(raw, {
      ...inherited(context),
      ...(kept.length > 0 ? { attributes: kept } : {}),
    }),
  };
  context.idOf.set(uuid, `grouping--${uuid}`);
  return { object, objects: [...objects, grouping], grouping };
}

function timeOf({ raw }: MispObject, { time }: Context): string {
  return timestampOf(raw['timestamp']) ?? time;
}

function fromPlain({ attributes }: MispObject, context: Context): Parts {
  const made = attributes.map((attribute) => fromAttribute(attribute, context));
  const members = made.flatMap(([first]) => (first === undefined ? [] : String(first['id'])));
  return { objects: made.flat(), members, kept: [] };
}

/** Whether an attribute says nothing that only an object of its own could carry: no tags, no sightings, no file. */
function isBare({ tags, sightings, raw }: MispAttribute): boolean {
  return tags.length === 0 && sightings.length === 0 && (raw['data'] ?? '') === '';
}

function alive(object: MispObject, context: Context): readonly MispAttribute[] {
  return object.attributes.filter((attribute) => {
    const { raw, uuid, type, at } = attribute;
    if (staysBehind({ raw, uuid, what: type, at }, context)) return false;
    context.idOf.set(uuid, '');
    return true;
  });
}

function fromTelecom(object: MispObject, template: Template, context: Context): Parts {
  const attributes = alive(object, context);
  const read = readTelecomObject({ name: object.name, attributes }, template, context);
  const { observables } = read;
  if (observables.length === 0) return divided(attributes, { ...read, told: new Set() }, context);
  const observed = observedData(object, read, context);
  const scos = observables.map(({ sco, attribute }) => ({
    ...sco,
    ...context.markings,
    ...markingsOf(tagProperties(attribute?.tags ?? [])),
  }));
  const ids = new Map(observables.map(({ attribute, sco }) => [attribute, sco.id]));
  const { objects, members, kept } = divided(
    attributes,
    { ...read, idOf: (attribute) => ids.get(attribute) ?? observed.id },
    context,
  );
  return {
    objects: [...scos, ...objects, observed],
    members: [...members, observed.id],
    kept,
  };
}

/** Attributes with objects of their own, and those that other objects tell. */
function divided(
  attributes: readonly MispAttribute[],
  {
    told,
    patterns,
    misfits,
    idOf,
  }: Pick<TelecomObject, 'told' | 'patterns' | 'misfits'> & {
    readonly idOf?: (attribute: MispAttribute) => string;
  },
  context: Context,
): Parts {
  const objects: Json[] = [];
  const members: string[] = [];
  const kept: Json[] = [];
  for (const [place, attribute] of attributes.entries()) {
    const pattern = patterns.get(attribute);
    const reason = misfits.get(attribute);
    const isKnown = told.has(attribute) || reason !== undefined;
    if (isKnown && pattern === undefined) tellFlag(attribute, context);
    if (idOf !== undefined && told.has(attribute) && pattern === undefined && isBare(attribute)) {
      kept.push(keptAttribute(attribute, place));
      context.idOf.set(attribute.uuid, idOf(attribute));
      continue;
    }
    const note = reason === undefined ? {} : { note: { unvalidated: reason } };
    const made = attributeObjects(attribute, context, isKnown ? { pattern, ...note } : undefined);
    objects.push(...made);
    members.push(String(made[0]?.['id']));
  }
  return { objects, members, kept };
}

/** The UUID of what is made besides the grouping, which has the object's own: types do not share one (STIX 2.1 §2.9). */
function besides({ uuid }: MispObject, type: string): string {
  return derivedUuid(`${uuid} ${type}`);
}

/** Tells of a flag that asks for detection of what is not for detection; it comes back with the attribute. */
function tellFlag({ toIds, at, type, raw }: MispAttribute, { losses }: Context): void {
  if (toIds)
    losses.push({
      at,
      what: `detection of ${String(raw['object_relation'] ?? type)}`,
      why: 'It is the victim, or no identifier that can be asked for: there is no indicator of it. The flag is kept.',
    });
}

function observedData(
  object: MispObject,
  { observables, first, last, labels }: TelecomObject,
  context: Context,
): Json & { readonly id: string } {
  const time = timeOf(object, context);
  const made = head('observed-data', besides(object, 'observed-data'), { ...context, time });
  const from = first ?? momentOf(object.raw['first_seen']) ?? time;
  const until = last ?? momentOf(object.raw['last_seen']) ?? from;
  return {
    ...made,
    ...context.markings,
    ...(labels.length > 0 ? { labels } : {}),
    first_observed: from < until ? from : until,
    last_observed: from < until ? until : from,
    number_observed: 1,
    object_refs: [...new Set(observables.map(({ sco }) => sco.id))],
    extensions: mispProperties({}, { of_object: object.uuid }),
  };
}

/** A phase of an attack in the mobile threat model of CONCORDIA, as an attack pattern. */
function fromConcordia(object: MispObject, context: Context): Parts {
  const attributes = alive(object, context);
  const read = readConcordia(attributes);
  if (read === undefined) return divided(attributes, { ...nothing, told: new Set() }, context);
  const { properties, told } = read;
  const made = head('attack-pattern', besides(object, 'attack-pattern'), {
    ...context,
    time: timeOf(object, context),
  });
  const pattern = {
    ...made,
    ...context.markings,
    ...properties,
    extensions: mispProperties({}, { of_object: object.uuid }),
  };
  const { id } = made;
  const { objects, members, kept } = divided(attributes, { ...nothing, told, idOf: () => id }, context);
  return { objects: [...objects, pattern], members: [...members, id], kept };
}

const nothing = { patterns: new Map<MispAttribute, string>(), misfits: new Map<MispAttribute, string>() };
