import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { seat } from '../../packages/server/src/slices/identity/testing.ts';
import type { TestNode } from '../../packages/server/src/testing.ts';
import type { Audience, Holder, Room } from './sharing-rules.ts';
import { defaults } from './sharing-rules.ts';

/** Members besides the operator's organisation. */
export const organisations = 3;
/** A collection, before it is made. */
export const roomShape = fc.record({
  audience: fc.constantFrom<Audience>('public', 'community', 'organisations', 'people'),
  fallback: fc.nat(),
  owner: fc.nat({ max: organisations - 1 }),
  audienceWrites: fc.boolean(),
  members: fc.uniqueArray(
    fc.record({
      who: fc.nat({ max: organisations - 1 }),
      person: fc.boolean(),
      read: fc.boolean(),
      write: fc.boolean(),
    }),
    { maxLength: 4, selector: ({ who, person }) => `${who}${person}` },
  ),
});
/** Organisations with tokens of every kind, and collections, on a node that others may use as well. */
export interface World {
  readonly ids: readonly string[];
  readonly clients: readonly string[];
  readonly holders: readonly Holder[];
  readonly rooms: Room[];
  /** Every marker that was ever published: no one may see one that they may not. */
  readonly names: Map<string, string>;
}

/** Makes the world on a node. */
export async function settle(
  node: TestNode,
  shapes: readonly (typeof roomShape extends fc.Arbitrary<infer T> ? T : never)[],
  clientIndexes: readonly number[],
): Promise<World> {
  const holders: Holder[] = [
    { label: 'nobody', token: undefined, organisation: '', person: undefined, scopes: [] },
  ];
  const ids: string[] = [];
  const people: string[] = [];
  const created = async (path: string, body: unknown, token?: string) => {
    const answer = await node.api('POST', path, { body, token });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return answer.body as { id: string; token: string };
  };
  for (let index = 0; index < organisations; index += 1) {
    const { id } = await created('/organisations', { name: `Member ${randomUUID()}`, kind: 'operator' });
    ids.push(id);
    const role = 'analyst' as const;
    const own = await seat(node, { organisation: id, role, scopes: ['read', 'publish', 'manage'] });
    const { person = '' } = own;
    people.push(person);
    const red = await created(
      `/organisations/${id}/tokens`,
      { label: 'red', person, scopes: ['read', 'publish', 'red'] },
      own.token,
    );
    holders.push({
      label: `${index} person`,
      token: own.token,
      organisation: id,
      person,
      scopes: ['read', 'publish', 'manage'],
    });
    holders.push({
      label: `${index} red`,
      token: red.token,
      organisation: id,
      person,
      scopes: ['read', 'publish', 'red'],
    });
    for (const scopes of [['read', 'publish'], ['read'], ['publish']] as const) {
      const { token } = await seat(node, { organisation: id, scopes });
      holders.push({
        label: `${index} ${scopes.join('+')}`,
        token,
        organisation: id,
        person: undefined,
        scopes,
      });
    }
  }
  const me = (await node.api('GET', '/me')).body as { organisation: { id: string }; person: string };
  holders.push({
    label: 'operator',
    token: node.operator,
    organisation: me.organisation.id,
    person: me.person,
    scopes: ['read', 'publish', 'manage'],
  });
  const clients = clientIndexes.flatMap((index) => ids[index] ?? []);
  const [first = ''] = ids;
  await node.api('PATCH', `/organisations/${first}`, {
    token: await node.administrator(first),
    body: { clients },
  });
  const rooms: Room[] = [];
  for (const shape of shapes) {
    const members = shape.members
      .filter((member) => shape.audience !== 'people' || member.person)
      .map((member) => ({
        kind: member.person ? 'person' : 'organisation',
        id: (member.person ? people : ids)[member.who] ?? '',
        organisation: ids[member.who] ?? '',
        read: member.read,
        write: member.write,
      }));
    const fallbacks = defaults[shape.audience];
    const room = {
      owner: ids[shape.owner] ?? '',
      audience: shape.audience,
      fallback: fallbacks[shape.fallback % fallbacks.length] ?? 'clear',
      audienceWrites: shape.audienceWrites,
      members,
    };
    const { id } = await created('/collections', {
      title: 'Room',
      owner: room.owner,
      audience: room.audience,
      defaultMarking: room.fallback,
      audienceWrites: room.audienceWrites,
      members: members.map(({ organisation: _, ...member }) => member),
    });
    rooms.push({ id, ...room, holds: new Set() });
  }
  return { ids, clients, holders, rooms, names: new Map() };
}
