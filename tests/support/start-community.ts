import assert from 'node:assert/strict';
import type { StorageLocation } from '../../packages/server/src/platform/storage/storage-location.ts';
import type { Target } from './ledger.ts';
import { type ServingNode, startServing } from './serving-node.ts';

/** A node in a process of its own, which can be ended and started again on the same data, with a collection for everybody. */
export interface ServedCommunity extends AsyncDisposable {
  /** Of the node that runs now. */
  readonly target: Target;
  node(): ServingNode;
  /** Ends the node and starts one on the same data. */
  restart(signal: NodeJS.Signals): Promise<void>;
  /** Starts a node after one that has ended. */
  start(): Promise<void>;
}

export async function startCommunity(
  location: StorageLocation,
  settings: Readonly<Record<string, string>> = {},
): Promise<ServedCommunity> {
  let node = await startServing(location, settings);
  const token = node.operator;
  const made = await fetch(`${node.url}/api/collections`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Log', alias: 'log', audience: 'community' }),
  });
  assert.equal(made.status, 201, await made.text());
  const start = async () => {
    node = await startServing(location, settings);
  };
  return {
    target: { url: () => node.url, token, collection: 'log' },
    node: () => node,
    start,
    async restart(signal) {
      await node.stop(signal);
      await start();
    },
    async [Symbol.asyncDispose]() {
      await node[Symbol.asyncDispose]();
    },
  };
}
