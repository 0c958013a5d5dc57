import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { createApiClient } from '../packages/client/src/index.ts';
import { makePdf } from '../packages/server/src/testing-pdf.ts';
import { startCommunity } from './support/community.ts';
import { runCli, temporaryDirectory } from './support/run-cli.ts';

const list = 'number;seen;tlp\n32475000001;2026-01-02;green\n32475000002;;\nx;;\n';
const event = JSON.stringify({
  Event: {
    uuid: '6f1d5a0e-3b1f-4c39-9a6b-0d5c3f0e7a11',
    info: 'Smishing',
    timestamp: '1767571200',
    Attribute: [
      { uuid: '6f1d5a0e-3b1f-4c39-9a6b-0d5c3f0e7a12', type: 'ip-dst', value: '203.0.113.7', to_ids: true },
    ],
  },
});

test('convert finds out what a file is, and takes a mapping of columns and a marking', async () => {
  await using directory = await temporaryDirectory();
  const numbers = join(directory.path, 'numbers.csv');
  const report = join(directory.path, 'report.pdf');
  await writeFile(numbers, list);
  await writeFile(report, makePdf('GT 32475000003'));
  const args = [
    'convert',
    '--to',
    'stix',
    '--map',
    'number=gt',
    '--map',
    'seen=first_seen',
    '--tlp',
    'amber',
  ];
  const mapped = await runCli([...args, numbers, report]);
  assert.equal(mapped.code, 0, mapped.stderr);
  assert.match(mapped.stderr, /left out value "x" of line 4/);
  const { objects }: { objects: Record<string, unknown>[] } = JSON.parse(mapped.stdout);
  assert.equal(objects.filter(({ type }) => type === 'indicator').length, 3);
  // The time of the file stands in for what it does not say.
  assert.deepEqual(JSON.parse((await runCli([...args, numbers, report])).stdout).objects, objects);
  const unmapped = await runCli(['convert', '--to', 'stix', '--from', 'csv', numbers]);
  assert.equal(unmapped.code, 2);
  assert.match(unmapped.stderr, /cannot be read as csv: No column .* \(line 1\)/);
  const wrong = await runCli(['convert', '--to', 'stix', '--creator', 'me', numbers]);
  assert.match(wrong.stderr, /"me" is no id of an identity/);
});

test('extract reads a PDF, and says on which page each value stands', async () => {
  await using directory = await temporaryDirectory();
  const report = join(directory.path, 'report.pdf');
  await writeFile(report, makePdf('GT 32475000003'));
  const told = await runCli(['extract', report]);
  assert.equal(told.code, 0, told.stderr);
  assert.match(told.stdout, /global-title\s+32475000003\s+p1:1/);
  await writeFile(report, '%PDF-1.4 nothing');
  const broken = await runCli(['extract', report]);
  assert.equal(broken.code, 2);
  assert.match(broken.stderr, /cannot be read as a PDF: .* \(file\)/);
});

test('publish takes any format, tells what was lost, and sends nothing where one file cannot be read', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(directory.path);
  const env = { BELLTOWER_SERVER: community.url, BELLTOWER_TOKEN: community.member.token };
  const [numbers, misp, broken] = ['numbers.csv', 'event.json', 'broken.json'].map((name) =>
    join(directory.path, name),
  );
  assert.ok(numbers !== undefined && misp !== undefined && broken !== undefined);
  await writeFile(numbers, list);
  await writeFile(misp, event);
  await writeFile(broken, event.slice(0, 150));
  const publish = (...files: readonly string[]) =>
    runCli(['publish', ...files, '--map', 'number=gt', '--json', '-c', community.collection], { env });
  const refused = await publish(numbers, broken);
  assert.equal(refused.code, 2, refused.stdout);
  const { message, advice } = JSON.parse(refused.stderr).error;
  assert.match(message, /broken\.json cannot be read as misp: It is not JSON/);
  assert.equal(advice, 'Nothing was published.');
  const first = await publish(numbers);
  assert.equal(first.code, 0, first.stderr);
  const answer = JSON.parse(first.stdout);
  assert.equal(answer.refused, 0);
  assert.ok(answer.accepted >= 2);
  assert.deepEqual(
    answer.losses.map(({ at }: { at: string }) => at),
    ['line 1', 'line 4'],
  );
  // L2 A command that was interrupted can be given again.
  assert.equal(JSON.parse((await publish(numbers)).stdout).accepted, 0);
  const events = await runCli(['publish', misp, '--from', 'misp', '-c', community.collection], { env });
  assert.equal(events.code, 0, events.stderr + events.stdout);
  const feed = join(directory.path, 'feed');
  const input = event.replaceAll('6f1d5a0e', '7f1d5a0e');
  assert.equal((await runCli(['convert', '--to', 'misp-feed', '--out', feed, '-'], { input })).code, 0);
  const fed = await publish(feed);
  assert.equal(fed.code, 0, fed.stderr + fed.stdout);
  assert.ok(fed.stdout.includes('indicator--7f1d5a0e-3b1f-4c39-9a6b-0d5c3f0e7a12'));
});

test('a program imports through the client, and sees in a preview what would be published', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(directory.path);
  const api = createApiClient({
    fetch,
    random: Math.random,
    credentials: { kind: 'bearer', token: community.member.token },
    url: community.url,
  });
  const options = {
    type: 'text/csv',
    columns: ['number=gt'],
    time: '2026-11-01T00:00:00.000Z',
    tlp: 'green',
  };
  const preview = await api.import(community.collection, list, { ...options, preview: true });
  const imported = await api.import(community.collection, list, options);
  assert.deepEqual([preview.accepted, imported.accepted > 0, imported.objects], [0, true, []]);
  const of = (objects: readonly unknown[]) => objects.map((object) => Reflect.get(Object(object), 'id'));
  assert.deepEqual(
    of(preview.objects),
    imported.results.map(({ id }) => id),
  );
  assert.equal((await api.import(community.collection, list, options)).accepted, 0);
  const pdf = await api.import(community.collection, makePdf('GT 32475000003'));
  assert.deepEqual([pdf.format, pdf.refused], ['pdf', 0]);
  await assert.rejects(api.import(community.collection, 'a,b', { format: 'csv' }), /No column/);
});
