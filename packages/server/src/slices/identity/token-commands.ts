import type { Outcome } from '../../platform/http/refusal.ts';
import { accept, refuse } from '../../platform/http/refusal.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Actor } from './actor.ts';
import { auditActor } from './actor.ts';
import type { NewToken } from './contract.ts';
import type { IssuedToken } from './issue-token.ts';
import { issueToken, tokenDetail } from './issue-token.ts';
import { mayOnIdentity } from './policy.ts';
import type { RecordChange } from './record-change.ts';
import { noOrganisation, refuseAction } from './record-change.ts';
import type { TokenRow } from './store.ts';
import { endToken, findOrganisation, findPerson, findToken } from './store.ts';

/** What an actor does to tokens. */
export interface TokenCommands {
  createToken(actor: Actor, organisationId: string, command: NewToken): Promise<Outcome<IssuedToken>>;
  revokeToken(actor: Actor, tokenId: string): Promise<Outcome<TokenRow>>;
}

export function createTokenCommands(platform: Platform, recordChange: RecordChange): TokenCommands {
  const { storage } = platform;
  return {
    async createToken(actor, organisationId, command) {
      if ((await findOrganisation(storage.readRights, organisationId)) === undefined)
        return noOrganisation(organisationId);
      if (!mayOnIdentity(actor, { kind: 'make-token', organisationId, personId: command.person }))
        return refuseToMake(actor, command);
      return recordChange(async (transaction, at) => {
        const madeBy = actor.personId;
        const token = await issueToken({ platform, transaction, organisationId, command, madeBy, at });
        if (!token.ok) return token;
        return accept({
          value: token.value,
          actor: auditActor(actor),
          action: 'token.create',
          target: token.value.id,
          organisationId,
          detail: tokenDetail(organisationId, command),
        });
      });
    },

    async revokeToken(actor, tokenId) {
      const token = await findToken(storage.readRights, tokenId);
      if (token === undefined) return refuse('not-found', `There is no token ${tokenId}.`);
      const organisationId = token.organisation_id;
      const person =
        token.person_id === null ? undefined : await findPerson(storage.readRights, token.person_id);
      const holder = { organisationId, personId: person?.id, role: person?.role };
      // Whoever holds a token may always end it: it may have leaked.
      const refusal =
        actor.tokenId === tokenId ? undefined : refuseAction(actor, { kind: 'end-token', ...holder });
      return (
        refusal ??
        recordChange(async (transaction, at) => {
          await endToken(transaction, tokenId, at);
          return accept({
            value: { ...token, revoked: token.revoked ?? at },
            actor: auditActor(actor),
            action: 'token.revoke',
            target: tokenId,
            organisationId,
            detail: { organisation: organisationId, person: token.person_id },
          });
        })
      );
    },
  };
}

function refuseToMake(actor: Actor, { person }: NewToken) {
  const message =
    person === undefined
      ? "Only an administrator of an organisation makes tokens for its machines. The node's operator lets the first administrator in: an enrolment comes with each person that is added."
      : 'A person makes their own tokens, the first one with the enrolment that came when they were added.';
  return refuse('forbidden', message, { details: { role: actor.role } });
}
