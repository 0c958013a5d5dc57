import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isJsonObject, validateObject } from '@belltower/stix';
import {
  fightCampaigns,
  fightGroups,
  fightMitigations,
  fightSoftware,
  fightTactics,
  techniqueObjectId,
  techniqueObjects,
  techniques,
} from '@belltower/telecom';
import fc from 'fast-check';
import { cpuMilliseconds } from '../../../stix/src/testing/cpu-milliseconds.ts';
import { sharedPath } from '../../../stix/src/testing/shared-folder.ts';
import type { Json } from '../json.ts';
import { readBoundedYaml } from './bounded-yaml.ts';
import { fromFight } from './from-fight.ts';

const about = { now: '2026-12-01T00:00:00.000Z' };

const small = `
tactics:
- {id: TA0007, name: Discovery, description: To find out.}
- {id: TA5001, name: Fraud}
techniques:
- id: FGT1040
  name: ' Network Sniffing '
  bluf: Reads.
  description: "Reads traffic.\\r\\nAll of it."
  tactics: [TA0007, TA5001]
  status: Observed In 4G; Possible In 5G
  architecture-segment: RAN, O-RAN
  platforms: 5G RAN
  groups: []
  mitigations:
  - {fgmid: FGM1041, name: Encrypt, mitigates: Use ciphers.}
  - {fgmid: FGM9999, name: Gone, mitigates: Nothing.}
  references:
  - '<a name="1"> \\[1\\] </a> [A [draft], 2020](https://example.org/a_(b))'
  - Only words
  preconditions: [{name: Access, description: To a link.}]
  detections: [{fgdsid: FGDS0001, name: Traffic, component: Flow, detects: More of it.}]
  addendums:
  - name: '## Addendum: more'
    mitigations: [{fgmid: FGM1041, name: Encrypt, mitigates: Also there.}]
    preconditions: ''
- {id: FGT1040.501, name: Radio Interface, tactics: [TA0007], subtechnique-of: FGT1040, status: POC}
- {id: FGT5012, name: Locate UE, tactics: [], subtechnique-of: [], status: maybe}
mitigations:
- {id: FGM1041, name: Encrypt, techniques: [FGT1040]}
groups:
- {id: FGG5001, name: Panda, techniques: [{id: FGT1040, use: Listened.}], associated: {software: [FGS5001], campaigns: []}}
software:
- {id: FGS5001, name: PingPong, techniques: []}
- {id: FGS5999, name: Unheard Of, techniques: []}
data sources:
- {id: FGDS0001, name: Traffic, component-of: []}
`;

function converted(text: string) {
  const read = fromFight(text, about);
  assert.ok(read.ok, read.ok ? '' : `${read.error.message} ${read.error.at}`);
  for (const object of read.value.objects)
    assert.deepEqual(validateObject(object, { disabled: new Set(['id-uuid-version']) }).errors, []);
  return read.value;
}

test('a technique is an attack pattern with its phases, status, references and a note on the rest', () => {
  const { objects } = converted(small);
  const [, pattern, note] = objects;
  assert.equal(pattern?.['id'], techniqueObjectId('FGT1040'));
  assert.equal(pattern?.['name'], 'Network Sniffing');
  assert.equal(pattern?.['description'], 'Reads.\n\nReads traffic.\nAll of it.\n\n## Addendum: more');
  assert.deepEqual(pattern?.['labels'], ['observed', 'segment:ran', 'segment:o-ran', 'platform:5g-ran']);
  assert.deepEqual(pattern?.['kill_chain_phases'], [
    { kill_chain_name: 'mitre-fight', phase_name: 'discovery' },
    { kill_chain_name: 'mitre-fight', phase_name: 'fraud' },
  ]);
  assert.deepEqual(pattern?.['external_references'], [
    {
      source_name: 'mitre-fight',
      external_id: 'FGT1040',
      url: 'https://fight.mitre.org/techniques/FGT1040',
    },
    { source_name: 'mitre-attack', external_id: 'T1040', url: 'https://attack.mitre.org/techniques/T1040' },
    { source_name: 'FGT1040 [1]', description: 'A [draft], 2020', url: 'https://example.org/a_(b)' },
    { source_name: 'FGT1040', description: 'Only words' },
  ]);
  assert.equal(
    note?.['content'],
    [
      '## Status\n\n- Observed In 4G; Possible In 5G',
      '## Preconditions\n\n- **Access**: To a link.',
      '## Detections\n\n- **Traffic: Flow (FGDS0001)**: More of it.',
    ].join('\n\n'),
  );
});

