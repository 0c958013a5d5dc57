import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { describeEngines } from '../packages/server/src/platform/storage/testing.ts';
import { generatedBundle } from './support/generated-bundle.ts';
import { runCli, temporaryDirectory } from './support/run-cli.ts';
import { startServing } from './support/serving-node.ts';

// A large body of real content goes into a node and comes out of it, by the command line and over TAXII: MITRE ATT&CK for
// ICS, where it is at hand.

const shared = process.env['BELLTOWER_SHARED'] || fileURLToPath(new URL('../../shared', import.meta.url));
const attackFile = join(shared, 'data/stix/attack/ics-attack.json');

type StixObject = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string };

interface Corpus {
  readonly text: string;
  readonly objects: readonly StixObject[];
  /** Objects that a node refuses: their place in the bundle, and the rules of STIX 2.1 that they break. */
  readonly refused: readonly (readonly [number, readonly string[]])[];
}

async function corpus(t: TestContext): Promise<Corpus> {
  const text = await readFile(attackFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) {
    t.diagnostic(`There is no ${attackFile}: a generated bundle of 1,800 objects takes its place.`);
    const valid = generatedBundle(1_800);
    const bad = {
      ...valid[0],
      id: 'identity--00000000-0000-4000-8000-ffffffffffff',
      type: 'identity',
      sectors: [],
    };
    const objects = [...valid, bad];
    const bundle = { type: 'bundle', id: 'bundle--5f0d1a52-3b1f-4c52-9a43-5bb1ad0f5e0a', objects };
    return {
      text: JSON.stringify(bundle, undefined, 2),
      objects,
      refused: [[1_800, ['list-empty']]],
    };
  }
  const { objects } = JSON.parse(text) as { objects: readonly StixObject[] };
  assert.equal(objects.length, 1_826, 'the bundle is the one that this test knows');
  return { text, objects, refused: refusedOfAttack };
}

// Four of its objects have empty lists, all in properties that STIX does not define, and such content is accepted.
const refusedOfAttack: Corpus['refused'] = [];

function byId(objects: readonly StixObject[]): ReadonlyMap<string, StixObject> {
  return new Map(objects.map((object) => [object.id, object]));
}

describeEngines('a large bundle', (place) => {
  test('G1, L1 is published and pulled by the command line, equal in content, also after a restart', async (t) => {
    const { text, objects, refused } = await corpus(t);
    const here = await place();
    t.after(() => here.remove());
    await using directory = await temporaryDirectory();
    const file = join(directory.path, 'bundle.json');
    await writeFile(file, text);
    let node = await startServing(here.location);
    t.after(() => node[Symbol.asyncDispose]());
    const { operator } = node;
    const run = (...args: readonly string[]) =>
      runCli(args, { env: { BELLTOWER_SERVER: node.url, BELLTOWER_TOKEN: operator } });

    const created = await run(
      'collection',
      'create',
      'ATT&CK',
      '--alias',
      'attack',
      '--audience',
      'community',
    );
    assert.equal(created.code, 0, created.stderr);
    const published = await run('publish', file, '--collection', 'attack', '--json');
    const answer = JSON.parse(published.stdout) as {
      accepted: number;
      unchanged: number;
      refused: number;
      results: { index: number; status: string; rule?: string; errors: { rule: string }[] }[];
    };
    const said = answer.results
      .filter(({ status }) => status !== 'accepted')
      .map(({ index, errors }) => [index, [...new Set(errors.map(({ rule }) => rule))]]);
    assert.deepEqual(said, refused);
    assert.equal(published.code, refused.length === 0 ? 0 : 1, published.stderr);
    assert.deepEqual(
      [answer.accepted, answer.unchanged, answer.refused],
      [objects.length - refused.length, 0, refused.length],
    );

    const expected = byId(objects.filter((_, index) => !refused.some(([place]) => place === index)));
    const compare = async (name: string) => {
      const out = join(directory.path, name);
      const pulled = await run('pull', '--collection', 'attack', '--out', out);
      assert.equal(pulled.code, 0, pulled.stderr);
      const bundle = JSON.parse(await readFile(out, 'utf8')) as {
        type: string;
        objects: readonly StixObject[];
      };
      assert.equal(bundle.type, 'bundle');
      assert.equal(bundle.objects.length, expected.size, 'each object once');
      for (const object of bundle.objects) assert.deepEqual(object, expected.get(object.id));
      return bundle.objects.map(({ id }) => id);
    };
    const order = await compare('first.json');

    assert.equal(await node.stop('SIGTERM'), 0);
    node = await startServing(here.location);
    assert.deepEqual(await compare('second.json'), order, 'and in the same order');
    const again = await run('publish', file, '--collection', 'attack', '--json');
    const { accepted, unchanged } = JSON.parse(again.stdout) as { accepted: number; unchanged: number };
    assert.deepEqual([accepted, unchanged], [0, expected.size], 'L2 publishing it again adds nothing');
    t.diagnostic(`${objects.length} objects, of which ${refused.length} are refused`);
  });
});
