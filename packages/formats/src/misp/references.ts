import { isUuid } from '@belltower/stix';
import { derivedUuid } from '../derived-uuid.ts';
import type { Json } from '../json.ts';
import { plainText } from '../json.ts';
import type { Context } from './event-context.ts';
import { head, markingsOf, staysBehind } from './event-context.ts';
import type { MispObject } from './misp-event.ts';
import { mispOf, mispProperties } from './misp-extension.ts';
import { timestampOf } from './misp-time.ts';
import { slugOf } from './slug.ts';

/** How an object of MISP refers to other objects and attributes, as relationships; to be asked when everything in the event has its id. */
export function fromReferences(
  { references, uuid, at }: MispObject,
  of: Json,
  context: Context,
): readonly Json[] {
  return references.flatMap((reference, index): readonly Json[] => {
    const { referenced_uuid: target, relationship_type: kind, timestamp } = reference;
    const where = `${at}.ObjectReference[${index}]`;
    const targetUuid = typeof target === 'string' ? target.toLowerCase() : '';
    const own = reference['uuid'];
    const id =
      typeof own === 'string' && isUuid(own)
        ? own.toLowerCase()
        : derivedUuid(JSON.stringify([uuid, target, kind]));
    if (staysBehind({ raw: reference, uuid: id, what: 'reference', at: where }, context)) return [];
    const targetId = context.idOf.get(targetUuid);
    if (targetId === undefined) {
      context.losses.push({
        at: where,
        what: `reference to ${targetUuid || 'nothing'}`,
        why: 'What it refers to did not come along.',
      });
      return [];
    }
    const relationship = `relationship--${id}`;
    context.idOf.set(id, relationship);
    return [
      {
        ...head('relationship', id, { ...context, time: timestampOf(timestamp) ?? context.time }),
        ...markingsOf(of),
        relationship_type: relationshipType(kind),
        ...(typeof reference['comment'] === 'string' && reference['comment'] !== ''
          ? { description: reference['comment'] }
          : {}),
        source_ref: of['id'],
        target_ref: targetId,
        extensions: mispProperties(reference),
      },
    ];
  });
}

/** A type of MISP's as STIX writes types (STIX 2.1 §5.1). */
function relationshipType(kind: unknown): string {
  return (typeof kind === 'string' ? slugOf(kind.slice(0, 250)) : '') || 'related-to';
}

/** References in the form of MISP, by the UUID of the object that makes them. */
export function mispReferences(objects: readonly Json[]): ReadonlyMap<string, readonly Json[]> {
  const all = new Map<string, Json[]>();
  for (const object of objects) {
    const misp = mispOf(object);
    if (object['type'] !== 'relationship' || misp?.['referenced_uuid'] === undefined) continue;
    const source = plainText(object['source_ref']).split('--')[1] ?? '';
    const list = all.get(source) ?? [];
    list.push({ ...misp, uuid: plainText(object['id']).split('--')[1] ?? '', object_uuid: source });
    all.set(source, list);
  }
  return all;
}
