import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { indicator } from '../packages/server/src/testing-objects.ts';
import { cpuMilliseconds } from '../packages/stix/src/testing/cpu-milliseconds.ts';
import { startHostileTarget } from './support/hostile-target.ts';

// Objects that are JSON, and are made to confuse: refused one by one, or kept and given back letter by letter.

const target = await startHostileTarget();
after(() => target[Symbol.asyncDispose]());
const { node, member, apiPath, taxiiPath } = target;

interface Result {
  readonly index: number;
  readonly status: string;
  readonly code?: string;
  readonly message?: string;
  readonly errors?: readonly { readonly path: string; readonly rule: string; readonly message: string }[];
}

async function publish(objects: string): Promise<readonly Result[]> {
  const answer = await fetch(`${node.url}${apiPath}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${member.token}`, 'content-type': 'application/json' },
    body: `{"objects":[${objects}]}`,
  });
  const text = await answer.text();
  assert.equal(answer.status, 200, text.slice(0, 500));
  assert.ok(text.length < 20_000, `an answer of ${text.length} characters`);
  return (JSON.parse(text) as { results: readonly Result[] }).results;
}

/** The text of an indicator, with members behind the others, as they stand. */
function withMembers(text: string, more: Readonly<Record<string, unknown>> = {}): string {
  return `${JSON.stringify(indicator(more)).slice(0, -1)}${text === '' ? '' : `,${text}`}}`;
}

const refused: Readonly<Record<string, readonly [object: string, says: string]>> = {
  'a key twice': [withMembers('"name":"a"'), 'duplicate-key $.name'],
  'a key twice, once in escapes': [withMembers('"\\u006eame":"a"'), 'duplicate-key $.name'],
  'a key twice, deep within': [withMembers('"x_a":[{"b":{"c":1,"c":1}}]'), 'duplicate-key $.x_a[0].b.c'],
  '__proto__ twice': [withMembers('"__proto__":{},"__proto__":{"a":1}'), 'duplicate-key $.__proto__'],
  'half of a surrogate pair in a value': [withMembers('"x_a":"\\ud800"'), 'lone-surrogate $.x_a'],
  'half of a surrogate pair in a key': [withMembers('"x_a":{"\\udc00":1}'), 'lone-surrogate'],
  'surrogates in the wrong order': [withMembers('"x_a":"\\udc00\\ud800"'), 'lone-surrogate'],
  'an id of another type': [
    withMembers('', { id: 'malware--00000000-0000-4000-8000-000000000001' }),
    'invalid $.id',
  ],
  'an id with a null character': [
    withMembers('', { id: 'indicator--00000000-0000-4000-8000-00000000000\u0000' }),
    'invalid $.id',
  ],
  'an id that is a list': [
    withMembers('', { id: ['indicator--00000000-0000-4000-8000-000000000001'] }),
    'invalid $.id',
  ],
  'an id of a hundred thousand characters': [withMembers('', { id: 'i'.repeat(100_000) }), 'invalid $.id'],
  'a property __proto__': [withMembers('"__proto__":{"polluted":1}'), 'invalid $.__proto__'],
  'a type that is __proto__': [withMembers('', { type: '__proto__' }), 'invalid $.type'],
  'a type that is constructor': [withMembers('', { type: 'constructor' }), 'invalid'],
  'a time before its creation': [
    withMembers('', { modified: '2025-01-01T00:00:00.000Z' }),
    'invalid $.modified',
  ],
  'an end before its beginning': [
    withMembers('', { valid_until: '2025-01-01T00:00:00Z' }),
    'invalid $.valid_until',
  ],
  'a time that there is not': [withMembers('', { created: '2026-02-30T00:00:00.000Z' }), 'invalid $.created'],
  'a time of a hundred thousand digits': [
    withMembers('', { modified: `2026-01-01T00:00:00.${'1'.repeat(100_000)}Z` }),
    'invalid',
  ],
  'a key of a million characters': [withMembers(`"${'k'.repeat(1_000_000)}":1`), 'invalid'],
  'a pattern that ends in the middle': [
    withMembers('', { pattern: "[ipv4-addr:value = '" }),
    'invalid $.pattern',
  ],
  'a pattern of a hundred thousand brackets': [
    withMembers('', { pattern: `${'('.repeat(100_000)}[a:b = 1]` }),
    'invalid $.pattern',
  ],
  'no object': ['5', 'invalid'],
  'a list': ['[[]]', 'invalid'],
  null: ['null', 'invalid'],
};

