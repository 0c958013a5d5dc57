import type { Json } from '../json.ts';
import { plainText } from '../json.ts';
import type { Loss } from '../loss.ts';
import type { MispEvent } from './misp-event.ts';

/** What stays behind of an event as a whole. */
export function eventLosses(event: MispEvent): readonly Loss[] {
  const { raw, uuid, attributes, objects } = event;
  const losses: Loss[] = [];
  const at = `event ${uuid}`;
  const parts: readonly Json[] = [
    raw,
    ...attributes.map((attribute) => attribute.raw),
    ...objects.flatMap((object) => [object.raw, ...object.attributes.map((attribute) => attribute.raw)]),
  ];
  const count = (field: string): number => parts.reduce((sum, part) => sum + lengthOf(part[field]), 0);
  const proposals = count('ShadowAttribute');
  if (proposals > 0)
    losses.push({
      at,
      what: `${proposals} proposals`,
      why: 'Proposals belong to their instance until somebody accepts them.',
    });
  const said = count('Note') + count('Opinion') + count('Relationship');
  if (said > 0)
    losses.push({
      at,
      what: `analyst data (${said})`,
      why: 'Notes, opinions and relationships of analysts stay in MISP.',
    });
  const local = new Set(localTags(event));
  if (local.size > 0)
    losses.push({
      at,
      what: `local tags: ${[...local].join(', ').slice(0, 400)}`,
      why: 'They are for the eyes of the instance that set them.',
    });
  if (plainText(raw['distribution']) === '4')
    losses.push({
      at,
      what: 'sharing group',
      why: 'Sharing groups are of one instance; the collection decides here who reads.',
    });
  return losses;
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

function* localTags({ localTags: own, attributes, objects }: MispEvent): Iterable<string> {
  yield* own;
  for (const attribute of attributes) yield* attribute.localTags;
  for (const object of objects) for (const attribute of object.attributes) yield* attribute.localTags;
}
