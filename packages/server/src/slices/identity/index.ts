export type { Actor } from './actor.ts';
export { auditActor } from './actor.ts';
export type { Identity } from './identity.ts';
export { openIdentity } from './identity.ts';
export { identity0001 } from './migrations/0001-identity.ts';
export { administers, operates } from './policy.ts';
export { requestActor, requireActor } from './request-actor.ts';
export { identityRoutes } from './routes.ts';
export { findOrganisation, findPerson, listTrust } from './store.ts';
