import type { Transaction } from 'kysely';
import { accept, refuse } from '../../platform/http/refusal.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Micros } from '../../platform/time.ts';
import type { Actor } from './actor.ts';
import type { NewToken } from './contract.ts';
import { scopesOfRole } from './policy.ts';
import type { TokenRow } from './store.ts';
import { endFirstStartTokens, findOrganisation, findPerson, insertToken } from './store.ts';
import { hashSecret, makeToken } from './token-text.ts';

const microsecondsOfDay = 86_400_000_000;

/** What the audit tells of a new token. */
export function tokenDetail(organisation: string, { person, scopes, days }: NewToken) {
  return { organisation, person: person ?? null, scopes, days };
}

/** Which token is to be made, and by whom. */
interface Issue {
  readonly platform: Platform;
  readonly transaction: Transaction<object>;
  readonly actor: Actor;
  readonly organisationId: string;
  readonly command: NewToken;
  readonly at: Micros;
}

/** Makes a token within the rules of who may hand out what; its text is in the answer and nowhere else. */
export async function issueToken({ platform, transaction, actor, organisationId, command, at }: Issue) {
  if ((await findOrganisation(transaction, organisationId)) === undefined)
    return refuse('not-found', `There is no organisation ${organisationId}.`);
  const person = command.person === undefined ? undefined : await findPerson(transaction, command.person);
  if (
    command.person !== undefined &&
    (person === undefined || person.organisation_id !== organisationId || person.removed === 1)
  ) {
    return refuse('unprocessable', 'There is no such person in this organisation.', { at: '$.person' });
  }
  if (command.scopes.includes('red') && actor.personId !== command.person) {
    return refuse(
      'forbidden',
      'Only a person can give a token of theirs the scope "red": what is TLP:RED is for them alone.',
      {
        at: '$.scopes',
        rule: 'G3',
      },
    );
  }
  if (person?.role === 'node-operator' && actor.role !== 'node-operator') {
    return refuse('forbidden', 'Only a node operator can make a token for a node operator.', {
      at: '$.person',
    });
  }
  const role = person?.role ?? 'automation';
  const excess = command.scopes.filter((scope) => !scopesOfRole(role).has(scope));
  if (excess.length > 0) {
    return refuse('unprocessable', `A token of the role ${role} cannot carry: ${excess.join(', ')}.`, {
      at: '$.scopes',
    });
  }
  const { id, secret, text } = makeToken(platform.random.bytes);
  const row: TokenRow = {
    id,
    organisation_id: organisationId,
    person_id: command.person ?? null,
    label: command.label,
    scopes: [...new Set(command.scopes)].join(' '),
    secret_hash: hashSecret(secret),
    first_start: 0,
    created: at,
    expires: command.days === 0 ? null : at + command.days * microsecondsOfDay,
    last_used: null,
    revoked: null,
  };
  await insertToken(transaction, row);
  if (role === 'node-operator' && command.scopes.includes('manage'))
    await endFirstStartTokens(transaction, at);
  return accept({ ...row, text });
}
