import { type TlpLevel, tlpMarkingId } from '@belltower/stix';
import type { DemoMember } from './community.ts';
import { demoMember } from './community.ts';

/** An object as the demo publishes it. */
export type StixObject = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string };

/** What a play of the incident is made from: ids and the time differ from play to play. */
export interface Scene {
  /** A version 4 UUID. */
  readonly uuid: () => string;
  /** When it happens. */
  readonly now: Date;
}

/** Makes an object of a member, with a marking. */
export type Make = (
  by: DemoMember['key'],
  level: TlpLevel,
  type: string,
  properties: Readonly<Record<string, unknown>>,
) => StixObject;

/** How a scene makes its objects. */
export function maker({ uuid, now }: Scene): Make {
  return (by, level, type, properties) => ({
    type,
    spec_version: '2.1',
    id: `${type}--${uuid()}`,
    created_by_ref: demoMember(by).id,
    created: now.toISOString(),
    modified: now.toISOString(),
    object_marking_refs: [tlpMarkingId(level)],
    ...properties,
  });
}
