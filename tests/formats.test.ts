import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { sharedPath } from '../packages/stix/src/testing/shared-folder.ts';
import { runCli, temporaryDirectory } from './support/run-cli.ts';

const indicator = {
  type: 'indicator',
  spec_version: '2.1',
  id: 'indicator--0e08bf0e-52a1-4b8f-8f64-7a0f2c9f3b11',
  created: '2026-01-01T00:00:00.000Z',
  modified: '2026-01-01T00:00:00.000Z',
  name: 'Bad',
  pattern: "[domain-name:value = 'bad.example.org'] OR [process:name = 'x']",
  pattern_type: 'stix',
  valid_from: '2026-01-01T00:00:00Z',
};

test('explain tells the most likely kind first, and everything as JSON', async () => {
  const told = await runCli(['explain', '+32475123456']);
  assert.equal(told.code, 0, told.stderr);
  assert.match(told.stdout, /telephone number.*\n.*Belgium/);
  const json = await runCli(['explain', '--json', '206011234567890', 'nothing of this kind at all']);
  assert.equal(json.code, 1);
  const [imsi, none] = JSON.parse(json.stdout);
  assert.equal(imsi.explanations[0].observable.kind, 'imsi');
  assert.deepEqual(none.explanations, []);
});

test('techniques are listed, told by number, and written as STIX that is valid', async () => {
  const listed = await runCli(['techniques', '--framework', 'motif', '--json']);
  assert.equal(JSON.parse(listed.stdout).length, 50);
  const told = await runCli(['techniques', 'fgt5012.008', 'MOT9999']);
  assert.equal(told.code, 1);
  assert.match(told.stdout, /FGT5012\.008.*\n.*SS7 Or Diameter Signaling/);
  assert.match(told.stderr, /MOT9999: no technique/);
  const stix = await runCli(['techniques', 'FGT1040.501', 'MOT1040', '--stix']);
  const { objects } = JSON.parse(stix.stdout);
  const ids = objects.map(({ id }: { readonly id: string }) => id);
  const patterns = ids.filter((id: string) => id.startsWith('attack-pattern--'));
  assert.equal(patterns.length, 2);
  const checked = await runCli(['validate', '-'], { input: stix.stdout });
  assert.equal(checked.code, 0, checked.stdout);
  assert.equal((await runCli(['explain', 'MOT1040'])).code, 0);
});

test('extract finds what a text names, and --sure leaves out what is doubtful', async () => {
  const input = 'GT 32475000001 called hxxps[:]//bad[.]example[.]org; see setup.py';
  const all = await runCli(['extract', '--json', '-'], { input });
  const kinds = (text: string) =>
    JSON.parse(text).found.map((one: { kind: string; value: string }) => `${one.kind} ${one.value}`);
  assert.deepEqual(kinds(all.stdout), [
    'global-title 32475000001',
    'url https://bad.example.org',
    'domain bad.example.org',
    'domain setup.py',
  ]);
  const sure = await runCli(['extract', '--json', '--sure', '-'], { input });
  assert.ok(!kinds(sure.stdout).includes('domain setup.py'));
  assert.equal((await runCli(['extract', '-'], { input: 'nothing here' })).code, 1);
});

test('convert writes a format, and tells on standard error what it left out', async () => {
  const input = JSON.stringify(indicator);
  const rpz = await runCli(['convert', '--to', 'rpz', '-'], { input });
  assert.equal(rpz.code, 0, rpz.stderr);
  assert.match(rpz.stdout, /^bad\.example\.org CNAME \. ; Bad$/m);
  assert.match(rpz.stderr, /No list knows process:name/);
  const unknown = await runCli(['convert', '--to', 'nothing', '-'], { input });
  assert.deepEqual([unknown.code, unknown.stdout], [2, '']);
});

