import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestNode } from '../../testing.ts';
import { bundle, indicator, marked } from '../../testing-objects.ts';
import { entriesOf, readLive } from '../live/testing.ts';

type Results = {
  results: {
    status: string;
    code?: string;
    position?: number;
    rule?: string;
    differs?: string[];
    message?: string;
  }[];
};

async function start(t: Parameters<typeof startTestNode>[0]) {
  const node = await startTestNode(t);
  const alpha = await node.member('Alpha Telecom');
  const beta = await node.member('Beta Mobile');
  const collection = await node.collection({ title: 'Community', alias: 'community', audience: 'community' });
  const publish = async (body: unknown, token = alpha.token) => {
    const answer = await node.api('POST', '/collections/community/objects', { token, body });
    return answer as { status: number; body: Results };
  };
  const log = (count: number, token = beta.token) =>
    readLive(`${node.url}/live/collections/community`, {
      token,
      enough: (events) => entriesOf(events).length >= count,
    });
  return { node, alpha, beta, collection, publish, log };
}

test('L1 positions count from 1 without holes and times rise strictly, however the objects arrive', async (t) => {
  const { publish, log } = await start(t);
  await Promise.all(
    Array.from({ length: 12 }, (_, size) =>
      publish(bundle(...Array.from({ length: size + 1 }, () => indicator()))),
    ),
  );
  const entries = entriesOf(await log(78));
  assert.deepEqual(
    entries.map((entry) => entry['position']),
    Array.from({ length: 78 }, (_, index) => index + 1),
  );
  const times = entries.map((entry) => String(entry['added']));
  assert.deepEqual([...new Set(times)].toSorted(), times);
  for (const time of times) assert.match(time, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/);
});

test('L1 an object is kept as it was written: unknown properties, big integers, spelling of numbers', async (t) => {
  const { alpha, publish, log } = await start(t);
  const { id, ...rest } = indicator({ created_by_ref: alpha.id });
  const text = `{ "id":"${id}", "x_big": 123456789012345678901234567890, "x_float": 1.50e+2,"x_text":"\\u00e9\\/", "x_own": {"__proto__": {"a": [ 1 ]}}, ${JSON.stringify(rest).slice(1)}`;
  const answer = await publish(
    `{"type":"bundle","id":"bundle--5d0092c5-5f74-4287-9642-33f4c354e56d","objects":[${text}]}`,
  );
  assert.equal(answer.body.results[0]?.status, 'accepted', JSON.stringify(answer.body));
  const [event] = await log(1);
  assert.ok(event?.data.includes(`"object":${text}}`), event?.data);
});

test('L2 publishing a version again is no error and adds no entry', async (t) => {
  const { publish, log } = await start(t);
  const object = indicator();
  await publish(bundle(object));
  const reordered = Object.fromEntries(Object.entries(object).reverse());
  const again = await publish(bundle(reordered, object));
  assert.deepEqual(
    again.body.results.map(({ status, position }) => [status, position]),
    [
      ['unchanged', 1],
      ['unchanged', 1],
    ],
  );
  await publish(bundle(indicator()));
  assert.equal(entriesOf(await log(2)).length, 2);
});

test('L3 the same version with other content is refused, and the answer says where they differ', async (t) => {
  const { publish } = await start(t);
  const object = indicator({ x_number: 1, labels: ['a', 'b'] });
  await publish(bundle(object));
  const { body } = await publish(bundle({ ...object, name: 'Other', labels: ['a', 'c'] }, indicator()));
  assert.equal(body.results[0]?.status, 'refused');
  assert.equal(body.results[0]?.code, 'conflict');
  assert.equal(body.results[0]?.rule, 'L3');
  assert.deepEqual(body.results[0]?.differs, ['$.name', '$.labels[1]']);
  assert.equal(body.results[1]?.status, 'accepted');
});

test('L3 numbers that a double cannot tell apart are different content', async (t) => {
  const { publish } = await start(t);
  const text = JSON.stringify(bundle(indicator({ x_n: 'N' })));
  await publish(text.replace('"N"', '12345678901234567890'));
  const { body } = await publish(text.replace('"N"', '12345678901234567891'));
  assert.equal(body.results[0]?.code, 'conflict');
  assert.deepEqual(body.results[0]?.differs, ['$.x_n']);
});

test('L6 a withdrawal takes the content away everywhere and leaves position and fact', async (t) => {
  const { node, alpha, beta, publish, log } = await start(t);
  const object = indicator({ created_by_ref: alpha.id, name: 'SECRET-NAME' });
  const newer = { ...object, modified: '2026-02-01T00:00:00.000Z' };
  await publish(bundle(object, newer, indicator()));
  const path = `/collections/community/objects/${object.id}`;
  assert.equal((await node.api('DELETE', path, { token: beta.token })).status, 403);
  assert.equal((await node.api('DELETE', path, { token: alpha.token })).status, 200);
  assert.equal((await node.api('DELETE', path, { token: alpha.token })).status, 404);
  const events = await log(5);
  assert.ok(!JSON.stringify(events).includes('SECRET-NAME'));
  const entries = entriesOf(events);
  assert.deepEqual(
    entries.map(({ position, kind, id, version }) => [position, kind, id, version]),
    [
      [1, 'withdrawal', object.id, '2026-01-01T00:00:00.000Z'],
      [2, 'withdrawal', object.id, '2026-02-01T00:00:00.000Z'],
      [3, 'object', undefined, undefined],
      [4, 'withdrawal', object.id, '2026-01-01T00:00:00.000Z'],
      [5, 'withdrawal', object.id, '2026-02-01T00:00:00.000Z'],
    ],
  );
});