for (const [name, [object, says]] of Object.entries(refused)) {
  test(`G1, G6 ${name} is refused alone, with ${says}, and the refusal is recorded`, async () => {
    const [code = '', place] = says.split(' ');
    const before = await target.stored();
    const started = cpuMilliseconds();
    const [result, ...others] = await publish(object);
    assert.ok(cpuMilliseconds() - started < 5_000, 'in time');
    assert.deepEqual(
      [result?.status, result?.code, others.length],
      ['refused', code, 0],
      JSON.stringify(result),
    );
    if (place !== undefined && code !== 'invalid')
      assert.ok(result?.message?.includes(` ${place} `), result?.message);
    else if (place !== undefined) {
      assert.ok(
        result?.errors?.some(({ path }) => path === place),
        JSON.stringify(result?.errors),
      );
    }
    await target.unharmed(before, ['publish']);
  });
}

const digits = '9'.repeat(100_000);
const wide = Array.from({ length: 100_000 }, (_, n) => `"k${n}":${n}`).join(',');
const kept: Readonly<Record<string, string>> = {
  'keys that name a prototype': withMembers(
    '"x_a":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
  ),
  'a key constructor of the object itself': withMembers('"constructor":{"prototype":{"polluted":1}}'),
  'a number beyond all bounds': withMembers('"x_a":[1e999999,-1e999999,1e-999999,-0]'),
  'a number of a hundred thousand digits': withMembers(`"x_a":${digits}`),
  'a null character in a text': withMembers('"x_a":"a\\u0000b"'),
  'every control character, and what turns the line round': withMembers(
    '"x_a":"\\u001b[2J\\u202e\\ufeff\\u2028"',
  ),
  'a hundred thousand keys': withMembers(`"x_a":{${wide}}`),
  'spaces between everything': withMembers(' "x_a" :\t[ 1 ,\r\n 2 ] '),
  'a regular expression that backtracks': withMembers('', {
    pattern: "[file:name MATCHES '^(a+)+$' OR file:name MATCHES '(.*)*(.*)*(.*)*x']",
  }),
  'a pattern of five thousand comparisons': withMembers('', {
    pattern: `[${Array.from({ length: 5_000 }, (_, n) => `ipv4-addr:value = '${n}'`).join(' OR ')}]`,
  }),
};

for (const [name, object] of Object.entries(kept)) {
  test(`L1 ${name}: kept, and given back letter by letter`, async () => {
    const started = cpuMilliseconds();
    const [result] = await publish(object);
    assert.equal(result?.status, 'accepted', JSON.stringify(result));
    const { id } = JSON.parse(object) as { id: string };
    const answer = await fetch(`${node.url}${taxiiPath}${id}/`, {
      headers: { authorization: `Bearer ${member.token}` },
    });
    assert.equal(await answer.text(), `{"objects":[${object}]}`);
    const [again] = await publish(object);
    assert.equal(again?.status, 'unchanged', 'L2');
    const [other] = await publish(object.replace('"Made for a test"', '"Made for another test"'));
    assert.equal(other?.code, 'conflict', 'L3');
    assert.ok(cpuMilliseconds() - started < 10_000, 'in time');
    assert.equal(Reflect.get({}, 'polluted'), undefined);
  });
}

test('G1 an answer stays in proportion, however many faults its bundle has', async () => {
  const faults = Array.from({ length: 100 }, (_, n) => `"-${n}":1`).join(',');
  const before = await target.stored();
  const answer = await fetch(`${node.url}${apiPath}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${member.token}`, 'content-type': 'application/json' },
    body: `{"objects":[${Array(5_000).fill(`{${faults}}`).join(',')}]}`,
  });
  const { results } = (await answer.json()) as { results: readonly Result[] };
  assert.equal(results.length, 5_000);
  assert.ok(results.every(({ errors = [] }) => errors.length > 0));
  assert.ok(results.reduce((sum, { errors = [] }) => sum + errors.length, 0) <= 25_000);
  await target.unharmed(before, ['publish']);
});

test('L3 a number that no program can tell from another one makes a conflict all the same', async () => {
  const object = withMembers(`"x_a":${digits}`);
  await publish(object);
  const [other] = await publish(object.replace(digits, `${digits.slice(1)}8`));
  assert.equal(other?.code, 'conflict');
});
