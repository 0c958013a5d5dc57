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

/** What is told of something that is not STIX 2.1. */
export interface ImportOptions extends PublishOptions {
  /** As the node names formats; without it, what the media type says, and else what it looks like. */
  readonly format?: string | undefined;
  /** Media type; `application/octet-stream` unless told. */
  readonly type?: string | undefined;
  /** What a list or a report is called. */
  readonly name?: string | undefined;
  /** When it was written, as a STIX timestamp. With it, importing again adds nothing. */
  readonly time?: string | undefined;
  /** The marking of what has none of its own. */
  readonly tlp?: string | undefined;
  /** Of a list: `column=role`. */
  readonly columns?: readonly string[] | undefined;
  /** Leaves out what may not be what it seems. */
  readonly sure?: boolean | undefined;
  /** Converts and validates, and publishes nothing. */
  readonly preview?: boolean | undefined;
}
