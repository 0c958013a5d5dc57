import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StixTimestamp } from '@belltower/stix';
import { isTimestamp, validateObject } from '@belltower/stix';
import { telecomTypes } from '@belltower/telecom';
import fc from 'fast-check';
import type { Json } from '../json.ts';
import { fromText } from './from-text.ts';
import type { InputAbout } from './input.ts';

const now: StixTimestamp = moment('2026-12-01T05:00:00.000Z');

function moment(text: string): StixTimestamp {
  assert.ok(isTimestamp(text));
  return text;
}

function read(text: string, more: Partial<InputAbout> = {}) {
  const result = fromText(text, { now, uuid: () => assert.fail('no chance in it'), ...more });
  assert.ok(result.ok);
  const { objects, losses } = result.value;
  for (const object of objects)
    assert.deepEqual(validateObject(object, { types: telecomTypes }).errors, [], JSON.stringify(object));
  const of = (type: string) => objects.filter((object) => object['type'] === type);
  return { objects, of, losses: losses.map(({ at, what, why }) => `${at}, ${what}: ${why}`) };
}

const advisory = `Smishing against subscribers
Contact: soc@operator.example.com, https://www.operator.example.com/
GTs 32475000001 and 32475000002 called hxxps[:]//bad[.]example[.]org/x and bad[.]example[.]org, see T1557.001,
FGT5012, MOT3001 and CVE-2024-12345, and also TA0043.
More at https://blog.example.net/ss7 and https://operator.example.com/advisory.
`;

test('what stands in a text becomes indicators, vulnerabilities and attack patterns, in a report', () => {
  const { of, objects } = read(advisory);
  assert.deepEqual(
    of('indicator').map(({ pattern, confidence, indicator_types: types }) => [pattern, confidence, types]),
    [
      [
        "[ss7-global-title:value = '32475000001' AND ss7-global-title:numbering_plan = 'e164']",
        undefined,
        ['unknown'],
      ],
      [
        "[ss7-global-title:value = '32475000002' AND ss7-global-title:numbering_plan = 'e164']",
        undefined,
        ['unknown'],
      ],
      ["[url:value = 'https://bad.example.org/x']", undefined, ['malicious-activity']],
      ["[domain-name:value = 'bad.example.org']", undefined, ['malicious-activity']],
      ["[url:value = 'https://blog.example.net/ss7']", 15, ['unknown']],
    ],
  );
  assert.deepEqual(
    of('vulnerability').map(({ name }) => name),
    ['CVE-2024-12345'],
  );
  const techniques = of('attack-pattern').flatMap(({ external_references: refs }) =>
    Array.isArray(refs) ? refs : [],
  );
  assert.deepEqual(techniques.map((reference: Json) => reference['external_id']).toSorted(), [
    'FGT5012',
    'MOT3001',
    'T1557.001',
  ]);
  const [report = {}] = of('report');
  assert.equal(report['name'], 'Smishing against subscribers');
  const shared = new Set<unknown>(['report', 'note', 'identity', 'marking-definition']);
  const named = objects.filter(({ type }) => !shared.has(type)).map(({ id }) => id);
  assert.deepEqual(new Set(report['object_refs'] as string[]), new Set(named));
});

test('a note tells where each value stands', () => {
  const [note = {}] = read(advisory).of('note');
  assert.match(String(note['content']), /^global-title 32475000001: line 3, column 5$/m);
  assert.match(String(note['content']), /^domain bad\.example\.org: line 3, column 40; line 3, column 76$/m);
});

test('how the author can be reached is no indicator, and what is left out is told', () => {
  const { losses } = read(advisory);
  for (const own of [
    'email soc@operator.example.com',
    'url https://www.operator.example.com/',
    'url https://operator.example.com/advisory',
  ])
    assert.ok(
      losses.some((line) => line.includes(`${own}: It is how the author`)),
      own,
    );
  assert.ok(losses.some((line) => line.includes('attack TA0043: STIX has no object')));
});

test('an address in a contact line that somebody defanged is none of theirs', () => {
  assert.deepEqual(
    read('Contact: crook[at]evil[.]example[.]org\n')
      .of('indicator')
      .map(({ pattern }) => pattern),
    ["[email-addr:value = 'crook@evil.example.org']"],
  );
});

test('the host of a URL is no indicator by itself, unless it stands alone as well', () => {
  assert.deepEqual(
    read('hxxps://shared-host[.]com/user/bad')
      .of('indicator')
      .map(({ pattern }) => pattern),
    ["[url:value = 'https://shared-host.com/user/bad']"],
  );
});

test('what is doubtful is left out and told where only what is sure is wanted', () => {
  const { of, losses } = read(advisory, { sure: true });
  assert.equal(of('indicator').length, 4);
  assert.ok(
    losses.some((line) =>
      line.includes('url https://blog.example.net/ss7: Others in the text are written so'),
    ),
  );
});

test('the same text gives the same objects each time, and ids of other makers and reports are others', () => {
  assert.deepEqual(
    [read(advisory).objects, read(advisory).losses],
    [read(advisory).objects, read(advisory).losses],
  );
  const ids = (more: Partial<InputAbout>) =>
    read(advisory, more).objects.flatMap(({ id, created }) =>
      created === '1970-01-01T00:00:00.000Z' ? [id] : [],
    );
  const creator = 'identity--0b6f3a52-8f0e-4b7e-9d0e-2f6a1c9b7d11';
  const all = [ids({}), ids({ creator }), ids({ name: 'x' }), ids({ secret: 's' })];
  assert.equal(new Set(all.flat()).size, all.flat().length);
});

test('TLP of the input holds for everything that is made of it', () => {
  const { objects } = read(advisory, { tlp: 'amber' });
  // Techniques of the frameworks are everybody's.
  const marked = objects.filter(
    ({ type, created_by_ref: by }) =>
      type !== 'marking-definition' && type !== 'identity' && by === undefined,
  );
  assert.ok(marked.length > 5);
  for (const object of marked)
    assert.deepEqual(object['object_marking_refs'], [
      'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
    ]);
});

test('a text in which nothing stands gives nothing, and says so', () => {
  for (const text of ['', 'Nothing to see here.\n', 'é\u0000\ud800'])
    assert.deepEqual([read(text).objects, read(text).losses.length], [[], 1]);
});

test('any text is read into objects that are valid', () => {
  const part = fc.oneof(
    fc.constantFrom(
      '198.51.100.7',
      'hxxp://a[.]example[.]org',
      'IMSI 206011234567890',
      'T1059',
      'CVE-2021-44228',
      'GT 32475*',
    ),
    fc.constantFrom(
      'map:71',
      '+32475123456',
      'hss.example.org;1;2',
      'eyJ',
      'cgi:206-01-1-2',
      'Contact: a@example.org',
      '\n',
      "it's \\'",
    ),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 12 }),
      fc.boolean(),
      (parts, sure) => void read(parts.join(' '), { sure }),
    ),
    { numRuns: 300 },
  );
});

test('of very many values so many are taken, and the rest is told', () => {
  const text = Array.from({ length: 21_000 }, (_, at) => `host${at}.example.org`).join('\n');
  const { of, losses } = read(text);
  assert.equal(of('indicator').length, 20_000);
  assert.match(losses[0] ?? '', /^text, 1000 values: Of one text 20000/);
});
