import type { OrganisationKind, Role } from './actor.ts';

/** Tables of this slice; nobody else declares them. Times are microseconds, flags 0 or 1. */
export type IdentityTables = {
  organisation: {
    id: string;
    name: string;
    /** The name folded, so that two organisations cannot look alike. */
    name_key: string;
    kind: OrganisationKind;
    created: number;
    suspended: number;
    /** When somebody whom the node's operator let in last became its administrator. */
    enrolled: number | null;
  };
  organisation_trust: {
    organisation_id: string;
    trusted_id: string;
    kind: 'client' | 'delegate';
  };
  person: {
    id: string;
    organisation_id: string;
    name: string;
    email: string | null;
    role: Exclude<Role, 'automation'>;
    created: number;
    removed: number;
  };
  token: {
    id: string;
    organisation_id: string;
    person_id: string | null;
    label: string;
    /** Separated by spaces. */
    scopes: string;
    secret_hash: string;
    /** The person who made it; the first one of a person is made with their enrolment, by themselves. */
    made_by: string | null;
    /** 1: printed by the first start; ends when a lasting operator token has been made. */
    first_start: number;
    created: number;
    expires: number | null;
    last_used: number | null;
    revoked: number | null;
  };
  /** The one way in for a new person; replaced until it has been redeemed, never after. */
  enrolment: {
    person_id: string;
    id: string;
    secret_hash: string;
    /** The organisation of whoever handed it out: the person's own, or the node operator's. */
    made_by: string;
    created: number;
    expires: number;
    redeemed: number | null;
  };
  access_epoch: { id: number; value: number };
};
