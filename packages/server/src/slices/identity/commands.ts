import type { Transaction } from 'kysely';
import type { Outcome } from '../../platform/http/refusal.ts';
import { accept, refuse } from '../../platform/http/refusal.ts';
import type { Platform } from '../../platform/platform.ts';
import { isUniqueViolation } from '../../platform/storage/is-unique-violation.ts';
import type { Micros } from '../../platform/time.ts';
import type { Access } from './access.ts';
import type { Actor } from './actor.ts';
import { auditActor } from './actor.ts';
import type { NewOrganisation, NewPerson, NewToken, OrganisationChange } from './contract.ts';
import { issueToken, tokenDetail } from './issue-token.ts';
import { nameKey } from './name-key.ts';
import type { IdentityAction } from './policy.ts';
import { mayOnIdentity } from './policy.ts';
import type { OrganisationRow, PersonRow, TokenRow } from './store.ts';
import {
  endToken,
  findOrganisation,
  findOrganisationByName,
  findPerson,
  findToken,
  insertOrganisation,
  insertPerson,
  removePerson,
  replaceTrust,
  updateOrganisation,
} from './store.ts';

/** What an actor does to organisations, people and tokens. Each change and its audit entry are one transaction. */
export interface IdentityCommands {
  createOrganisation(actor: Actor, command: NewOrganisation): Promise<Outcome<OrganisationRow>>;
  changeOrganisation(actor: Actor, id: string, change: OrganisationChange): Promise<Outcome<OrganisationRow>>;
  createPerson(actor: Actor, organisationId: string, command: NewPerson): Promise<Outcome<PersonRow>>;
  removePerson(actor: Actor, personId: string): Promise<Outcome<PersonRow>>;
  createToken(
    actor: Actor,
    organisationId: string,
    command: NewToken,
  ): Promise<Outcome<TokenRow & { readonly text: string }>>;
  revokeToken(actor: Actor, tokenId: string): Promise<Outcome<TokenRow>>;
}

export function createIdentityCommands(platform: Platform, access: Access): IdentityCommands {
  const { storage, clock, random, audit } = platform;

  /** Runs a change with its audit entry, and lets every node know that rights may have changed. */
  async function change<Value>(
    { actor, action, detail = {} }: Change,
    work: (transaction: Transaction<object>, at: Micros) => Promise<Outcome<Value & { readonly id: string }>>,
  ): Promise<Outcome<Value & { readonly id: string }>> {
    const at = clock.now();
    const outcome = await storage
      .write(async (transaction) => {
        const result = await work(transaction, at);
        if (!result.ok) return result;
        await audit.record(transaction, {
          at,
          actor: auditActor(actor),
          action,
          target: result.value.id,
          detail,
        });
        await access.raise(transaction);
        return result;
      })
      .catch((error: unknown) => {
        // Another transaction took the name or the id between the look and the insert.
        if (isUniqueViolation(error)) return refuse('conflict', 'This name or id has just been taken.');
        throw error;
      });
    if (outcome.ok) await access.announce();
    return outcome;
  }

  return {
    createOrganisation: (actor, command) =>
      guarded(actor, { kind: 'create-organisation' }, () =>
        change(
          { actor, action: 'organisation.create', detail: { name: command.name, kind: command.kind } },
          async (transaction, at) => {
            const id = command.id ?? `identity--${random.uuid()}`;
            const clash = await nameOrIdTaken(transaction, id, nameKey(command.name));
            if (clash !== undefined) return clash;
            const row: OrganisationRow = {
              id,
              name: command.name,
              name_key: nameKey(command.name),
              kind: command.kind,
              created: at,
              suspended: 0,
            };
            await insertOrganisation(transaction, row);
            return accept(row);
          },
        ),
      ),

    changeOrganisation: (actor, id, command) =>
      guarded(actor, changeAction(id, command), () =>
        change({ actor, action: 'organisation.change', detail: command }, async (transaction) =>
          command.suspended === true && id === actor.organisationId
            ? refuse('unprocessable', 'Whoever suspends their own organisation could not end that again.', {
                at: '$.suspended',
              })
            : applyOrganisationChange(transaction, id, command),
        ),
      ),

    createPerson: (actor, organisationId, command) =>
      guarded(actor, { kind: 'manage-people', organisationId, role: command.role }, () =>
        change(
          { actor, action: 'person.create', detail: { organisation: organisationId, role: command.role } },
          async (transaction, at) => {
            if ((await findOrganisation(transaction, organisationId)) === undefined)
              return noOrganisation(organisationId);
            const row: PersonRow = {
              id: random.uuid(),
              organisation_id: organisationId,
              name: command.name,
              email: command.email ?? null,
              role: command.role,
              created: at,
              removed: 0,
            };
            await insertPerson(transaction, row);
            return accept(row);
          },
        ),
      ),

    async removePerson(actor, personId) {
      const person = await findPerson(storage.read, personId);
      if (person === undefined) return refuse('not-found', `There is no person ${personId}.`);
      const action = {
        kind: 'manage-people',
        organisationId: person.organisation_id,
        role: person.role,
      } as const;
      return guarded(actor, action, () =>
        change(
          {
            actor,
            action: 'person.remove',
            detail: { organisation: person.organisation_id, role: person.role },
          },
          async (transaction) => {
            await removePerson(transaction, personId);
            return accept({ ...person, removed: 1 });
          },
        ),
      );
    },

    createToken: (actor, organisationId, command) =>
      guarded(actor, { kind: 'manage-tokens', organisationId, personId: command.person }, () =>
        change(
          { actor, action: 'token.create', detail: tokenDetail(organisationId, command) },
          (transaction, at) => issueToken({ platform, transaction, actor, organisationId, command, at }),
        ),
      ),

    async revokeToken(actor, tokenId) {
      const token = await findToken(storage.read, tokenId);
      if (token === undefined) return refuse('not-found', `There is no token ${tokenId}.`);
      const person = token.person_id === null ? undefined : await findPerson(storage.read, token.person_id);
      const action = {
        kind: 'manage-tokens',
        organisationId: token.organisation_id,
        personId: person?.id,
        role: person?.role,
      } as const;
      // Whoever holds a token may always end it: it may have leaked.
      const work = () =>
        change(
          {
            actor,
            action: 'token.revoke',
            detail: { organisation: token.organisation_id, person: token.person_id },
          },
          async (transaction, at) => {
            await endToken(transaction, tokenId, at);
            return accept({ ...token, revoked: token.revoked ?? at });
          },
        );
      return actor.tokenId === tokenId ? work() : guarded(actor, action, work);
    },
  };
}

