import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { validateObject } from '@belltower/stix';
import { techniqueObjectId, techniqueObjects } from '@belltower/telecom';
import { cpuMilliseconds } from '../../../stix/src/testing/cpu-milliseconds.ts';
import { sharedPath } from '../../../stix/src/testing/shared-folder.ts';
import { fromMispGalaxy } from './from-misp-galaxy.ts';
import { galaxyTypeOf } from './galaxy-types.ts';

const about = { now: '2026-12-01T00:00:00.000Z' };

function converted(file: unknown) {
  const read = fromMispGalaxy(JSON.stringify(file), about);
  assert.ok(read.ok, read.ok ? '' : `${read.error.message} ${read.error.at}`);
  for (const object of read.value.objects)
    assert.deepEqual(validateObject(object, { disabled: new Set(['id-uuid-version']) }).errors, []);
  return read.value;
}

const first = '2c2d7fbd-8b1c-4a3a-9d0f-6a4f6f8f5b11';
const second = '7b0e3c19-52b7-4f3c-8a55-0d6f2e0c9a22';

test('a cluster is an object with its UUID, and relations in the file are relationships', () => {
  const { objects, losses } = converted({
    type: 'mitre-attack-pattern',
    values: [
      {
        uuid: first,
        value: 'Network Sniffing - T1040',
        description: 'Reads traffic.\r\nAll of it.',
        meta: {
          external_id: 'T1040',
          kill_chain: ['mitre-attack:Linux:credential-access', 'mitre-attack:discovery'],
          refs: ['https://attack.mitre.org/techniques/T1040', 'a book'],
          synonyms: ['Sniffing'],
          mitre_platforms: ['Linux'],
        },
        related: [
          { 'dest-uuid': second, type: 'similar', tags: ['likely'] },
          { 'dest-uuid': '00000000-0000-4000-8000-000000000000', type: 'uses' },
        ],
      },
      { uuid: second, value: 'Other', related: [{ 'dest-uuid': first, type: 'subtechnique-of' }] },
    ],
  });
  assert.deepEqual(
    objects.map(({ type, name, relationship_type: kind }) => [type, name ?? kind]),
    [
      ['attack-pattern', 'Network Sniffing - T1040'],
      ['attack-pattern', 'Other'],
      ['relationship', 'related-to'],
      ['relationship', 'subtechnique-of'],
    ],
  );
  const [pattern] = objects;
  assert.equal(pattern?.['id'], `attack-pattern--${first}`);
  assert.equal(pattern?.['description'], 'Reads traffic.\nAll of it.');
  assert.deepEqual(pattern?.['aliases'], ['Sniffing']);
  assert.deepEqual(pattern?.['kill_chain_phases'], [
    { kill_chain_name: 'mitre-attack', phase_name: 'credential-access' },
    { kill_chain_name: 'mitre-attack', phase_name: 'discovery' },
  ]);
  assert.deepEqual(
    losses.map(({ at, what }) => [at, what]),
    [
      ['$.values[0].meta.mitre_platforms', 'mitre_platforms'],
      ['$.values[0].related[0].tags', 'tags'],
      ['$.values[0].related[1]', 'relation'],
    ],
  );
});

test('a relation whose type is no text is written as related-to', () => {
  const type = JSON.parse('{"toString": 1}');
  const values = [
    { uuid: first, value: 'A', related: [{ 'dest-uuid': second, type }] },
    { uuid: second, value: 'B' },
  ];
  assert.equal(converted({ type: 'tool', values }).objects[2]?.['relationship_type'], 'related-to');
});

test('the same file gives the same ids, also of clusters without a UUID', () => {
  const file = { type: 'ransomware', values: [{ value: 'Locker' }, { uuid: first, value: 'Crypt' }] };
  const ids = () => converted(file).objects.map(({ id }) => id);
  assert.deepEqual(ids(), ids());
  assert.deepEqual(converted(file).objects[0]?.['malware_types'], ['ransomware']);
});

test('techniques of MoTIF and FiGHT have the ids that everybody computes, with or without a UUID', () => {
  for (const [type, number] of [
    ['gsma-motif', 'MOT3003.301'],
    ['mitre-fight-techniques', 'FGT5012.008'],
  ] as const) {
    const { objects } = converted({
      type,
      values: [{ uuid: first, value: 'A', meta: { external_id: number } }],
    });
    assert.equal(objects[1]?.['id'], techniqueObjectId(number));
    assert.equal(objects[1]?.['created_by_ref'], objects[0]?.['id']);
    assert.ok(objects.some((object) => object['relationship_type'] === 'subtechnique-of'));
  }
});

