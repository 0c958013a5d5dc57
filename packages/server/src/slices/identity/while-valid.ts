import type { Outcome } from '../../platform/http/refusal.ts';
import { refuse } from '../../platform/http/refusal.ts';
import type { Actor } from './actor.ts';
import type { Authenticator } from './authenticate.ts';
import type { IdentityCommands } from './commands.ts';

/**
 * Does something for an actor whose token is still good. Who asks is known before the body of a request has come, and a
 * body can be sent as slowly as its sender likes: without this, a request that is kept open outlives the token (rule R3).
 */
export async function whileValid<Value>(
  { stillValid }: Pick<Authenticator, 'stillValid'>,
  actor: Actor,
  work: () => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  if (await stillValid(actor)) return work();
  return refuse('unauthenticated', 'This token ended while the request was under way.', {
    at: 'Authorization',
  });
}

/** The commands, each only while the actor's token is good. */
export function commandsWhileValid(
  authenticator: Pick<Authenticator, 'stillValid'>,
  commands: IdentityCommands,
): IdentityCommands {
  const valid = <Value>(actor: Actor, work: () => Promise<Outcome<Value>>) =>
    whileValid(authenticator, actor, work);
  return {
    createOrganisation: (actor, command) => valid(actor, () => commands.createOrganisation(actor, command)),
    changeOrganisation: (actor, id, change) =>
      valid(actor, () => commands.changeOrganisation(actor, id, change)),
    createPerson: (actor, organisationId, command) =>
      valid(actor, () => commands.createPerson(actor, organisationId, command)),
    renewEnrolment: (actor, personId) => valid(actor, () => commands.renewEnrolment(actor, personId)),
    // Whoever comes in has no token yet.
    redeemEnrolment: (command) => commands.redeemEnrolment(command),
    removePerson: (actor, personId) => valid(actor, () => commands.removePerson(actor, personId)),
    createToken: (actor, organisationId, command) =>
      valid(actor, () => commands.createToken(actor, organisationId, command)),
    revokeToken: (actor, tokenId) => valid(actor, () => commands.revokeToken(actor, tokenId)),
  };
}