test('relationships have the words of both their ends', () => {
  const relationships = converted(small).objects.filter(({ type }) => type === 'relationship');
  assert.deepEqual(
    relationships.map(({ relationship_type: type, description }) => [type, description]),
    [
      ['mitigates', 'Use ciphers.\n\nAlso there.'],
      ['subtechnique-of', undefined],
      ['uses', 'Listened.'],
      ['uses', undefined],
      ['related-to', undefined],
    ],
  );
});

test('what has no place in STIX is told, with where it stood', () => {
  assert.deepEqual(
    converted(small).losses.map(({ at, what }) => [at, what]),
    [
      ['$.data sources', 'data sources (1)'],
      ['$.tactics[0].description', 'description of a tactic'],
      ['$.techniques[2].status', 'status'],
      ['$.software[1]', 'kind of software'],
      ['$.techniques[0].mitigations[1]', 'mitigates relation'],
    ],
  );
});

const path = sharedPath('data', 'telecom', 'fight.yaml');
const skip = path === undefined;
const text = path === undefined ? '' : readFileSync(path, 'utf8');

test('FiGHT: the whole file is valid STIX, and every built-in object is among it, under the same id', {
  skip,
}, () => {
  const { objects, losses } = converted(text);
  const ids = new Set(objects.map(({ id }) => id));
  assert.equal(ids.size, objects.length);
  for (const { type, id } of techniqueObjects(['mitre-fight']))
    assert.ok(type === 'marking-definition' || ids.has(id), String(id));
  const count = (type: string) => objects.filter((object) => object['type'] === type).length;
  assert.deepEqual(
    ['attack-pattern', 'course-of-action', 'intrusion-set', 'campaign'].map(count),
    [183, 93, 10, 2],
  );
  assert.equal(count('malware') + count('tool'), 23);
  assert.deepEqual(
    losses.map(({ at }) => at),
    ['$.data sources', '$.tactics[0].description'],
  );
});

test('FiGHT: the built-in tables say of every id what the file says', { skip }, () => {
  const read = readBoundedYaml(text);
  const file = read.ok && isJsonObject(read.value) ? read.value : {};
  const rows = (list: string) => (Array.isArray(file[list]) ? file[list].filter(isJsonObject) : []);
  const named = (entries: readonly { readonly id: string; readonly name: string }[]) =>
    entries.map(({ id, name }) => [id, name]).toSorted();
  const said = (list: string) =>
    rows(list)
      .map(({ id, name }) => [id, name])
      .toSorted();
  assert.deepEqual(named(fightTactics), said('tactics'));
  assert.deepEqual(named(fightMitigations), said('mitigations'));
  assert.deepEqual(named(fightGroups), said('groups'));
  assert.deepEqual(named(fightSoftware), said('software'));
  assert.deepEqual(named(fightCampaigns), said('campaigns'));
  const ours = techniques.filter(({ framework }) => framework === 'mitre-fight');
  assert.deepEqual(
    ours.map(({ id, name, tactics, parent }) => [id, name, tactics.map((one) => one.id), parent]).toSorted(),
    rows('techniques')
      .map(({ id, name, tactics, 'subtechnique-of': parent }) => [id, name, tactics, parent])
      .toSorted(),
  );
  const status = new Map(rows('techniques').map(({ id, status: free }) => [id, String(free)]));
  for (const one of ours) {
    const free = status.get(one.id) ?? '';
    assert.equal(
      one.status,
      free === 'POC'
        ? 'proof-of-concept'
        : free
            .split(/ In |;/)[0]
            ?.toLowerCase()
            .replaceAll(' ', '-'),
    );
  }
});

