import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { IdentityTables } from './tables.ts';

type Rows = { readonly [Table in keyof IdentityTables]: Readonly<IdentityTables[Table]> };

export type OrganisationRow = Rows['organisation'];
export type PersonRow = Rows['person'];
export type TokenRow = Rows['token'];
export type TrustRow = Rows['organisation_trust'];
export type EnrolmentRow = Rows['enrolment'];

/** A token together with whom it speaks for. */
export interface TokenHolderRow extends TokenRow {
  readonly organisation_name: string;
  readonly suspended: number;
  readonly person_role: PersonRow['role'] | null;
  readonly person_removed: number | null;
}

const tables = (db: Kysely<object>) => db.withTables<IdentityTables>();

export async function listOrganisations(db: Kysely<object>): Promise<readonly OrganisationRow[]> {
  return tables(db).selectFrom('organisation').selectAll().orderBy('name_key').execute();
}

export async function findOrganisation(db: Kysely<object>, id: string): Promise<OrganisationRow | undefined> {
  return tables(db).selectFrom('organisation').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function findOrganisationByName(
  db: Kysely<object>,
  nameKey: string,
): Promise<OrganisationRow | undefined> {
  return tables(db).selectFrom('organisation').selectAll().where('name_key', '=', nameKey).executeTakeFirst();
}

export async function insertOrganisation(
  transaction: Transaction<object>,
  row: OrganisationRow,
): Promise<void> {
  await tables(transaction).insertInto('organisation').values(row).execute();
}

export async function updateOrganisation(
  transaction: Transaction<object>,
  id: string,
  change: Partial<Pick<OrganisationRow, 'name' | 'name_key' | 'kind' | 'suspended' | 'enrolled'>>,
): Promise<void> {
  if (Object.keys(change).length === 0) return;
  await tables(transaction).updateTable('organisation').set(change).where('id', '=', id).execute();
}

export async function listTrust(db: Kysely<object>, organisationId?: string): Promise<readonly TrustRow[]> {
  const query = tables(db).selectFrom('organisation_trust').selectAll();
  return organisationId === undefined
    ? query.execute()
    : query.where('organisation_id', '=', organisationId).orderBy('trusted_id').execute();
}

/** Whom organisations trust that are not suspended: what a suspended one has allowed rests with it (rule G7). */
export async function listStandingTrust(db: Kysely<object>): Promise<readonly TrustRow[]> {
  return tables(db)
    .selectFrom('organisation_trust')
    .innerJoin('organisation', 'organisation.id', 'organisation_trust.organisation_id')
    .selectAll('organisation_trust')
    .where('organisation.suspended', '=', 0)
    .execute();
}

export async function replaceTrust(
  transaction: Transaction<object>,
  {
    organisationId,
    kind,
    trusted,
  }: { organisationId: string; kind: TrustRow['kind']; trusted: readonly string[] },
): Promise<void> {
  const db = tables(transaction);
  await db
    .deleteFrom('organisation_trust')
    .where('organisation_id', '=', organisationId)
    .where('kind', '=', kind)
    .execute();
  const rows = [...new Set(trusted)].map((id) => ({ organisation_id: organisationId, kind, trusted_id: id }));
  if (rows.length > 0) await db.insertInto('organisation_trust').values(rows).execute();
}

export async function listPeople(db: Kysely<object>, organisationId: string): Promise<readonly PersonRow[]> {
  return tables(db)
    .selectFrom('person')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('created')
    .execute();
}

export async function findPerson(db: Kysely<object>, id: string): Promise<PersonRow | undefined> {
  return tables(db).selectFrom('person').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function insertPerson(transaction: Transaction<object>, row: PersonRow): Promise<void> {
  await tables(transaction).insertInto('person').values(row).execute();
}

export async function removePerson(transaction: Transaction<object>, id: string): Promise<void> {
  await tables(transaction).updateTable('person').set({ removed: 1 }).where('id', '=', id).execute();
}

export async function findTokenHolder(
  db: Kysely<object>,
  tokenId: string,
): Promise<TokenHolderRow | undefined> {
  return tables(db)
    .selectFrom('token')
    .innerJoin('organisation', 'organisation.id', 'token.organisation_id')
    .leftJoin('person', 'person.id', 'token.person_id')
    .selectAll('token')
    .select([
      'organisation.name as organisation_name',
      'organisation.suspended as suspended',
      'person.role as person_role',
      'person.removed as person_removed',
    ])
    .where('token.id', '=', tokenId)
    .executeTakeFirst();
}

export async function findToken(db: Kysely<object>, id: string): Promise<TokenRow | undefined> {
  return tables(db).selectFrom('token').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function listTokens(db: Kysely<object>, organisationId: string): Promise<readonly TokenRow[]> {
  return tables(db)
    .selectFrom('token')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('created', 'desc')
    .execute();
}

export async function insertToken(transaction: Transaction<object>, row: TokenRow): Promise<void> {
  await tables(transaction).insertInto('token').values(row).execute();
}

/** The tokens of a person, or of an organisation's machines, that are valid at the given time. */
export async function countTokens(
  db: Kysely<object>,
  { organisationId, personId }: { readonly organisationId: string; readonly personId: string | undefined },
  at: number,
): Promise<number> {
  const row = await tables(db)
    .selectFrom('token')
    .select(sql<number>`count(*)`.as('tokens'))
    .where('organisation_id', '=', organisationId)
    .where((where) =>
      personId === undefined ? where('person_id', 'is', null) : where('person_id', '=', personId),
    )
    .where('revoked', 'is', null)
    .where((where) => where.or([where('expires', 'is', null), where('expires', '>', at)]))
    .executeTakeFirst();
  return row?.tokens ?? 0;
}

/** The organisations that a person of their own administers: one with a valid token that has the scope `manage`. */
export async function listAdministered(
  db: Kysely<object>,
  at: number,
  organisationId?: string,
): Promise<ReadonlySet<string>> {
  let query = tables(db)
    .selectFrom('token')
    .innerJoin('person', 'person.id', 'token.person_id')
    .select('token.organisation_id')
    .distinct()
    .where('person.role', 'in', ['organisation-administrator', 'node-operator'])
    .where('person.removed', '=', 0)
    .where('token.scopes', 'like', '%manage%')
    .where('token.revoked', 'is', null)
    .where((where) => where.or([where('token.expires', 'is', null), where('token.expires', '>', at)]));
  if (organisationId !== undefined) query = query.where('token.organisation_id', '=', organisationId);
  return new Set((await query.execute()).map((row) => row.organisation_id));
}

export async function isAdministered(
  db: Kysely<object>,
  organisationId: string,
  at: number,
): Promise<boolean> {
  return (await listAdministered(db, at, organisationId)).has(organisationId);
}

/** Puts an enrolment in the place of the one that the person had. */
export async function replaceEnrolment(transaction: Transaction<object>, row: EnrolmentRow): Promise<void> {
  const db = tables(transaction);
  await db.deleteFrom('enrolment').where('person_id', '=', row.person_id).execute();
  await db.insertInto('enrolment').values(row).execute();
}

export async function findEnrolment(db: Kysely<object>, id: string): Promise<EnrolmentRow | undefined> {
  return tables(db).selectFrom('enrolment').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Whether a person has come in: with their enrolment, or with a token from before there were any. */
export async function hasComeIn(db: Kysely<object>, personId: string): Promise<boolean> {
  const query = tables(db).selectFrom('token').select('id').where('person_id', '=', personId);
  return (await query.executeTakeFirst()) !== undefined;
}

export async function markRedeemed(
  transaction: Transaction<object>,
  personId: string,
  at: number,
): Promise<void> {
  await tables(transaction)
    .updateTable('enrolment')
    .set({ redeemed: at })
    .where('person_id', '=', personId)
    .execute();
}

/** Ends a token; does nothing to one that has ended already. */
export async function endToken(transaction: Transaction<object>, id: string, at: number): Promise<void> {
  await tables(transaction)
    .updateTable('token')
    .set({ revoked: at })
    .where('id', '=', id)
    .where('revoked', 'is', null)
    .execute();
}

/** Ends every first-start token: a lasting operator token exists now. */
export async function endFirstStartTokens(transaction: Transaction<object>, at: number): Promise<void> {
  await tables(transaction)
    .updateTable('token')
    .set({ revoked: at })
    .where('first_start', '=', 1)
    .where('revoked', 'is', null)
    .execute();
}

export async function touchToken(transaction: Transaction<object>, id: string, at: number): Promise<void> {
  await tables(transaction).updateTable('token').set({ last_used: at }).where('id', '=', id).execute();
}

/** The tokens with which somebody can run this node at the given time, the printed one excepted. */
export async function countOperatorTokens(db: Kysely<object>, at: number): Promise<number> {
  const row = await tables(db)
    .selectFrom('token')
    .innerJoin('person', 'person.id', 'token.person_id')
    .innerJoin('organisation', 'organisation.id', 'token.organisation_id')
    .select(sql<number>`count(*)`.as('tokens'))
    .where('person.role', '=', 'node-operator')
    .where('person.removed', '=', 0)
    .where('organisation.suspended', '=', 0)
    .where('token.scopes', 'like', '%manage%')
    .where('token.revoked', 'is', null)
    .where('token.first_start', '=', 0)
    .where((where) => where.or([where('token.expires', 'is', null), where('token.expires', '>', at)]))
    .executeTakeFirst();
  return row?.tokens ?? 0;
}

/**
 * Whoever became a node operator first, in an organisation that is not suspended: of those who still are, or, when none is left,
 * of those who were.
 */
export async function findNodeOperator(db: Kysely<object>): Promise<PersonRow | undefined> {
  return tables(db)
    .selectFrom('person')
    .innerJoin('organisation', 'organisation.id', 'person.organisation_id')
    .selectAll('person')
    .where('person.role', '=', 'node-operator')
    .where('organisation.suspended', '=', 0)
    .orderBy('person.removed')
    .orderBy('person.created')
    .executeTakeFirst();
}

export async function readAccessEpoch(db: Kysely<object>): Promise<number> {
  const row = await tables(db).selectFrom('access_epoch').select('value').executeTakeFirstOrThrow();
  return row.value;
}

/** Makes whoever else wants this, or to raise the counter, wait until the transaction ends. */
export async function lockAccessEpoch(transaction: Transaction<object>): Promise<void> {
  await tables(transaction).selectFrom('access_epoch').select('value').forUpdate().execute();
}

export async function raiseAccessEpoch(transaction: Transaction<object>): Promise<void> {
  await tables(transaction)
    .updateTable('access_epoch')
    .set(({ eb }) => ({ value: eb('value', '+', 1) }))
    .where('id', '=', 1)
    .execute();
}