test('a phase of FiGHT is of the chain that FiGHT itself names, and an address that is said twice stands once', () => {
  const refs = ['https://fight.mitre.org/techniques/FGT1203'];
  const meta = { external_id: 'FGT1203', kill_chain: ['fight:Execution'], refs, detections: [] };
  const { objects, losses } = converted({ type: 'mitre-fight-techniques', values: [{ value: 'A', meta }] });
  assert.deepEqual(objects[1]?.['kill_chain_phases'], [
    { kill_chain_name: 'mitre-fight', phase_name: 'execution' },
  ]);
  assert.deepEqual(objects[1]?.['external_references'], [
    { source_name: 'mitre-fight', external_id: 'FGT1203', url: refs[0] },
    { source_name: 'mitre-attack', external_id: 'T1203', url: 'https://attack.mitre.org/techniques/T1203' },
  ]);
  assert.deepEqual(losses, []);
});

test('a loss that comes a thousand times is told once', () => {
  const values = Array.from({ length: 1_000 }, (_, index) => ({
    value: `Group ${index}`,
    meta: { country: 'BE' },
  }));
  const { losses } = converted({ type: 'threat-actor', values });
  assert.deepEqual(
    losses.map(({ at, what }) => [at, what]),
    [['$.values[0].meta.country', 'country (1000 times, here first)']],
  );
});

for (const [galaxy, type] of [
  ['mitre-intrusion-set', 'intrusion-set'],
  ['mitre-enterprise-attack-malware', 'malware'],
  ['mitre-tool', 'tool'],
  ['mitre-course-of-action', 'course-of-action'],
  ['mitre-campaign', 'campaign'],
  ['threat-actor', 'threat-actor'],
  ['malpedia', 'malware'],
  ['gsma-motif', 'attack-pattern'],
  ['disarm-techniques', 'attack-pattern'],
  ['firearms-handguns', undefined],
  ['target-information', undefined],
] as const)
  test(`clusters of ${galaxy} are ${type ?? 'nothing that STIX has'}`, () =>
    assert.equal(galaxyTypeOf(galaxy)?.type, type));

const motif = sharedPath('data', 'telecom', 'gsma-motif.json');
test('MoTIF: every object of the galaxy has the id of the built-in one, and there is no other', {
  skip: motif === undefined,
}, () => {
  const read = fromMispGalaxy(readFileSync(motif ?? '', 'utf8'), about);
  assert.ok(read.ok);
  const { objects, losses } = read.value;
  assert.deepEqual(losses, []);
  for (const object of objects)
    assert.deepEqual(validateObject(object, { disabled: new Set(['id-uuid-version']) }).errors, []);
  const ids = (all: readonly Readonly<Record<string, unknown>>[]) =>
    all.flatMap(({ type, id }) => (type === 'marking-definition' ? [] : String(id))).toSorted();
  assert.deepEqual(ids(objects), ids(techniqueObjects(['gsma-motif'])));
});

const fields = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, 1]));
const cluster = { type: 'tool', values: [{ uuid: first, value: 'A', meta: {}, related: [] }] };
for (const [what, text, at] of [
  ['nothing', '', 'line 1, column 1'],
  ['what is cut off', JSON.stringify(cluster, undefined, 1).slice(0, 60), 'line 5, column 25'],
  ['what was decoded wrongly', `\u0000${JSON.stringify(cluster)}`, '$'],
  ['a list', '[]', '$'],
  ['no type', '{"values": []}', '$.type'],
  ['no values', '{"type": "tool"}', '$.values'],
  ['what STIX has no type for', '{"type": "firearms", "values": []}', '$.type'],
  ['a value that is none', '{"type": "tool", "values": [1]}', '$.values[0]'],
  ['a value without a name', '{"type": "tool", "values": [{"value": " "}]}', '$.values[0].value'],
  ['no UUID', '{"type": "tool", "values": [{"value": "A", "uuid": "1"}]}', '$.values[0].uuid'],
  [
    'wrong relations',
    '{"type": "tool", "values": [{"value": "A", "related": [1]}]}',
    '$.values[0].related[0]',
  ],
  [
    'fields without end',
    JSON.stringify({ type: 'tool', values: [{ value: 'A', meta: fields(1_001) }] }),
    '$.values[0].meta',
  ],
  ['endless lists', `{"type": "tool", "values": ${'['.repeat(200_000)}`, undefined],
  ['deep lists', `{"type": "tool", "values": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`, '$.values[0]'],
] as const)
  test(`refused with its place, all of it: ${what}`, () => {
    const read = fromMispGalaxy(text, about);
    assert.ok(!read.ok);
    if (at !== undefined) assert.equal(read.error.at, at);
    assert.ok(read.error.message.length < 200);
  });

test('takes time that grows with the length of the file only', () => {
  const long = (count: number) =>
    JSON.stringify({
      type: 'attack-pattern',
      values: Array.from({ length: count }, (_, index) => ({
        value: `V${index}`,
        description: '\r\n'.repeat(100),
        meta: { refs: ['(T1', 'T1040'.repeat(50)], kill_chain: [':'.repeat(300)] },
      })),
    });
  const took = (count: number) => {
    const text = long(count);
    const before = cpuMilliseconds();
    assert.ok(fromMispGalaxy(text, about).ok);
    return cpuMilliseconds() - before;
  };
  took(500);
  assert.ok(took(8_000) < 20 * Math.max(took(1_000), 5));
});
