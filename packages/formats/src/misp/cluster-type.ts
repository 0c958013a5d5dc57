import type { GalaxyType } from '../misp-galaxy/galaxy-types.ts';
import { galaxyTypeOf } from '../misp-galaxy/galaxy-types.ts';

/** Galaxies of places, branches and companies: their clusters are what somebody is, or where. */
const places: ReadonlyMap<string, GalaxyType> = new Map([
  ['country', { type: 'location', properties: {} }],
  ['region', { type: 'location', properties: {} }],
  ['target-information', { type: 'location', properties: {} }],
  ['sector', { type: 'identity', properties: { identity_class: 'class' } }],
  ['surveillance-vendor', { type: 'identity', properties: { identity_class: 'organization' } }],
]);

/** What a cluster that an event is tagged with is in STIX; undefined where STIX has nothing for it, and it stays a label. */
export function clusterType(name: string): GalaxyType | undefined {
  return places.get(name) ?? galaxyTypeOf(name);
}
