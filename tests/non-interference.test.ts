import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { endOfLog } from '../packages/server/src/slices/exchange/testing.ts';
import { handClock, startTestNode } from '../packages/server/src/testing.ts';
import { indicator, marked } from '../packages/server/src/testing-objects.ts';
import type { RoomName, World } from './support/twin-worlds.ts';
import { rooms, secret, settle } from './support/twin-worlds.ts';

// Rule G8 in its strongest form: two nodes on which everything is the same but for what Mallory may not read. Whatever Mallory
// asks of them, publishing included, the answers are the same: nothing that is hidden can be found out by asking.

/** One object out of few, so that the steps meet each other. */
const anObject = fc.record({
  id: fc.nat({ max: 3 }),
  version: fc.nat({ max: 1 }),
  name: fc.nat({ max: 1 }),
  creator: fc.constantFrom('none', 'victim', 'mallory', 'stranger'),
  marking: fc.constantFrom(undefined, 'clear', 'green', 'amber', 'amber+strict', 'red'),
} as const);
type AnObject = typeof anObject extends fc.Arbitrary<infer Value> ? Value : never;

const aStep = fc.oneof(
  // What only one of the two nodes sees: what the victim does where Mallory reads nothing.
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('secret' as const),
      room: fc.constantFrom(...secret),
      object: anObject,
      withdraws: fc.boolean(),
    }),
  },
  // What a neighbour does who knows no more than Mallory.
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('open' as const),
      room: fc.constantFrom('community' as const, 'shared' as const),
      object: anObject,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('publish' as const),
      by: fc.constantFrom('machine' as const, 'writer' as const, 'person' as const, 'red' as const),
      room: fc.constantFrom(...rooms),
      object: anObject,
      taxii: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('withdraw' as const),
      by: fc.constantFrom('machine' as const, 'writer' as const, 'person' as const),
      room: fc.constantFrom(...rooms),
      object: anObject,
    }),
  },
);

test('G8 two worlds that differ only in what somebody may not read give them the same answers', async (t) => {
  const clock = handClock();
  const settings = { BELLTOWER_MAX_REQUESTS_PER_TOKEN: '1000000' };
  const nodes = [await startTestNode(t, settings, { clock }), await startTestNode(t, settings, { clock })];
  let secrets = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(aStep, { minLength: 8, maxLength: 30 }), async (steps) => {
      const [one, other] = await settle(nodes);
      for (const step of steps) {
        clock.advance(1);
        if (step.kind === 'secret') {
          const unseen = { ...one, names: new Map(one.names) };
          const done = step.withdraws
            ? await withdraw(unseen, one.tokens.victim, step)
            : await publish(unseen, one.tokens.victim, step);
          if (done.startsWith('200')) secrets += 1;
          continue;
        }
        const answers = [];
        for (const world of [one, other]) {
          if (step.kind === 'open') answers.push(await publish(world, world.tokens.neighbour, step));
          else if (step.kind === 'withdraw') answers.push(await withdraw(world, world.tokens[step.by], step));
          else answers.push(await publish(world, world.tokens[step.by], step));
        }
        assert.equal(answers[0], answers[1], JSON.stringify(step));
      }
      clock.advance(1);
      const [here, there] = await Promise.all([everything(one), everything(other)]);
      for (const [index, answer] of here.entries()) assert.equal(answer, there[index]);
    }),
    { numRuns: Number(process.env['BELLTOWER_TEST_RUNS'] ?? 4), endOnFailure: true },
  );
  assert.ok(secrets > 0, 'the worlds did differ');
});

function stixObject(world: World, { id, version, name, creator, marking }: AnObject) {
  // The last id is an observable's: everybody can compute it.
  if (id === 3) {
    const value = `198.51.100.${name}`;
    const ids = [
      'ipv4-addr--b6b23b25-e4e0-5ab7-be55-0abfde8e2a4a',
      'ipv4-addr--df7e6a4c-6c24-5e7b-8a6c-8d9a7d7a6b11',
    ];
    return {
      type: 'ipv4-addr',
      spec_version: '2.1',
      id: ids[name],
      value,
      ...(marking ? marked(marking) : {}),
    };
  }
  return indicator({
    id: world.objects[id] ?? '',
    modified: `2026-0${version + 1}-01T00:00:00.000Z`,
    name: `Name ${name}`,
    ...(creator === 'none' ? {} : { created_by_ref: world.organisations[creator] }),
    ...(marking === undefined ? {} : marked(marking)),
  });
}

interface Asked {
  readonly room: RoomName;
  readonly object: AnObject;
  readonly taxii?: boolean;
}

async function publish(world: World, token: string, { room, object, taxii = false }: Asked): Promise<string> {
  const body = { objects: [stixObject(world, object)] };
  if (!taxii)
    return ask(world, `/api/collections/${world.rooms[room]}/objects`, { token, method: 'POST', body });
  const path = `/taxii2/community/collections/${world.rooms[room]}/objects/`;
  const answer = await ask(world, path, { token, method: 'POST', body });
  const status = /"id":"(UUID-\d+)"/.exec(answer)?.[1];
  for (const [uuid, name] of world.names)
    if (name === status) world.statuses.push({ token, path: `/taxii2/community/status/${uuid}/` });
  return answer;
}

