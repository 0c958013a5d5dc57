import type { Platform } from '../../platform/platform.ts';
import { nameKey } from './name-key.ts';
import {
  countOperatorTokens,
  findNodeOperator,
  findOrganisationByName,
  insertOrganisation,
  insertPerson,
  insertToken,
  lockAccessEpoch,
} from './store.ts';
import { hashSecret, makeToken } from './token-text.ts';

const hours24 = 86_400_000_000;

/**
 * Makes the one-time administrator token when nobody holds a lasting operator token: at the first start, and again when
 * all of them have ended. It lasts a day, and ends with all others of its kind as soon as a lasting operator token is made.
 * Returns its text, which is stored nowhere; undefined when no such token is needed.
 */
export async function issueFirstStartToken(platform: Platform): Promise<string | undefined> {
  const { storage, clock, random, audit, config } = platform;
  return storage.write(async (transaction) => {
    // Nodes of a cluster may start at the same moment; one of them makes the operator.
    await lockAccessEpoch(transaction);
    const at = clock.now();
    if ((await countOperatorTokens(transaction, at)) > 0) return undefined;
    const known = await findNodeOperator(transaction);
    const operator =
      known?.removed === 0
        ? known
        : await addOperator(known?.organisation_id ?? (await createOrganisation()));
    const { id, secret, text } = makeToken(random.bytes);
    await insertToken(transaction, {
      id,
      organisation_id: operator.organisation_id,
      person_id: operator.id,
      label: 'first start',
      scopes: 'read publish manage',
      secret_hash: hashSecret(secret),
      made_by: null,
      first_start: 1,
      created: at,
      expires: at + hours24,
      last_used: null,
      revoked: null,
    });
    const actor = { organisationId: operator.organisation_id, personId: operator.id, tokenId: undefined };
    await audit.record(transaction, { at, actor, action: 'token.first-start', target: id, detail: {} });
    return text;

    async function createOrganisation() {
      const organisationId = `identity--${random.uuid()}`;
      const usual = `Operator of ${config.nodeTitle}`;
      const taken = (await findOrganisationByName(transaction, nameKey(usual))) !== undefined;
      const name = taken ? `${usual} ${organisationId.slice(10, 18)}` : usual;
      const organisation = {
        id: organisationId,
        name,
        name_key: nameKey(name),
        kind: 'cert',
        created: at,
        suspended: 0,
        enrolled: null,
      } as const;
      await insertOrganisation(transaction, organisation);
      return organisationId;
    }

    async function addOperator(organisationId: string) {
      const person = {
        id: random.uuid(),
        organisation_id: organisationId,
        name: 'Node operator',
        email: null,
        role: 'node-operator',
        created: at,
        removed: 0,
      } as const;
      await insertPerson(transaction, person);
      return person;
    }
  });
}
