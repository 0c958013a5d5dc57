import type { Transaction } from 'kysely';
import type { Outcome } from '../../platform/http/refusal.ts';
import { accept, refuse } from '../../platform/http/refusal.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Actor } from './actor.ts';
import { auditActor } from './actor.ts';
import type { NewOrganisation, OrganisationChange } from './contract.ts';
import { nameKey } from './name-key.ts';
import type { IdentityAction } from './policy.ts';
import type { RecordChange } from './record-change.ts';
import { noOrganisation, refuseAction } from './record-change.ts';
import type { OrganisationRow } from './store.ts';
import {
  findOrganisation,
  findOrganisationByName,
  insertOrganisation,
  replaceTrust,
  updateOrganisation,
} from './store.ts';

/** What an actor does to organisations. */
export interface OrganisationCommands {
  createOrganisation(actor: Actor, command: NewOrganisation): Promise<Outcome<OrganisationRow>>;
  changeOrganisation(actor: Actor, id: string, change: OrganisationChange): Promise<Outcome<OrganisationRow>>;
}

export function createOrganisationCommands(
  { random }: Platform,
  recordChange: RecordChange,
): OrganisationCommands {
  return {
    async createOrganisation(actor, command) {
      return (
        refuseAction(actor, { kind: 'create-organisation' }) ??
        recordChange(async (transaction, at) => {
          const id = command.id ?? `identity--${random.uuid()}`;
          const key = nameKey(command.name);
          const clash = await nameOrIdTaken(transaction, id, key);
          if (clash !== undefined) return clash;
          const value: OrganisationRow = {
            id,
            name: command.name,
            name_key: key,
            kind: command.kind,
            created: at,
            suspended: 0,
            enrolled: null,
          };
          await insertOrganisation(transaction, value);
          return accept({
            value,
            actor: auditActor(actor),
            action: 'organisation.create',
            target: id,
            organisationId: id,
            detail: { name: command.name, kind: command.kind },
          });
        })
      );
    },

    async changeOrganisation(actor, id, command) {
      for (const action of changeActions(id, command)) {
        const refusal = refuseAction(actor, action);
        if (refusal !== undefined) return refusal;
      }
      if (command.suspended === true && id === actor.organisationId) {
        const message = 'Whoever suspends their own organisation could not end that again.';
        return refuse('unprocessable', message, { at: '$.suspended' });
      }
      return recordChange(async (transaction) => {
        const changed = await applyChange(transaction, id, command);
        if (!changed.ok) return changed;
        return accept({
          value: changed.value,
          actor: auditActor(actor),
          action: 'organisation.change',
          target: id,
          organisationId: id,
          detail: command,
        });
      });
    },
  };
}

function changeActions(organisationId: string, change: OrganisationChange): readonly IdentityAction[] {
  const administrative = change.suspended !== undefined || change.kind !== undefined;
  const trusting = change.clients !== undefined || change.delegates !== undefined;
  return [
    { kind: 'change-organisation', organisationId },
    ...(administrative ? [{ kind: 'suspend-organisation' } as const] : []),
    ...(trusting ? [{ kind: 'change-trust', organisationId } as const] : []),
  ];
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

async function applyChange(
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
