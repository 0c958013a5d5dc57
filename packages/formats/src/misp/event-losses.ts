import type { Loss } from '../loss.ts';
import type { MispEvent } from './misp-event.ts';

/** What stays behind of an event as a whole. */
export function eventLosses({ raw, uuid, tags, attributes }: MispEvent): readonly Loss[] {
  const losses: Loss[] = [];
  const at = `event ${uuid}`;
  const proposals = raw['ShadowAttribute'];
  if (Array.isArray(proposals) && proposals.length > 0)
    losses.push({
      at,
      what: 'proposals',
      why: 'Proposals belong to their instance until somebody accepts them.',
    });
  const galaxies = raw['Galaxy'];
  if (Array.isArray(galaxies) && galaxies.length > 0)
    losses.push({
      at,
      what: 'galaxies',
      why: 'Clusters travel as their tags; their texts stay in the galaxy.',
    });
  if ([...tags, ...attributes.flatMap((attribute) => attribute.tags)].some((tag) => /^tlp:white$/i.test(tag)))
    losses.push({ at, what: 'tlp:white', why: 'It is written as tlp:clear, which TLP 2.0 calls it.' });
  if (String(raw['distribution'] ?? '') === '4')
    losses.push({
      at,
      what: 'sharing group',
      why: 'Sharing groups are of one instance; the collection decides here who reads.',
    });
  return losses;
}
