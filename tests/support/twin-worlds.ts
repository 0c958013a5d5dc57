import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { seat } from '../../packages/server/src/slices/identity/testing.ts';
import type { TestNode } from '../../packages/server/src/testing.ts';

/** Collections by what Mallory's organisation may do there: read and write, write only, nothing. */
export const open = ['community', 'shared', 'own'] as const;
/** Where the victim does what Mallory does not see. */
export const secret = ['drop', 'hidden', 'named'] as const;
/** A collection of these worlds. */
export type RoomName = (typeof open)[number] | (typeof secret)[number];
/** All of them. */
export const rooms: readonly RoomName[] = [...open, ...secret];

/** One of two nodes on which everything is the same but for what Mallory may not read. */
export interface World {
  readonly node: TestNode;
  readonly tokens: Readonly<
    Record<'victim' | 'neighbour' | 'machine' | 'writer' | 'person' | 'red' | 'administrator', string>
  >;
  readonly organisations: Readonly<Record<'victim' | 'mallory' | 'stranger', string>>;
  readonly rooms: Readonly<Record<RoomName, string>>;
  readonly objects: readonly string[];
  readonly names: Map<string, string>;
  /** Status resources of what Mallory published over TAXII. */
  readonly statuses: { readonly token: string; readonly path: string }[];
}

/** The same community on both nodes, with the same ids wherever a node lets one choose them. */
export async function settle(nodes: readonly TestNode[]): Promise<readonly [World, World]> {
  const id = () => `identity--${randomUUID()}`;
  const organisations = { victim: id(), mallory: id(), stranger: id() };
  const names = Object.fromEntries(rooms.map((room) => [room, randomUUID()])) as World['rooms'];
  const objects = Array.from({ length: 4 }, () => `indicator--${randomUUID()}`);
  const worlds = [];
  for (const node of nodes) worlds.push(await found(node, organisations, names, objects));
  const [one, other] = worlds;
  assert.ok(one && other);
  // Also its alias, and that it exists, is hidden.
  const body = {
    title: 'More',
    owner: organisations.victim,
    audience: 'organisations',
    alias: `a-${names.hidden}`,
  };
  assert.equal((await one.node.api('POST', '/collections', { body })).status, 201);
  return [one, other];
}

async function found(
  node: TestNode,
  organisations: World['organisations'],
  names: World['rooms'],
  objects: World['objects'],
): Promise<World> {
  for (const [name, id] of Object.entries(organisations)) {
    const body = { id, name: `${name} ${id}`, kind: 'operator' };
    assert.equal((await node.api('POST', '/organisations', { body })).status, 201);
  }
  const { victim, mallory, stranger } = organisations;
  const administrator = await node.administrator(mallory);
  const analyst = { role: 'analyst', scopes: ['read', 'publish', 'manage'] } as const;
  const person = await seat(node, { organisation: mallory, ...analyst });
  const friend = await seat(node, { organisation: victim, ...analyst });
  const tokens = {
    administrator,
    person: person.token,
    red: (await seat(node, { organisation: mallory, role: 'analyst', scopes: ['read', 'publish', 'red'] }))
      .token,
    machine: (await seat(node, { organisation: mallory, scopes: ['read', 'publish'] })).token,
    writer: (await seat(node, { organisation: mallory, scopes: ['publish'] })).token,
    victim: friend.token,
    neighbour: (await seat(node, { organisation: stranger, scopes: ['read', 'publish'] })).token,
  };
  const sharers = [victim, mallory, stranger].map((id) => ({ kind: 'organisation', id, write: true }));
  const drops = { kind: 'organisation', id: mallory, read: false, write: true };
  for (const [name, more] of [
    ['community', { audience: 'community' }],
    ['shared', { audience: 'organisations', members: sharers }],
    ['own', { audience: 'organisations', owner: mallory }],
    ['drop', { audience: 'organisations', owner: victim, members: [drops] }],
    ['hidden', { audience: 'organisations', owner: victim }],
    [
      'named',
      { audience: 'people', owner: victim, members: [{ kind: 'person', id: friend.person, write: true }] },
    ],
  ] as const)
    await node.collection({ id: names[name], title: name, ...more });
  const chosen = [...Object.values(organisations), ...Object.values(names), ...objects];
  const known = new Map(
    chosen.flatMap((id) => [id, id.replace(/^[a-z]+--/, '')]).map((id): [string, string] => [id, id]),
  );
  return {
    node,
    tokens,
    organisations,
    rooms: names,
    objects,
    names: known,
    statuses: [],
  };
}
