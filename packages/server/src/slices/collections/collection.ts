import type { TlpLevel } from '@belltower/stix';
import type { Micros } from '../../platform/time.ts';

/**
 * Whom a collection reaches (rule G3), from the widest to the narrowest: anybody; all members, present and future; a
 * list of organisations; a list of people.
 */
export const audienceKinds = ['public', 'community', 'organisations', 'people'] as const;
export type AudienceKind = (typeof audienceKinds)[number];

/** What a collection does with an object that names subscribers in plain: take it with a warning, or refuse it (rule G9). */
export const personalDataRules = ['warn', 'refuse'] as const;
export type PersonalDataRule = (typeof personalDataRules)[number];

/** An organisation or a person that a collection names. */
export interface CollectionMember {
  readonly kind: 'organisation' | 'person';
  readonly id: string;
  /** The organisation's own id, or that of the person. */
  readonly organisationId: string;
  readonly read: boolean;
  readonly write: boolean;
}

/** STIX objects with an audience. */
export interface Collection {
  readonly id: string;
  readonly alias: string | undefined;
  readonly title: string;
  readonly description: string | undefined;
  /** The organisation that decides on audience and defaults. */
  readonly ownerId: string;
  readonly audience: AudienceKind;
  readonly members: readonly CollectionMember[];
  /** The least strict marking that an object here can have (rule G2). */
  readonly defaultMarking: TlpLevel;
  /** True: whoever may read may publish. False: only those named as writers, and the owner. */
  readonly audienceWrites: boolean;
  readonly allowsOnBehalf: boolean;
  readonly allowsAnonymous: boolean;
  readonly personalData: PersonalDataRule;
  readonly created: Micros;
}