function withdraw(world: World, token: string, { room, object }: Asked): Promise<string> {
  const { id } = stixObject(world, object);
  return ask(world, `/api/collections/${world.rooms[room]}/objects/${id}`, { token, method: 'DELETE' });
}

/** Everything that Mallory can ask without changing anything, and the creation of collections. */
async function everything(world: World): Promise<readonly string[]> {
  const { tokens, objects, statuses, names } = world;
  const answers: string[] = [];
  const askers = ['machine', 'writer', 'person', 'red', 'administrator'] as const;
  // First who they are: so people and tokens have their names before a list of them is put into an order.
  for (const by of askers) answers.push(await ask(world, '/api/me', { token: tokens[by] }));
  for (const by of askers) {
    const token = tokens[by];
    for (const path of [
      ...['organisations', 'collections', 'audit', 'openapi.json'].map((name) => `/api/${name}`),
      ...Object.values(world.organisations).flatMap((id) =>
        ['people', 'tokens'].map((name) => `/api/organisations/${id}/${name}`),
      ),
      '/taxii2/',
      '/taxii2/community/',
      '/taxii2/community/collections/',
      '/metrics',
      '/healthz',
    ])
      answers.push(`${path} ${await ask(world, path, { token })}`);
    for (const room of Object.values(world.rooms)) {
      answers.push(await ask(world, `/api/collections/${room}`, { token }));
      const base = `/taxii2/community/collections/${room}/`;
      for (const path of [
        '',
        'manifest/',
        'objects/',
        'objects/?match[version]=all',
        'objects/?limit=1',
        'objects/?added_after=2020-01-01T00:00:00Z',
        `objects/?match[id]=${objects[0]}`,
        ...objects.flatMap((id) => [`objects/${id}/`, `objects/${id}/versions/`]),
      ])
        answers.push(await ask(world, `${base}${path}`, { token }));
      answers.push(await backfill(world, room, token));
      const preview = { audience: 'organisations', members: [], preview: true };
      answers.push(await ask(world, `/api/collections/${room}`, { token, method: 'PATCH', body: preview }));
    }
  }
  for (const { token, path } of statuses) answers.push(await ask(world, path, { token }));
  for (const more of [{ alias: `a-${world.rooms.hidden}` }, { id: world.rooms.hidden }]) {
    const body = { title: 'New', audience: 'organisations', ...more };
    answers.push(await ask(world, '/api/collections', { token: tokens.administrator, method: 'POST', body }));
  }
  assert.ok(names.size > 0 && answers.length > 200);
  return answers;
}

/** What a live stream sends from the beginning to where the log ends now; its refusal to whoever may not read. */
async function backfill({ node, names }: World, room: string, token: string): Promise<string> {
  const abort = new AbortController();
  const response = await fetch(`${node.url}/live?collections=${room}&after=0`, {
    signal: abort.signal,
    headers: { authorization: `Bearer ${token}` },
  });
  if (response.status !== 200) return numbered(`${response.status} ${await response.text()}`, names);
  const end = await endOfLog(node, room);
  let text = '';
  if (end > 0)
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      if (text.includes(`"position":${end},`) && text.endsWith('\n\n')) break;
    }
  abort.abort();
  return numbered(text.replaceAll(/event: heartbeat\n.*\n\n/g, ''), names);
}

interface Request {
  readonly token: string;
  readonly method?: string;
  readonly body?: unknown;
}

const headers = [
  'x-taxii-date-added-first',
  'x-taxii-date-added-last',
  'etag',
  'allow',
  'content-length',
  'retry-after',
];

/** Status, what the headers tell, and the body, in which what each node made up for itself has a number. */
async function ask(
  { node, names }: World,
  path: string,
  { token, method = 'GET', body }: Request,
): Promise<string> {
  const type = path.startsWith('/taxii2') ? 'application/taxii+json;version=2.1' : 'application/json';
  const response = await fetch(`${node.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      accept: type,
      ...(body === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const told = headers.map((name) => response.headers.get(name) ?? '');
  const text = await response.text();
  return `${response.status} ${told.join(' ')} ${shown(path, text, names)}`;
}

/** The lists in which things of one moment stand: they have no order that both nodes would share, and get one here. */
function shown(path: string, text: string, names: Map<string, string>): string {
  // The audit names what no other answer has named yet; which of two equal entries is which cannot be told.
  if (path === '/api/audit') return inOneOrder(text, () => 'UUID');
  if (/^\/api\/organisations\/[^/]+\/(?:people|tokens)$/.test(path))
    return inOneOrder(text, (found) => names.get(found) ?? 'UUID');
  return numbered(text, names);
}

/** The members of an answer, those of its lists sorted, with what the node made up under other names. */
function inOneOrder(text: string, name: (found: string) => string): string {
  const body: unknown = JSON.parse(text);
  return Object.entries(Object(body))
    .flatMap(([key, value]) => {
      const members: unknown[] = Array.isArray(value) ? value : [value];
      return members.map((member) => `${key} ${JSON.stringify(member).replaceAll(madeUp, name)}`);
    })
    .sort()
    .join('\n');
}

const madeUp =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|"[0-9a-f]{16}"|127\.0\.0\.1:\d+/g;

function numbered(text: string, names: Map<string, string>): string {
  return text.replaceAll(madeUp, (found) => {
    const name = names.get(found) ?? `UUID-${names.size}`;
    names.set(found, name);
    return name;
  });
}
