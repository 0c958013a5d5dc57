import type { Actor, Role, Scope } from './actor.ts';

/** What somebody may want to do with organisations, people and tokens. Everything that is not named here is denied. */
export type IdentityAction =
  | { readonly kind: 'list-organisations' }
  | { readonly kind: 'create-organisation' }
  | { readonly kind: 'suspend-organisation' }
  | { readonly kind: 'change-organisation'; readonly organisationId: string }
  | { readonly kind: 'change-trust'; readonly organisationId: string }
  | { readonly kind: 'list-people'; readonly organisationId: string }
  | {
      readonly kind: 'add-person';
      readonly organisationId: string;
      readonly role: Role;
      /** Whether a person of its own administers the organisation. */
      readonly administered: boolean;
    }
  | { readonly kind: 'remove-person'; readonly organisationId: string; readonly role: Role }
  | ({ readonly kind: 'see-token' } & TokenHolder)
  | ({ readonly kind: 'make-token' } & TokenHolder)
  | ({ readonly kind: 'end-token' } & TokenHolder)
  | { readonly kind: 'see-audit'; readonly organisationId: string | undefined };

interface TokenHolder {
  readonly organisationId: string;
  readonly personId: string | undefined;
  /** Of that person, where it is known. */
  readonly role?: Role | undefined;
}

/**
 * An organisation is administered by its own people. The node's operator admits it and suspends it, and lets its first
 * administrator in; no more, for whoever hands out access to others could hand it out to themselves.
 */
export function mayOnIdentity(actor: Actor, action: IdentityAction): boolean {
  switch (action.kind) {
    case 'list-organisations':
      return actor.scopes.has('read') || actor.scopes.has('manage');
    case 'create-organisation':
    case 'suspend-organisation':
      return operates(actor);
    case 'change-organisation':
      return operates(actor) || administers(actor, action.organisationId);
    case 'change-trust':
      return administers(actor, action.organisationId);
    case 'list-people':
      return (
        operates(actor) ||
        (actor.organisationId === action.organisationId &&
          (actor.scopes.has('read') || actor.scopes.has('manage')))
      );
    case 'add-person':
      return (
        mayAppoint(actor, action) ||
        (operates(actor) && !action.administered && action.role === 'organisation-administrator')
      );
    case 'remove-person':
      return mayAppoint(actor, action);
    case 'see-token':
      return operates(actor) || mayAppoint(actor, action) || isSelf(actor, action.personId);
    case 'make-token':
      return action.personId === undefined
        ? administers(actor, action.organisationId)
        : isSelf(actor, action.personId);
    case 'end-token':
      return (
        mayAppoint(actor, action) ||
        isSelf(actor, action.personId) ||
        // Not those of administrators: an organisation without any would be the operator's to enrol anew.
        (operates(actor) && action.role !== 'organisation-administrator')
      );
    case 'see-audit':
      return (
        operates(actor) || (action.organisationId !== undefined && administers(actor, action.organisationId))
      );
  }
}

/** Whether somebody decides on a person of that role in an organisation, and on the tokens of its machines. */
function mayAppoint(actor: Actor, { organisationId, role }: Pick<TokenHolder, 'organisationId' | 'role'>) {
  return administers(actor, organisationId) && (role !== 'node-operator' || operates(actor));
}

export function operates(actor: Actor): boolean {
  return actor.role === 'node-operator' && actor.scopes.has('manage');
}

export function administers(actor: Actor, organisationId: string): boolean {
  const administrator = actor.role === 'organisation-administrator' || actor.role === 'node-operator';
  return administrator && actor.scopes.has('manage') && actor.organisationId === organisationId;
}

function isSelf(actor: Actor, personId: string | undefined): boolean {
  return personId !== undefined && actor.personId === personId && actor.scopes.has('manage');
}

/**
 * Scopes that a token of this role may carry: nobody hands out more than the role has. A machine reads and publishes;
 * `red` is for people.
 */
export function scopesOfRole(role: Role): ReadonlySet<Scope> {
  switch (role) {
    case 'node-operator':
    case 'organisation-administrator':
    case 'analyst':
      return new Set<Scope>(['read', 'publish', 'manage', 'red']);
    case 'automation':
      return new Set<Scope>(['read', 'publish']);
  }
}