test('L6 what its owner has withdrawn comes back by its owner only', async (t) => {
  const { node, alpha, beta, publish } = await start(t);
  const object = indicator({ created_by_ref: alpha.id });
  await publish(bundle(object));
  await node.api('DELETE', `/collections/community/objects/${object.id}`, { token: alpha.token });
  const byOther = await publish(bundle(object), beta.token);
  assert.equal(byOther.body.results[0]?.code, 'withdrawn');
  const byOwner = await publish(bundle(object), alpha.token);
  assert.equal(byOwner.body.results[0]?.status, 'accepted');
});

test('L8 a revocation is carried like any version', async (t) => {
  const { publish, log } = await start(t);
  const object = indicator();
  await publish(bundle(object));
  await publish(bundle({ ...object, modified: '2026-03-01T00:00:00.000Z', revoked: true }));
  const entries = entriesOf(await log(2));
  assert.deepEqual(
    entries.map((entry) => Reflect.get(Object(entry['object']), 'revoked')),
    [undefined, true],
  );
});

test('an observable has as many versions as it has contents, and each counts once', async (t) => {
  const { publish, log } = await start(t);
  const address = {
    type: 'ipv4-addr',
    spec_version: '2.1',
    id: 'ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4',
    value: '198.51.100.3',
  };
  const first = await publish(bundle(address));
  const richer = await publish(bundle({ ...address, defanged: false }));
  const again = await publish(bundle(address));
  assert.deepEqual(
    [first, richer, again].map((answer) => [
      answer.body.results[0]?.status,
      answer.body.results[0]?.position,
    ]),
    [
      ['accepted', 1],
      ['accepted', 2],
      ['unchanged', 1],
    ],
  );
  assert.equal(entriesOf(await log(2)).length, 2);
});

test('L5 readers hear nothing of what a transaction did before it was run again', async (t) => {
  const { node, alpha, beta } = await start(t);
  await node.collection({ title: 'Open', alias: 'open', audience: 'community', defaultMarking: 'clear' });
  const publish = (object: unknown) =>
    node.api('POST', '/collections/open/objects', { token: alpha.token, body: bundle(object) });
  const { storage } = node.platform;
  const write = storage.write.bind(storage);
  const opened = Promise.withResolvers<void>();
  const reading = readLive(`${node.url}/live/collections/open`, {
    token: beta.token,
    enough: (events) => {
      if (entriesOf(events).length > 0) opened.resolve();
      return entriesOf(events).length >= 3;
    },
  });
  /** Undoes the next transaction, as a deadlock does, lets something else happen, and runs it again. */
  const runNextAgain = (between: () => Promise<unknown>) => {
    const again: typeof write = async (work) => {
      t.mock.restoreAll();
      const undo = new Error('undone');
      const undone = write(async (transaction) => {
        await work(transaction);
        throw undo;
      });
      await assert.rejects(undone, undo);
      await between();
      return write(work);
    };
    t.mock.method(storage, 'write', again);
  };
  const first = indicator(marked('clear'));
  await publish(first);
  await opened.promise;
  const secret = indicator(marked('amber'));
  runNextAgain(() => node.api('PATCH', '/collections/open', { body: { audience: 'public' } }));
  const refused = await publish(secret);
  assert.equal((refused.body as Results).results[0]?.rule, 'G3');
  const path = `/collections/open/objects/${first.id}`;
  runNextAgain(() => node.api('DELETE', path, { token: alpha.token }));
  assert.equal((await node.api('DELETE', path, { token: alpha.token })).status, 404);
  const last = indicator(marked('clear'));
  await publish(last);
  assert.deepEqual(
    entriesOf(await reading).map(({ position, kind, object }) => [
      position,
      kind,
      Reflect.get(Object(object), 'id'),
    ]),
    [
      [1, 'object', first.id],
      [2, 'withdrawal', undefined],
      [3, 'object', last.id],
    ],
  );
});

test('L1, L7 versions of one object that stand far from each other in a large bundle are in order', async (t) => {
  const { node, publish, collection, beta } = await start(t);
  const first = indicator();
  const version = (month: string) => ({ ...first, modified: `2026-${month}-01T00:00:00.000Z` });
  const others = Array.from({ length: 11_000 }, () => indicator());
  const objects = [
    version('03'),
    ...others.slice(0, 5_200),
    version('04'),
    ...others.slice(5_200),
    version('02'),
  ];
  const { body } = await publish(bundle(...objects));
  assert.deepEqual(
    body.results.map(({ position }) => position),
    objects.map((_, index) => index + 1),
  );
  const shown = async (which: string) => {
    const path = `/taxii2/community/collections/${collection}/objects/${first.id}/?match[version]=${which}`;
    const headers = {
      authorization: `Bearer ${beta.token}`,
      accept: 'application/taxii+json;version=2.1',
    };
    const answer = (await (await fetch(`${node.url}${path}`, { headers })).json()) as {
      objects: { modified: string }[];
    };
    return answer.objects.map(({ modified }) => modified.slice(5, 7));
  };
  assert.deepEqual(await shown('first'), ['02']);
  assert.deepEqual(await shown('last'), ['04']);
  assert.deepEqual((await shown('all')).toSorted(), ['02', '03', '04']);
});