test('convert --out writes files and nothing on standard output', async () => {
  await using directory = await temporaryDirectory();
  const input = JSON.stringify(indicator);
  const out = join(directory.path, 'a', 'b');
  const written = await runCli(['convert', '--to', 'rpz', '--out', out, '-'], { input });
  assert.deepEqual([written.code, written.stdout], [0, '']);
  assert.deepEqual(await readdir(out), ['rpz.belltower.zone']);
  assert.match(await readFile(join(out, 'rpz.belltower.zone'), 'utf8'), /^bad\.example\.org CNAME/m);
  const file = join(out, 'rpz.belltower.zone');
  const hash = { ...indicator, pattern: "[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e']" };
  const rules = ['convert', '--to', 'suricata', '-'];
  const several = await runCli([...rules, '--out', out], { input: JSON.stringify(hash) });
  assert.equal(several.stderr, '');
  assert.match(await readFile(join(out, 'belltower.rules'), 'utf8'), /filemd5:belltower-md5\.list;/);
  assert.equal(await readFile(join(out, 'belltower-md5.list'), 'utf8'), 'd41d8cd98f00b204e9800998ecf8427e\n');
  const alone = await runCli(rules, { input: JSON.stringify(hash) });
  assert.equal(alone.stdout, '');
  assert.match(alone.stderr, /without files beside it cannot hold values of the kind md5/);
  const refused = await runCli(['convert', '--to', 'rpz', '--out', file, '-'], { input });
  assert.deepEqual([refused.code, refused.stdout], [2, '']);
});

test('convert takes STIX 2.0 and gives STIX 2.1', async () => {
  const { spec_version: _, pattern_type: __, ...old } = { ...indicator, labels: ['malicious-activity'] };
  const bundle = {
    type: 'bundle',
    id: 'bundle--1e08bf0e-52a1-4b8f-8f64-7a0f2c9f3b11',
    spec_version: '2.0',
    objects: [old],
  };
  const stix = await runCli(['convert', '--to', 'stix', '-'], { input: JSON.stringify(bundle) });
  const [converted] = JSON.parse(stix.stdout).objects;
  assert.deepEqual(
    [converted.spec_version, converted.pattern_type, converted.indicator_types],
    ['2.1', 'stix', ['malicious-activity']],
  );
  assert.equal((await runCli(['validate', '-'], { input: stix.stdout })).code, 0);
});

test('convert takes MISP and gives MISP, and STIX between them is valid', async () => {
  const event = {
    Event: {
      uuid: '1e08bf0e-52a1-4b8f-8f64-7a0f2c9f3b11',
      info: 'A case',
      date: '2026-01-01',
      timestamp: '1767225600',
      Attribute: [
        {
          uuid: '2e08bf0e-52a1-4b8f-8f64-7a0f2c9f3b11',
          type: 'domain',
          category: 'Network activity',
          value: 'bad.example.org',
          to_ids: true,
          timestamp: '1767225600',
        },
      ],
    },
  };
  const stix = await runCli(['convert', '--to', 'stix', '-'], { input: JSON.stringify(event) });
  assert.equal(stix.code, 0, stix.stderr);
  assert.equal((await runCli(['validate', '-'], { input: stix.stdout })).code, 0);
  const misp = await runCli(['convert', '--to', 'misp', '-'], { input: stix.stdout });
  const { Event } = JSON.parse(misp.stdout);
  assert.deepEqual([Event.info, Event.Attribute[0].value, misp.stderr], ['A case', 'bad.example.org', '']);
});

