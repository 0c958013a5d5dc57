import type { Actor, Role, Scope } from './actor.ts';

/** What somebody may want to do with organisations, people and tokens. Everything that is not named here is denied. */
export type IdentityAction =
  | { readonly kind: 'list-organisations' }
  | { readonly kind: 'create-organisation' }
  | { readonly kind: 'suspend-organisation' }
  | { readonly kind: 'change-organisation'; readonly organisationId: string }
  | { readonly kind: 'list-people'; readonly organisationId: string }
  | { readonly kind: 'manage-people'; readonly organisationId: string; readonly role: Role }
  | {
      readonly kind: 'manage-tokens';
      readonly organisationId: string;
      readonly personId: string | undefined;
      /** Of that person, where it is known. */
      readonly role?: Role | undefined;
    }
  | { readonly kind: 'see-audit'; readonly organisationId: string | undefined };

export function mayOnIdentity(actor: Actor, action: IdentityAction): boolean {
  switch (action.kind) {
    case 'list-organisations':
      return actor.scopes.has('read') || actor.scopes.has('manage');
    case 'create-organisation':
    case 'suspend-organisation':
      return operates(actor);
    case 'change-organisation':
      return operates(actor) || administers(actor, action.organisationId);
    case 'list-people':
      return (
        operates(actor) ||
        (actor.organisationId === action.organisationId &&
          (actor.scopes.has('read') || actor.scopes.has('manage')))
      );
    case 'manage-people':
      return (
        operates(actor) || (administers(actor, action.organisationId) && action.role !== 'node-operator')
      );
    case 'manage-tokens':
      return (
        operates(actor) ||
        (administers(actor, action.organisationId) && action.role !== 'node-operator') ||
        (action.personId !== undefined && isSelf(actor, action.personId))
      );
    case 'see-audit':
      return (
        operates(actor) || (action.organisationId !== undefined && administers(actor, action.organisationId))
      );
  }
}

export function operates(actor: Actor): boolean {
  return actor.role === 'node-operator' && actor.scopes.has('manage');
}

export function administers(actor: Actor, organisationId: string): boolean {
  const administrator = actor.role === 'organisation-administrator' || actor.role === 'node-operator';
  return administrator && actor.scopes.has('manage') && actor.organisationId === organisationId;
}

function isSelf(actor: Actor, personId: string): boolean {
  return actor.personId === personId && actor.scopes.has('manage');
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
