import type { Transaction } from 'kysely';
import type { Outcome } from '../../platform/http/refusal.ts';
import { accept, refuse } from '../../platform/http/refusal.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Micros } from '../../platform/time.ts';
import type { NewToken } from './contract.ts';
import { scopesOfRole } from './policy.ts';
import type { TokenRow } from './store.ts';
import { countTokens, endFirstStartTokens, findPerson, insertToken } from './store.ts';
import { hashSecret, makeToken } from './token-text.ts';

const microsecondsOfDay = 86_400_000_000;

/** What the audit tells of a new token. */
export function tokenDetail(organisation: string, { person, scopes, days }: NewToken) {
  return { organisation, person: person ?? null, scopes, days };
}

/** A new token with its text, which is kept nowhere. */
export type IssuedToken = TokenRow & { readonly text: string };

/** Which token is to be made. */
interface Issue {
  readonly platform: Platform;
  readonly transaction: Transaction<object>;
  readonly organisationId: string;
  readonly command: NewToken;
  /** The person who makes it. */
  readonly madeBy: string | undefined;
  readonly at: Micros;
}

/** Makes a token that its holder's role allows. Who may ask for it has been decided. */
export async function issueToken(issue: Issue): Promise<Outcome<IssuedToken>> {
  const { platform, transaction, organisationId, command, madeBy, at } = issue;
  const person = command.person === undefined ? undefined : await findPerson(transaction, command.person);
  if (
    command.person !== undefined &&
    (person === undefined || person.organisation_id !== organisationId || person.removed === 1)
  ) {
    return refuse('unprocessable', 'There is no such person in this organisation.', { at: '$.person' });
  }
  const role = person?.role ?? 'automation';
  const excess = command.scopes.filter((scope) => !scopesOfRole(role).has(scope));
  if (excess.length > 0) {
    return refuse('unprocessable', `A token of the role ${role} cannot carry: ${excess.join(', ')}.`, {
      at: '$.scopes',
    });
  }
  const most = platform.config.limits.tokensPerHolder;
  if ((await countTokens(transaction, { organisationId, personId: person?.id }, at)) >= most) {
    const holder = person === undefined ? "An organisation's machines" : 'A person';
    return refuse('too-many-tokens', `${holder} may have ${most} valid tokens. End one that is not needed.`);
  }
  const { id, secret, text } = makeToken(platform.random.bytes);
  const row: TokenRow = {
    id,
    organisation_id: organisationId,
    person_id: person?.id ?? null,
    label: command.label,
    scopes: [...new Set(command.scopes)].join(' '),
    secret_hash: hashSecret(secret),
    made_by: madeBy ?? null,
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
