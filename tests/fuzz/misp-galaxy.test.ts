import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromMispGalaxy } from '../../packages/formats/src/index.ts';
import { validateObject } from '../../packages/stix/src/index.ts';
import { fuzz } from '../support/fuzzing.ts';
import { harmless } from '../support/harmless.ts';
import { mutateJson } from '../support/mutate-json.ts';

// Files of clusters that were spoilt are refused with a place, or become STIX that is valid.

const types = [
  'gsma-motif',
  'mitre-fight',
  'mitre-attack-pattern',
  'threat-actor',
  'ransomware',
  'tool',
  'country',
  'mitre-course-of-action',
  'malpedia',
];
const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const corpus = types.map((type, at) =>
  JSON.stringify({
    type,
    name: type,
    uuid: uuid(at),
    version: 3,
    values: Array.from({ length: 3 }, (_, number) => ({
      uuid: uuid(number + 1),
      value: `Name ${number} - T155${number}`,
      description: 'What it is.\r\nAnd more.',
      meta: {
        external_id: type === 'mitre-fight' ? `FGT500${number}` : [`MOT300${number}.301`],
        refs: ['https://example.org/a', 'ATT&CK Enterprise: Trusted Relationship (T1199)'],
        synonyms: ['Another name', 'another name'],
        kill_chain: ['mitre-attack:initial-access', 'fight:Initial-Access'],
        country: 'BE',
      },
      related: [
        { 'dest-uuid': uuid(number + 2), type: 'subtechnique-of', tags: ['estimative-language:x="y"'] },
        { 'dest-uuid': uuid(9), type: 'similar' },
      ],
      revoked: number === 2,
    })),
  }),
);
const pieces = [
  ...'{}[]",:0-',
  'null',
  '[]',
  '{}',
  '""',
  '"__proto__":{"polluted":1},',
  '"value":"",',
  '"value":" \\u0000 ",',
  '"uuid":"00000000-0000-0000-0000-000000000000",',
  '"meta":{"refs":"http://x y"},',
  '"meta":{"synonyms":[null,1,""]},',
  '"related":[{"dest-uuid":1,"type":{}}],',
  '"type":"variant-of",',
  '"type":"uses",',
  '"type":"toString",',
  '"kill_chain":":",',
  '"external_id":"T1557.001",',
  '\\ud800',
  '\\n',
  'x'.repeat(300),
];

test('a file of clusters that was spoilt is refused with a place, or becomes valid STIX', async (t) => {
  await fuzz(t, {
    corpus,
    pieces,
    spoil: mutateJson,
    check: (text) =>
      harmless(() => {
        const read = fromMispGalaxy(text, { now: '2026-11-22T00:00:00.000Z' });
        if (!read.ok) {
          assert.ok(read.error.message !== '' && read.error.message.length < 500);
          return assert.match(read.error.at, /^(?:\$|line \d+, column \d+$)/);
        }
        const ids = new Set<unknown>();
        for (const object of read.value.objects) {
          const { errors } = validateObject(object);
          assert.deepEqual(errors, [], JSON.stringify(object).slice(0, 1_000));
          assert.ok(!ids.has(object['id']), `${String(object['id'])} twice`);
          ids.add(object['id']);
        }
        for (const { at, what, why } of read.value.losses) assert.ok(at !== '' && what !== '' && why !== '');
      }),
  });
});