/** A change as the audit tells of it; `detail` says what was asked for, never a secret. */
interface Change {
  readonly actor: Actor;
  readonly action: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

function guarded<Value>(
  actor: Actor,
  action: IdentityAction,
  work: () => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  if (mayOnIdentity(actor, action)) return work();
  return Promise.resolve(
    refuse('forbidden', `Your token does not allow this: ${action.kind}.`, { details: { role: actor.role } }),
  );
}

function changeAction(organisationId: string, command: OrganisationChange): IdentityAction {
  const administrative = command.suspended !== undefined || command.kind !== undefined;
  return administrative ? { kind: 'suspend-organisation' } : { kind: 'change-organisation', organisationId };
}

function noOrganisation(id: string) {
  return refuse('not-found', `There is no organisation ${id}.`);
}

async function nameOrIdTaken(transaction: Transaction<object>, id: string, key: string) {
  if ((await findOrganisation(transaction, id)) !== undefined) {
    return refuse('conflict', `An organisation with the id ${id} is here already.`, { at: '$.id' });
  }
  if ((await findOrganisationByName(transaction, key)) !== undefined) {
    return refuse('conflict', 'An organisation with this name is here already.', { at: '$.name' });
  }
  return undefined;
}

async function applyOrganisationChange(
  transaction: Transaction<object>,
  id: string,
  command: OrganisationChange,
): Promise<Outcome<OrganisationRow>> {
  const before = await findOrganisation(transaction, id);
  if (before === undefined) return noOrganisation(id);
  const key = command.name === undefined ? before.name_key : nameKey(command.name);
  const namesake = await findOrganisationByName(transaction, key);
  if (namesake !== undefined && namesake.id !== id) {
    return refuse('conflict', 'An organisation with this name is here already.', { at: '$.name' });
  }
  for (const kind of ['client', 'delegate'] as const) {
    const trusted = kind === 'client' ? command.clients : command.delegates;
    if (trusted === undefined) continue;
    for (const [index, other] of trusted.entries()) {
      if ((await findOrganisation(transaction, other)) === undefined) {
        return refuse('unprocessable', `There is no organisation ${other}.`, { at: `$.${kind}s[${index}]` });
      }
    }
    await replaceTrust(transaction, { organisationId: id, kind, trusted });
  }
  const after: OrganisationRow = {
    ...before,
    name: command.name ?? before.name,
    name_key: key,
    kind: command.kind ?? before.kind,
    suspended: command.suspended === undefined ? before.suspended : Number(command.suspended),
  };
  const { name, name_key, kind, suspended } = after;
  await updateOrganisation(transaction, id, { name, name_key, kind, suspended });
  return accept(after);
}
