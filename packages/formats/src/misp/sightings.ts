import { isJsonObject, isUuid } from '@belltower/stix';
import { derivedUuid } from '../derived-uuid.ts';
import type { Json } from '../json.ts';
import { plainText } from '../json.ts';
import type { Context } from './event-context.ts';
import { head, identityOf, markingsOf } from './event-context.ts';
import type { MispAttribute } from './misp-event.ts';
import { mispOf, mispProperties } from './misp-extension.ts';
import { secondsOf, timestampOf } from './misp-time.ts';

/** Types of sightings in MISP, as it numbers them. */
const [seen, falsePositive, expiration] = ['0', '1', '2'];

/**
 * Sightings of an attribute: what was seen is a sighting; that it was none, and that it is over, opinions about the object. Whose they
 * are stands as an identity beside them: they are passed on by whoever passes on the event.
 */
export function fromSightings(
  { sightings, uuid: attribute }: MispAttribute,
  of: Json,
  context: Context,
): readonly Json[] {
  return sightings.flatMap((sighting): readonly Json[] => {
    const { type, date_sighting: date, source, Organisation } = sighting;
    const at = timestampOf(date) ?? context.time;
    const organisation = organisationOf(Organisation);
    const uuid = isUuid(plainText(sighting['uuid']))
      ? plainText(sighting['uuid']).toLowerCase()
      : derivedUuid(JSON.stringify([attribute, type, date, source, organisation]));
    if (context.idOf.has(uuid)) {
      context.losses.push({
        at: `sighting ${uuid}`,
        what: 'sighting',
        why: 'Its UUID stands in the event already.',
      });
      return [];
    }
    context.idOf.set(uuid, uuid);
    const common = { creator: context.creator, time: at };
    const rest = {
      ...markingsOf(of),
      extensions: mispProperties(sighting, {
        attribute_uuid: attribute,
        ...(organisation === undefined ? {} : { organisation }),
      }),
    };
    const seenBy = organisation === undefined ? undefined : identityOf(organisation, context);
    if (plainText(type) === falsePositive || plainText(type) === expiration)
      return [
        {
          ...head('opinion', uuid, common),
          ...(plainText(type) === expiration
            ? { explanation: 'expired', opinion: 'disagree' }
            : { explanation: 'false positive', opinion: 'strongly-disagree' }),
          ...(organisation === undefined ? {} : { authors: [organisation.name || organisation.uuid] }),
          object_refs: [of['id']],
          ...rest,
        },
      ];
    return [
      {
        ...head('sighting', uuid, common),
        first_seen: at,
        last_seen: at,
        count: 1,
        sighting_of_ref: of['id'],
        ...(seenBy === undefined ? {} : { where_sighted_refs: [seenBy] }),
        ...rest,
      },
    ];
  });
}

/** The moment from which an attribute's sightings say that it is over. */
export function expiryOf({ sightings }: MispAttribute): string | undefined {
  const dates = sightings.flatMap(({ type, date_sighting: date }) =>
    plainText(type) === expiration ? (timestampOf(date) ?? []) : [],
  );
  return dates.toSorted().at(-1);
}

function organisationOf(value: unknown): { readonly uuid: string; readonly name: string } | undefined {
  if (!isJsonObject(value)) return undefined;
  const { uuid, name } = value;
  if (typeof uuid !== 'string' || !isUuid(uuid)) return undefined;
  return { uuid: uuid.toLowerCase(), name: typeof name === 'string' ? name : '' };
}

/** Sightings in the form of MISP, by the UUID of the attribute that they are of. */
export function mispSightings(objects: readonly Json[]): ReadonlyMap<string, readonly Json[]> {
  const all = new Map<string, Json[]>();
  for (const object of objects) {
    const target = targetOf(object);
    if (target === undefined) continue;
    const list = all.get(target) ?? [];
    list.push(mispSighting(object));
    all.set(target, list);
  }
  return all;
}

function targetOf(object: Json): string | undefined {
  const known = mispOf(object)?.['attribute_uuid'];
  if (object['type'] !== 'sighting' && object['type'] !== 'opinion') return undefined;
  if (typeof known === 'string') return known;
  const refs: unknown = object['object_refs'];
  const ref: unknown =
    object['type'] === 'sighting' ? object['sighting_of_ref'] : Array.isArray(refs) ? refs[0] : undefined;
  // Of opinions that did not come from MISP, only those that are against something mean what MISP can say.
  if (object['type'] === 'opinion' && !/disagree$/.test(String(object['opinion']))) return undefined;
  return typeof ref === 'string' ? ref.split('--')[1] : undefined;
}

function mispSighting(object: Json): Json {
  const { attribute_uuid: _, organisation, ...fields } = mispOf(object) ?? {};
  const created = object['created'];
  const date = typeof created === 'string' ? created : '1970-01-01T00:00:01Z';
  return {
    type: object['type'] === 'sighting' ? seen : falsePositive,
    date_sighting: secondsOf(date),
    ...fields,
    uuid: plainText(object['id']).split('--')[1] ?? '',
    ...(isJsonObject(organisation) ? { Organisation: organisation } : {}),
  };
}
