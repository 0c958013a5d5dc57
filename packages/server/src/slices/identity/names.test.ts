import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { startTestNode } from '../../testing.ts';
import { nameKey } from './name-key.ts';
import { valueAt } from './testing.ts';

const node = await startTestNode();
after(() => node[Symbol.asyncDispose]());
const create = (name: string) => node.api('POST', '/organisations', { body: { name, kind: 'operator' } });
const alpha = (await node.member('Alpha Telecom')).id;
const beta = (await node.member('Beta Mobile')).id;

for (const [difference, name] of [
  ['nothing', 'Alpha Telecom'],
  ['case', 'ALPHA telecom'],
  ['spaces at its ends', '  Alpha Telecom  '],
  ['more spaces within', 'Alpha   Telecom'],
  ['a space that does not break', 'Alpha\u00A0Telecom'],
  ['an ideographic space', 'Alpha\u3000Telecom'],
  ['full-width letters', 'Ａｌｐｈａ Ｔｅｌｅｃｏｍ'],
  ['mathematical letters', '𝐀𝐥𝐩𝐡𝐚 Telecom'],
  ['circled letters', 'Ⓐlpha Telecom'],
  ['a space of no width', 'Alpha\u200B Telecom'],
  ['a soft hyphen', 'Al\u00ADpha Telecom'],
  ['a joiner', 'Alpha\u200D Telecom'],
  ['a mark that turns the direction', '\u202AAlpha Telecom\u202C'],
  ['a byte order mark', 'Alpha\uFEFF Telecom'],
] as const) {
  test(`a name that differs by ${difference} is taken`, async () => {
    const added = await create(name);
    assert.equal(added.status, 409, JSON.stringify(added.body));
    const renamed = await node.api('PATCH', `/organisations/${beta}`, { body: { name } });
    assert.equal(renamed.status, 409, JSON.stringify(renamed.body));
    assert.equal(valueAt(renamed.body, 'at'), '$.name');
  });
}

test('an organisation may spell its own name otherwise', async () => {
  for (const name of ['ALPHA TELECOM', 'Alpha Telecom']) {
    const { status, body } = await node.api('PATCH', `/organisations/${alpha}`, { body: { name } });
    assert.deepEqual([status, valueAt(body, 'name')], [200, name]);
  }
});

test('a name that becomes free may be taken', async () => {
  const { id } = await node.member('Gamma Net');
  await node.api('PATCH', `/organisations/${id}`, { body: { name: 'Gamma Networks' } });
  assert.equal((await create('Gamma Net')).status, 201);
});

for (const [flaw, name] of [
  ['nothing', ''],
  ['spaces', '   '],
  ['what nobody sees', '\u200B\u200D'],
  ['a null character', 'Alpha\u0000Beta'],
  ['a control character', 'Alpha\u001B[31mBeta'],
  ['two lines', 'Alpha\nTelecom'],
  ['half of a surrogate pair', 'Alpha\uD800Beta'],
  ['201 letters', 'A'.repeat(201)],
] as const) {
  test(`a name of ${flaw} is refused, for an organisation, a person and a token`, async () => {
    const answers = [
      await create(name),
      await node.api('PATCH', `/organisations/${beta}`, { body: { name } }),
      await node.api('POST', `/organisations/${beta}/people`, { body: { name, role: 'analyst' } }),
      await node.api('POST', `/organisations/${beta}/tokens`, { body: { label: name, scopes: ['read'] } }),
    ];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [400, 400, 400, 400],
      JSON.stringify(answers),
    );
  });
}

test('of many that take a name or an id at once, one gets it and the others hear that it is taken', async () => {
  const id = 'identity--2ba3f0a2-6b4b-4e51-9e0a-4b7f5e8b2a10';
  for (const body of [{ name: 'Race Telecom' }, { id }]) {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        node.api('POST', '/organisations', { body: { name: `Racer ${index}`, kind: 'vendor', ...body } }),
      ),
    );
    const statuses = answers.map(({ status }) => status).toSorted();
    assert.deepEqual(statuses, [201, ...Array.from({ length: 7 }, () => 409)], JSON.stringify(answers));
  }
});

test('the key of a name does not depend on how the name was folded before', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const key = nameKey(name);
      assert.equal(nameKey(key), key);
      assert.equal(nameKey(name.normalize('NFD')), key);
      assert.equal(nameKey(` ${name}\u200B `), key);
    }),
  );
});
