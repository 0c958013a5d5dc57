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
    /** 1: printed by the first start; ends when a lasting operator token has been made. */
    first_start: number;
    created: number;
    expires: number | null;
    last_used: number | null;
    revoked: number | null;
  };
  access_epoch: { id: number; value: number };
};
