import type { Transaction } from 'kysely';
import type { Outcome } from '../../platform/http/refusal.ts';
import { accept, refuse } from '../../platform/http/refusal.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Micros } from '../../platform/time.ts';
import { formatMicros, micros } from '../../platform/time.ts';
import type { Scope } from './actor.ts';
import type { EnrolmentView, Redemption } from './contract.ts';
import type { IssuedToken } from './issue-token.ts';
import { issueToken } from './issue-token.ts';
import { scopesOfRole } from './policy.ts';
import type { PersonRow } from './store.ts';
import {
  findEnrolment,
  findOrganisation,
  findPerson,
  isAdministered,
  markRedeemed,
  replaceEnrolment,
  updateOrganisation,
} from './store.ts';
import { hashSecret, makeEnrolment, parseEnrolment, secretMatches } from './token-text.ts';

/** Long enough for a letter, short enough that one which was forgotten opens nothing: microseconds. */
const lasts = 7 * 86_400_000_000;

/** For whom an enrolment is, and who hands it out. */
interface Enrolling {
  readonly platform: Platform;
  readonly transaction: Transaction<object>;
  readonly person: PersonRow;
  /** The organisation of whoever hands it out. */
  readonly madeBy: string;
  readonly at: Micros;
}

/** Makes the secret with which a person makes their first token themselves. It ends the one that they had before. */
export async function issueEnrolment({
  platform,
  transaction,
  person,
  madeBy,
  at,
}: Enrolling): Promise<EnrolmentView> {
  const { id, secret, text } = makeEnrolment(platform.random.bytes);
  const expires = micros(at + lasts);
  await replaceEnrolment(transaction, {
    person_id: person.id,
    id,
    secret_hash: hashSecret(secret),
    made_by: madeBy,
    created: at,
    expires,
    redeemed: null,
  });
  return { text, expires: formatMicros(expires) };
}

/** What was redeemed, for the audit. */
export interface Redeemed {
  readonly token: IssuedToken;
  readonly person: PersonRow;
  readonly madeBy: string;
}

/**
 * A person's first token, made by themselves. An enrolment works once; one that the node's operator handed out is for an
 * organisation that nobody administers, and ends when somebody does.
 */
export async function redeemEnrolment(
  platform: Platform,
  transaction: Transaction<object>,
  command: Redemption,
  at: Micros,
): Promise<Outcome<Redeemed>> {
  const parsed = parseEnrolment(command.enrolment);
  const row = parsed === undefined ? undefined : await findEnrolment(transaction, parsed.id);
  if (parsed === undefined || row === undefined || !secretMatches(parsed.secret, row.secret_hash))
    return notValid();
  const person = await findPerson(transaction, row.person_id);
  if (row.redeemed !== null || row.expires <= at || person === undefined || person.removed === 1)
    return notValid();
  const organisationId = person.organisation_id;
  if ((await findOrganisation(transaction, organisationId))?.suspended !== 0) return notValid();
  const byOperator = row.made_by !== organisationId;
  if (byOperator && (await isAdministered(transaction, organisationId, at))) return notValid();
  const token = await issueToken({
    platform,
    transaction,
    organisationId,
    command: { ...command, person: person.id, scopes: command.scopes ?? usualScopes(person.role) },
    madeBy: person.id,
    at,
  });
  if (!token.ok) return token;
  await markRedeemed(transaction, person.id, at);
  if (byOperator) await updateOrganisation(transaction, organisationId, { enrolled: at });
  return accept({ token: token.value, person, madeBy: row.made_by });
}

/** What is TLP:RED is read by whoever asks for it, and not by everybody who comes in. */
function usualScopes(role: PersonRow['role']): Scope[] {
  return [...scopesOfRole(role)].filter((scope) => scope !== 'red');
}

function notValid() {
  return refuse(
    'unauthenticated',
    'This enrolment is not valid: it is unknown, has ended, or was used. If you did not use it, tell whoever gave it to you at once.',
    { at: '$.enrolment' },
  );
}
