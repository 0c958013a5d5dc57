import type { AuditActor } from '../../platform/audit/audit.ts';

/** What an organisation is in the sector; shown in the directory and usable in policy. */
export const organisationKinds = [
  'operator',
  'vendor',
  'law-enforcement',
  'researcher',
  'authority',
  'cert',
] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

/**
 * What a person or a machine may do at all; scopes of a token narrow it further.
 * `node-operator` runs the node, `organisation-administrator` runs one organisation, `analyst` reads and publishes,
 * `automation` is a machine.
 */
export const roles = ['node-operator', 'organisation-administrator', 'analyst', 'automation'] as const;
export type Role = (typeof roles)[number];

/** `red` admits a person to what is TLP:RED and addressed to them by name. */
export const scopes = ['read', 'publish', 'manage', 'red'] as const;
export type Scope = (typeof scopes)[number];

/** Whoever makes a request: the holder of a valid token. */
export interface Actor {
  readonly tokenId: string;
  readonly organisationId: string;
  readonly organisationName: string;
  /** Undefined for a token that belongs to a machine. */
  readonly personId: string | undefined;
  readonly role: Role;
  readonly scopes: ReadonlySet<Scope>;
  /** Microseconds since 1970 at which the token ends; undefined: it does not. */
  readonly expires: number | undefined;
}

export function auditActor(actor: Actor): AuditActor {
  return { organisationId: actor.organisationId, personId: actor.personId, tokenId: actor.tokenId };
}
