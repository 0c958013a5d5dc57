import { createLocalBus } from '../../platform/bus/local-bus.ts';
import type { TestNode } from '../../testing.ts';
import { bundle, indicator } from '../../testing-objects.ts';
import { createCollections } from '../collections/index.ts';
import type { Exchange, ReadGrant } from '../exchange/index.ts';
import { createExchange, grantRead } from '../exchange/index.ts';
import { openIdentity } from '../identity/index.ts';

/** The exchange of one more node on a node's database, as a test uses it: for one member and one collection. */
export interface TestLog extends AsyncDisposable {
  readonly exchange: Exchange;
  readonly grant: ReadGrant;
  /** Publishes so many indicators with these names; answers their ids. */
  publish(names: readonly string[], more?: Readonly<Record<string, unknown>>): Promise<readonly string[]>;
  withdraw(objectId: string): Promise<void>;
}

/** No wake-up comes from this node to another one or back: each has a bus of its own. */
export async function openTestLog(
  { platform }: TestNode,
  token: string,
  collectionId: string,
): Promise<TestLog> {
  const own = { ...platform, bus: createLocalBus() };
  await using opening = new AsyncDisposableStack();
  const identity = opening.use(await openIdentity(own));
  const collections = createCollections(own, identity);
  const exchange = opening.use(createExchange(own, identity, collections));
  const actor = await identity.authenticate(token);
  const collection = await collections.find(collectionId);
  const grant = collection === undefined ? undefined : grantRead(collection, actor);
  if (actor === undefined || grant === undefined) throw new Error('The test may not read its own collection');
  const opened = opening.move();
  return {
    exchange,
    grant,
    async publish(names, more = {}) {
      const objects = names.map((name) => indicator({ ...more, name }));
      const outcome = await exchange.publish({
        actor,
        collectionId,
        body: JSON.stringify(bundle(...objects)),
      });
      if (!outcome.ok || outcome.value.some((result) => result.status !== 'accepted'))
        throw new Error(JSON.stringify(outcome));
      return objects.map(({ id }) => id);
    },
    async withdraw(objectId) {
      const outcome = await exchange.withdraw({
        actor,
        collectionId,
        objectId,
        choose: (versions) => versions,
      });
      if (!outcome.ok) throw new Error(outcome.refusal.message);
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