for (const [what, yaml, at] of [
  ['nothing', '', '$'],
  ['a text', 'FiGHT', '$'],
  ['no techniques', 'tactics: []', '$.techniques'],
  ['techniques that are no list', 'techniques: {}', '$.techniques'],
  ['a technique that is none', 'techniques: [a]', '$.techniques[0]'],
  ['an id of another kind', 'techniques: [{id: T1040}]', '$.techniques[0].id'],
  ['the same id twice', 'techniques: [{id: FGT1040}, {id: FGT1040}]', '$.techniques[1].id'],
  ['a list that is a text', 'techniques: [{id: FGT1040, mitigations: all}]', '$.techniques[0].mitigations'],
  ['what is cut off', small.slice(0, 700), 'line 22, column 58'],
  ['what was decoded wrongly', Buffer.from(small, 'utf16le').toString('latin1'), '$'],
  ['an alias bomb', `a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]`, 'line 1, column 4'],
  ['a type by name', 'techniques: !!js/function "f()"', 'line 1, column 13'],
  ['a key twice', 'techniques: []\ntechniques: []', 'line 2, column 1'],
  ['two documents', 'techniques: []\n---\ntechniques: []', 'line 2, column 1'],
  ['deep lists', `techniques: ${'['.repeat(100_000)}`, 'line 1, column 46'],
  ['deep dashes', '- '.repeat(100_000), 'line 1, column 68'],
  ['deep mappings', '{a: '.repeat(100_000), 'line 1, column 134'],
  [
    'deep indentation',
    Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
    undefined,
  ],
  ['no end of pieces', 'a:\n'.repeat(600_000), undefined],
  ['more than any catalogue', 'x'.repeat(8_388_609), 'line 1, column 8388609'],
  ['tabs', 'techniques:\n\t- a', 'line 2, column 1'],
  ['a key that is no text', '{[a]: b}', 'line 1, column 1'],
] as const)
  test(`refused with its place, all of it: ${what}`, () => {
    const read = fromFight(yaml, about);
    assert.ok(!read.ok);
    if (at !== undefined) assert.equal(read.error.at, at);
    assert.ok(read.error.message.length < 250);
  });

test('texts that look like more than texts are texts', () => {
  const read = readBoundedYaml(
    'a: \'*x\'\nb: |\n  &y\nc: "!z"\nd: 2020-01-01\ne: yes\nf: 0x10\ng:\n__proto__: h\n',
  );
  assert.ok(read.ok);
  assert.deepEqual(Object.entries(isJsonObject(read.value) ? read.value : {}), [
    ['a', '*x'],
    ['b', '&y\n'],
    ['c', '!z'],
    ['d', '2020-01-01'],
    ['e', 'yes'],
    ['f', '0x10'],
    ['g', ''],
    ['__proto__', 'h'],
  ]);
});

test('any damage to a file ends in a conversion or a refusal with a place', () => {
  const anywhere = fc.integer({ min: 0, max: small.length });
  const damage = fc.tuple(
    anywhere,
    anywhere,
    fc.string({ maxLength: 4, unit: fc.constantFrom(...'[]{}:-&*!\'"\n\t# ,|>?%@`\0\ud800a') }),
  );
  fc.assert(
    fc.property(damage, ([from, length, put]) => {
      const read = fromFight(small.slice(0, from) + put + small.slice(from + (length % 8)), about);
      if (!read.ok) return assert.match(read.error.at, /^(?:\$|line \d+, column \d+$)/);
      for (const object of read.value.objects)
        assert.deepEqual(validateObject(object, { disabled: new Set(['id-uuid-version']) }).errors, []);
    }),
    { numRuns: 300 },
  );
});

test('takes time that grows with the length of the file only', () => {
  const entry = (id: number): Json => ({
    id: `FGT${1000 + id}`,
    name: 'N',
    references: ['<a name="1'.repeat(20), '](('.repeat(50)],
    platforms: ','.repeat(200),
  });
  const took = (count: number) => {
    const file = `techniques:\n${Array.from({ length: count }, (_, id) => `- ${JSON.stringify(entry(id))}`).join('\n')}`;
    const before = cpuMilliseconds();
    assert.ok(fromFight(file, about).ok);
    return cpuMilliseconds() - before;
  };
  took(200);
  assert.ok(took(4_000) < 20 * Math.max(took(500), 5));
});
