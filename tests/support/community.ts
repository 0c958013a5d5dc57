import { createApiClient } from '../../packages/client/src/index.ts';
import type { Config, RunningNode } from '../../packages/server/src/main.ts';
import { readConfig, startNode } from '../../packages/server/src/main.ts';

/** A node that can be stopped and started again on the same data and address, with one collection and one member. */
export interface Community extends AsyncDisposable {
  readonly url: string;
  readonly directory: string;
  /** A lasting token of the operator. */
  readonly operator: string;
  readonly member: {
    readonly organisation: string;
    readonly token: string;
    readonly tokenId: string;
    readonly administrator: string;
  };
  /** Alias of a collection for the community, in which everybody publishes. */
  readonly collection: string;
  stop(): Promise<void>;
  start(): Promise<void>;
}

export async function startCommunity(directory: string): Promise<Community> {
  const settings = {
    BELLTOWER_DATA: directory,
    BELLTOWER_LOG_LEVEL: 'silent',
    BELLTOWER_MAX_REQUESTS_PER_TOKEN: '1000000000',
  };
  let node: RunningNode | undefined = await startNode(readConfig({ ...settings, BELLTOWER_PORT: '0' }));
  const { url, firstStartToken = '' } = node;
  // The same port again, so that clients find the node after a restart.
  const again: Config = readConfig({ ...settings, BELLTOWER_PORT: new URL(url).port });
  const as = (token: string) =>
    createApiClient({ url, fetch, random: Math.random, credentials: { kind: 'bearer', token } });
  const first = as(firstStartToken);
  const me = await first.me();
  const lasting = await first.createToken(me.organisation.id, {
    label: 'operator',
    scopes: ['read', 'publish', 'manage'],
    person: me.person,
  });
  const operator = as(lasting.text);
  const organisation = await operator.createOrganisation({ name: 'Telco Nord', kind: 'operator' });
  const person = { name: 'Ada', role: 'organisation-administrator' };
  const { enrolment } = await operator.createPerson(organisation.id, person);
  const administrator = (await operator.enrol({ enrolment: enrolment.text })).text;
  const siem = { label: 'siem', scopes: ['read', 'publish'] };
  const token = await as(administrator).createToken(organisation.id, siem);
  await operator.createCollection({ title: 'Fraud', alias: 'fraud', audience: 'community' });
  return {
    url,
    directory,
    operator: lasting.text,
    member: { organisation: organisation.id, token: token.text, tokenId: token.id, administrator },
    collection: 'fraud',
    async stop() {
      await node?.[Symbol.asyncDispose]();
      node = undefined;
    },
    async start() {
      node = await startNode(again);
    },
    async [Symbol.asyncDispose]() {
      await node?.[Symbol.asyncDispose]();
    },
  };
}
