import type { Outcome } from '../../platform/http/refusal.ts';
import { accept, refuse } from '../../platform/http/refusal.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Actor } from './actor.ts';
import { auditActor } from './actor.ts';
import type { EnrolmentView, NewPerson, Redemption } from './contract.ts';
import { issueEnrolment, redeemEnrolment } from './enrolment.ts';
import type { IssuedToken } from './issue-token.ts';
import type { RecordChange } from './record-change.ts';
import { noOrganisation, refuseAction } from './record-change.ts';
import type { PersonRow } from './store.ts';
import {
  findOrganisation,
  findPerson,
  hasComeIn,
  insertPerson,
  isAdministered,
  removePerson,
} from './store.ts';

/** A person and the secret with which they come in. */
export type EnrolledPerson = PersonRow & { readonly enrolment: EnrolmentView };

/** What an actor does to people, and how people come in. */
export interface PeopleCommands {
  createPerson(actor: Actor, organisationId: string, command: NewPerson): Promise<Outcome<EnrolledPerson>>;
  /** Another enrolment for somebody who has not come in yet; the one before it ends. */
  renewEnrolment(actor: Actor, personId: string): Promise<Outcome<EnrolledPerson>>;
  removePerson(actor: Actor, personId: string): Promise<Outcome<PersonRow>>;
  /** A person's first token, made by themselves. */
  redeemEnrolment(command: Redemption): Promise<Outcome<IssuedToken>>;
}

export function createPeopleCommands(platform: Platform, recordChange: RecordChange): PeopleCommands {
  const { storage, random } = platform;

  return {
    createPerson: (actor, organisationId, command) =>
      recordChange(async (transaction, at) => {
        if ((await findOrganisation(transaction, organisationId)) === undefined)
          return noOrganisation(organisationId);
        const { role } = command;
        const administered = await isAdministered(transaction, organisationId, at);
        const refusal = refuseAction(actor, { kind: 'add-person', organisationId, role, administered });
        if (refusal !== undefined) return refusal;
        const person: PersonRow = {
          id: random.uuid(),
          organisation_id: organisationId,
          name: command.name,
          email: command.email ?? null,
          role,
          created: at,
          removed: 0,
        };
        await insertPerson(transaction, person);
        const madeBy = actor.organisationId;
        const enrolment = await issueEnrolment({ platform, transaction, person, madeBy, at });
        return accept({
          value: { ...person, enrolment },
          actor: auditActor(actor),
          action: 'person.create',
          target: person.id,
          organisationId,
          detail: { organisation: organisationId, role },
        });
      }),

    renewEnrolment: (actor, personId) =>
      recordChange(async (transaction, at) => {
        const person = await findPerson(transaction, personId);
        if (person === undefined) return refuse('not-found', `There is no person ${personId}.`);
        const { organisation_id: organisationId, role } = person;
        const administered = await isAdministered(transaction, organisationId, at);
        const refusal = refuseAction(actor, { kind: 'add-person', organisationId, role, administered });
        if (refusal !== undefined) return refusal;
        if (person.removed === 1 || (await hasComeIn(transaction, personId))) {
          return refuse(
            'conflict',
            'They have come in already, and nobody comes in as them again. Remove them and add them anew.',
          );
        }
        const madeBy = actor.organisationId;
        const enrolment = await issueEnrolment({ platform, transaction, person, madeBy, at });
        return accept({
          value: { ...person, enrolment },
          actor: auditActor(actor),
          action: 'person.enrol',
          target: personId,
          organisationId,
          detail: { organisation: organisationId, role },
        });
      }),

    async removePerson(actor, personId) {
      const person = await findPerson(storage.readRights, personId);
      if (person === undefined) return refuse('not-found', `There is no person ${personId}.`);
      const { organisation_id: organisationId, role } = person;
      return (
        refuseAction(actor, { kind: 'remove-person', organisationId, role }) ??
        recordChange(async (transaction) => {
          await removePerson(transaction, personId);
          return accept({
            value: { ...person, removed: 1 },
            actor: auditActor(actor),
            action: 'person.remove',
            target: personId,
            organisationId,
            detail: { organisation: organisationId, role },
          });
        })
      );
    },

    redeemEnrolment: (command) =>
      recordChange(async (transaction, at) => {
        const redeemed = await redeemEnrolment(platform, transaction, command, at);
        if (!redeemed.ok) return redeemed;
        const { token, person, madeBy } = redeemed.value;
        return accept({
          value: token,
          actor: { organisationId: person.organisation_id, personId: person.id, tokenId: token.id },
          action: 'enrolment.redeem',
          target: person.id,
          // Whoever handed it out sees that it was used.
          organisationId: madeBy,
          detail: {
            organisation: person.organisation_id,
            role: person.role,
            scopes: token.scopes.split(' '),
          },
        });
      }),
  };
}
