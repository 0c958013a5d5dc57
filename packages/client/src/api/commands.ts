import type { CollectionMember } from './views.ts';

export interface NewOrganisation {
  readonly name: string;
  readonly kind: string;
  /** A STIX identity id that it already uses; without it one is made. */
  readonly id?: string | undefined;
}

/** What is left out stays. */
export interface OrganisationChange {
  readonly name?: string | undefined;
  readonly kind?: string | undefined;
  readonly suspended?: boolean | undefined;
  readonly clients?: readonly string[] | undefined;
  readonly delegates?: readonly string[] | undefined;
}

export interface NewPerson {
  readonly name: string;
  readonly email?: string | undefined;
  readonly role: string;
}

export interface NewToken {
  readonly label: string;
  /** The person that it speaks for; without it, the token is a machine's. */
  readonly person?: string | undefined;
  readonly scopes: readonly string[];
  /** Days until it ends; 0: never; 365 unless told. */
  readonly days?: number | undefined;
}

/** A person's first token, made by themselves. */
export interface Redemption {
  /** The secret `be_…` that they were given. */
  readonly enrolment: string;
  readonly label?: string | undefined;
  /** Without them: everything that the person's role may, but `red`. */
  readonly scopes?: readonly string[] | undefined;
  /** As for any token. */
  readonly days?: number | undefined;
}

export interface CollectionSettings {
  readonly title?: string | undefined;
  readonly alias?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly audience?: string | undefined;
  readonly defaultMarking?: string | undefined;
  readonly audienceWrites?: boolean | undefined;
  readonly allowsOnBehalf?: boolean | undefined;
  readonly allowsAnonymous?: boolean | undefined;
  /** `warn` or `refuse`: what becomes of objects that name subscribers in plain (rule G9). */
  readonly personalData?: string | undefined;
  readonly members?: readonly CollectionMember[] | undefined;
}

export interface NewCollection extends CollectionSettings {
  readonly title: string;
  readonly audience: string;
  /** The organisation that decides on audience and defaults; without it, one's own. */
  readonly owner?: string | undefined;
  /** A UUID; without it one is made. */
  readonly id?: string | undefined;
}

/** In whose name something is published (rule G7). */
export interface PublishOptions {
  readonly onBehalfOf?: string | undefined;
  readonly anonymous?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}
