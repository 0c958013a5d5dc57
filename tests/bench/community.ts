import { createApiClient } from '../../packages/client/src/index.ts';
import { LoadClient } from './load-client.ts';

/** An organisation that publishes and reads. */
export interface Member {
  readonly organisation: string;
  readonly token: string;
  readonly client: LoadClient;
}

/** The collections of a bench, by alias: of three sizes, and for bulk, for what is measured live, and for warming up. */
export const collections = {
  small: 'small',
  large: 'large',
  largest: 'largest',
  bulk: 'bulk',
  live: 'live',
  warm: 'warm',
} as const;

/** Gives a new node its collections and as many members as shall publish at once. */
export async function foundCommunity(
  url: string,
  operatorToken: string,
  count: number,
): Promise<readonly [Member, ...Member[]]> {
  const as = (token: string) =>
    createApiClient({ url, fetch, random: Math.random, credentials: { kind: 'bearer', token } });
  const operator = as(operatorToken);
  for (const alias of Object.values(collections))
    await operator.createCollection({ title: alias, alias, audience: 'community' });
  const enter = async (number: number): Promise<Member> => {
    const { id } = await operator.createOrganisation({ name: `Operator ${number}`, kind: 'operator' });
    const person = { name: 'Administrator', role: 'organisation-administrator' };
    const { enrolment } = await operator.createPerson(id, person);
    const administrator = as((await operator.enrol({ enrolment: enrolment.text })).text);
    const { text } = await administrator.createToken(id, { label: 'bench', scopes: ['read', 'publish'] });
    return { organisation: id, token: text, client: new LoadClient(url, text) };
  };
  const members: [Member, ...Member[]] = [await enter(1)];
  for (let number = 2; number <= count; number += 1) members.push(await enter(number));
  return members;
}