test('a real event of MISP goes to STIX, back, and to the same STIX without a loss', async (context) => {
  const path = sharedPath('data', 'misp', 'backdoordiplomacy.event.json');
  if (path === undefined) return context.diagnostic('the reference data is not here');
  const first = await runCli(['convert', '--to', 'stix', '--json', '-'], {
    input: await readFile(path, 'utf8'),
  });
  const stix = JSON.parse(first.stdout);
  assert.deepEqual([stix.count, stix.losses], [71, []]);
  const back = JSON.parse(
    (await runCli(['convert', '--to', 'misp', '--json', '-'], { input: stix.text })).stdout,
  );
  assert.deepEqual(back.losses, []);
  const again = JSON.parse(
    (await runCli(['convert', '--to', 'stix', '--json', '-'], { input: back.text })).stdout,
  );
  assert.deepEqual(again.losses, []);
  assert.deepEqual(JSON.parse(again.text).objects, JSON.parse(stix.text).objects);
  const attributes = (text: string) => {
    const read = JSON.parse(text);
    const [{ Event }] = read.response ?? [read];
    const told = Event.Attribute.map((one: Record<string, unknown>) => {
      const { uuid, type, value, category, to_ids, comment, timestamp, disable_correlation, Tag } = one;
      const tags = (Tag as { name: string }[] | undefined)?.map(({ name }) => name) ?? [];
      return {
        uuid,
        type,
        value,
        category,
        to_ids,
        comment: comment ?? '',
        timestamp,
        disable_correlation,
        tags,
      };
    });
    return [
      Event.info,
      Event.date,
      Event.threat_level_id,
      Event.Tag.map(({ name }: { name: string }) => name),
      told,
    ];
  };
  assert.deepEqual(attributes(back.text), attributes(await readFile(path, 'utf8')));
});

test('a feed of MISP is a directory: its manifest names events that are there, and reads as the same objects', async () => {
  await using directory = await temporaryDirectory();
  const attribute = {
    uuid: '00000000-0000-4000-8000-000000000003',
    type: 'ip-dst',
    value: '203.0.113.9',
    to_ids: true,
  };
  const Event = {
    uuid: '00000000-0000-4000-8000-000000000001',
    info: 'A case',
    date: '2026-01-31',
    timestamp: '1780000000',
    Attribute: [{ ...attribute, timestamp: '1780000000' }],
  };
  const made = await runCli(['convert', '--to', 'misp-feed', '--out', directory.path, '-'], {
    input: JSON.stringify({ Event }),
  });
  assert.equal(made.code, 0, made.stderr);
  assert.deepEqual((await readdir(directory.path)).toSorted(), [
    `${Event.uuid}.json`,
    'hashes.csv',
    'manifest.json',
  ]);
  const manifest = JSON.parse(await readFile(join(directory.path, 'manifest.json'), 'utf8'));
  assert.deepEqual([manifest[Event.uuid].info, manifest[Event.uuid].timestamp], ['A case', '1780000000']);
  const stix = await runCli(['convert', '--to', 'list', join(directory.path, `${Event.uuid}.json`)]);
  assert.equal(stix.stdout, '203.0.113.9\n');
  const whole = await runCli(['convert', '--to', 'list', directory.path]);
  assert.deepEqual([whole.code, whole.stdout], [0, '203.0.113.9\n']);
});

test('convert holds indicators against warning lists, and says which are named', async () => {
  const list = {
    name: 'Resolvers of everybody',
    version: 1,
    description: 'x',
    type: 'cidr',
    list: ['9.9.9.0/24'],
  };
  await using place = await temporaryDirectory();
  const file = join(place.path, 'list.json');
  await writeFile(file, JSON.stringify(list));
  const input = 'They called 9.9.9[.]9, 198.51.100[.]7 and 31.13.127[.]4.';
  const convert = (...more: string[]) => runCli(['convert', '--to', 'list', ...more, '-'], { input });
  assert.match((await convert()).stdout, /9\.9\.9\.9/);
  const marked = await convert('--warning-list', file);
  assert.match(marked.stdout, /9\.9\.9\.9/);
  assert.match(marked.stderr, /Resolvers of everybody/);
  const lists = ['--warning-list', file, '--warning-list', 'built-in', '--listed', 'leave-out'];
  const left = await convert(...lists);
  assert.equal(left.stdout, '31.13.127.4\n', left.stderr);
  const broken = await convert('--warning-list', 'tests/formats.test.ts');
  assert.equal(broken.code, 2);
  assert.match(broken.stderr, /cannot be used as a warning list: It is not JSON/);
});
