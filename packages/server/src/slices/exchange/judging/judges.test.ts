import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ReceivedBody } from '../../../platform/http/received-body.ts';
import { createJudges, type JudgesOptions } from './judges.ts';

const limits = { depth: 16, bundleObjects: 50_000, objectBytes: 100_000 };

const open = (options: Partial<JudgesOptions> = {}) =>
  createJudges({ limits, threads: 1, onError: (error) => assert.fail(error), ...options });

const indicator = (pattern: string) =>
  JSON.stringify({
    type: 'indicator',
    spec_version: '2.1',
    id: 'indicator--0e9a1a5c-8a1d-4a2b-9a1d-0123456789ab',
    created: '2026-03-01T08:00:00.000Z',
    modified: '2026-03-01T08:00:00.000Z',
    pattern,
    pattern_type: 'stix',
    valid_from: '2026-03-01T08:00:00Z',
  });

const bundle = (objects: readonly string[]) => `{"type":"bundle","objects":[${objects.join(',')}]}`;

/** A text as a body comes in: in pieces that end anywhere. */
function received(text: string): ReceivedBody {
  const body = new ReceivedBody();
  const octets = Buffer.from(text);
  for (let at = 0; at < octets.length; at += 7) body.add(octets.subarray(at, at + 7));
  return body;
}

test('G1 a thread judges as it is judged at once, whatever the text', async () => {
  await using inline = open({ largeBody: Number.POSITIVE_INFINITY });
  await using threaded = open({ largeBody: 0 });
  const object = fc.oneof(
    fc.constantFrom(
      indicator("[ipv4-addr:value = '203.0.113.1']"),
      indicator('[broken'),
      '{"type":"x-odd","id":"x-odd--1","é":"\\ud800"}',
      '{"type":"a","type":"b"}',
    ),
    fc.json({ maxDepth: 3 }),
  );
  const text = fc.oneof(
    fc.array(object, { maxLength: 5 }).map(bundle),
    fc.constantFrom(
      '',
      '{',
      '[]',
      '{}',
      '{"objects":{}}',
      '{"objects":[]}',
      '{"objects":[[[[[[[[[[[[[[[[[[]]',
    ),
  );
  await fc.assert(
    fc.asyncProperty(text, async (given) => {
      const judged = await inline.judge(given);
      assert.deepEqual(await threaded.judge(given), judged);
      for (const judges of [inline, threaded]) assert.deepEqual(await judges.judge(received(given)), judged);
    }),
    { numRuns: 200 },
  );
});

test('G1 a bundle of more objects than one message holds keeps their order', async () => {
  await using judges = open({ largeBody: 0 });
  const objects = Array.from({ length: 1_234 }, (_, at) => indicator(`[ipv4-addr:value = '${at}']`));
  const text = bundle(objects);
  const judged = await judges.judge(text);
  assert(judged.ok);
  const texts = judged.value.map((each) => (each.facts === undefined ? each.refusal : each.facts.text));
  assert.deepEqual(texts, objects);
});

test('a small bundle does not wait for a large one', async () => {
  await using judges = open();
  const order: string[] = [];
  const large = judges
    .judge(bundle(Array.from({ length: 5_000 }, () => indicator('[a:b = 1]'))))
    .then(() => order.push('large'));
  await judges.judge(bundle([indicator('[a:b = 1]')]));
  order.push('small');
  await large;
  assert.deepEqual(order, ['small', 'large']);
});

test('L4 a bundle for which the memory does not suffice is refused whole, and the next one is judged', async () => {
  const errors: Error[] = [];
  // The program itself, with what it knows of numbers and networks, takes some 20 of these; the bundle would take 45 more.
  await using judges = open({ largeBody: 0, heapMegabytes: 36, onError: (error) => errors.push(error) });
  const list = `[${'{"a":1},'.repeat(6_000)}1]`;
  const huge = bundle(Array.from({ length: 200 }, () => `{"type":"x-huge","list":${list}}`));
  const refused = await judges.judge(huge);
  assert(!refused.ok);
  assert.equal(refused.refusal.code, 'unavailable');
  assert.match(refused.refusal.message, /Nothing of it was published/);
  assert.equal(errors.length, 1);
  const judged = await judges.judge(bundle([indicator('[a:b = 1]')]));
  assert(judged.ok);
});

test('more bundles than may wait are refused at once, with the time to try again', async () => {
  await using judges = open({ largeBody: 0, queue: 2 });
  const text = bundle([indicator('[a:b = 1]')]);
  const all = await Promise.all(Array.from({ length: 5 }, () => judges.judge(text)));
  assert.deepEqual(
    all.map((judged) => (judged.ok ? 'judged' : judged.refusal.code)),
    ['judged', 'judged', 'judged', 'unavailable', 'unavailable'],
  );
  const last = all.at(-1);
  assert(last?.ok === false);
  assert.equal(last.refusal.headers?.['Retry-After'], '5');
});

test('an idle thread ends, and another starts when there is work', async () => {
  await using judges = open({ largeBody: 0, idle: 1 });
  const text = bundle([indicator('[a:b = 1]')]);
  for (let round = 0; round < 3; round += 1) {
    assert((await judges.judge(text)).ok);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
});

test('a node that stops answers what waits, and ends its threads', async () => {
  const judges = open({ largeBody: 0 });
  const text = bundle(Array.from({ length: 2_000 }, () => indicator('[a:b = 1]')));
  const waiting = [judges.judge(text), judges.judge(text)];
  await judges[Symbol.asyncDispose]();
  for (const judged of await Promise.all([...waiting, judges.judge(text)])) {
    assert(!judged.ok);
    assert.equal(judged.refusal.code, 'shutting-down');
  }
});
