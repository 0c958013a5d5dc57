import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StixTimestamp } from '@belltower/stix';
import { effectiveMarking, isTimestamp, validateObject } from '@belltower/stix';
import { telecomTypes } from '@belltower/telecom';
import fc from 'fast-check';
import { readIndicators } from '../indicator/read-indicator.ts';
import type { Json } from '../json.ts';
import { writeCsv } from '../to/csv.ts';
import { fromCsv } from './from-csv.ts';
import type { InputAbout } from './input.ts';

const now: StixTimestamp = moment('2026-12-01T05:00:00.000Z');

function moment(text: string): StixTimestamp {
  assert.ok(isTimestamp(text));
  return text;
}

const creator = 'identity--0b6f3a52-8f0e-4b7e-9d0e-2f6a1c9b7d11';

function read(text: string, more: Partial<InputAbout> = {}) {
  const result = fromCsv(text, { now, uuid: () => assert.fail('no chance in it'), creator, ...more });
  assert.ok(result.ok, result.ok ? '' : `${result.error.at}: ${result.error.message}`);
  for (const object of result.value.objects)
    assert.deepEqual(validateObject(object, { types: telecomTypes }).errors, [], JSON.stringify(object));
  const indicators = result.value.objects.filter(({ type }) => type === 'indicator');
  return { indicators, losses: result.value.losses.map(({ at, what, why }) => `${at}, ${what}: ${why}`) };
}

const error = (text: string, columns?: readonly string[]) => {
  const result = fromCsv(text, { now, uuid: () => '', columns });
  return result.ok ? 'read' : `${result.error.at}: ${result.error.message}`;
};

const patterns = (text: string, more?: Partial<InputAbout>) =>
  read(text, more).indicators.map(({ pattern }) => pattern);

const lists: readonly (readonly [title: string, text: string, expected: readonly string[]])[] = [
  [
    'with a column of types, whatever they are called',
    'Type,Value\nip,198.51.100.7\nIPv4-Addr,198.51.100.0/24\nipv6,2001:DB8::1\nhostname,bad[.]example[.]org\nsha-256,E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855\nphone number,+32 475 12 34 56\nAS,64496',
    [
      "[ipv4-addr:value = '198.51.100.7']",
      "[ipv4-addr:value ISSUBSET '198.51.100.0/24']",
      "[ipv6-addr:value = '2001:db8::1']",
      "[domain-name:value = 'bad.example.org']",
      "[file:hashes.'SHA-256' = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855']",
      "[phone-number:value = '32475123456']",
      '[autonomous-system:number = 64496]',
    ],
  ],
  [
    'of global titles, with networks and countries',
    'gt;tadig;country\n32475000001;BELMO;BE\n32475*;;\n',
    [
      "[ss7-global-title:value = '32475000001' AND ss7-global-title:numbering_plan = 'e164']",
      "[ss7-global-title:value LIKE '32475%' AND ss7-global-title:numbering_plan = 'e164']",
    ],
  ],
  [
    'of ranges of numbers, behind a country code or in full',
    'cc,range_from,range_to,kind\n216,90000000,90999999,irsf\n,+8821300000,+8821399999,prs\n882,99,,test',
    [
      "[phone-number-range:range_start = '21690000000' AND phone-number-range:range_end = '21690999999']",
      "[phone-number-range:range_start = '8821300000' AND phone-number-range:range_end = '8821399999']",
      "[phone-number:value LIKE '88299%']",
    ],
  ],
  [
    'of values alone, of kinds that tell themselves',
    '198.51.100.7\nhxxp://bad[.]example[.]org/x\nmap:71\nimsi-206011234567890\nitu-14:2-013-1\n',
    [
      "[ipv4-addr:value = '198.51.100.7']",
      "[url:value = 'http://bad.example.org/x']",
      "[signalling-message:protocol = 'map' AND signalling-message:op_code = 71]",
      "[mobile-subscriber-id:id_type = 'supi' AND mobile-subscriber-id:value = 'imsi-206011234567890']",
      "[ss7-point-code:format = 'itu-14' AND ss7-point-code:value = '2-013-1']",
    ],
  ],
  [
    'with several columns of values',
    'ip,domain\n198.51.100.7,bad.example.org',
    ["[ipv4-addr:value = '198.51.100.7']", "[domain-name:value = 'bad.example.org']"],
  ],
  [
    'with quotation marks and backslashes in a value',
    `type,value\nfile-name,"a'b\\c ""d"""`,
    [`[file:name = 'a\\'b\\\\c "d"']`],
  ],
];

for (const [title, text, expected] of lists)
  test(`a list ${title} becomes indicators`, () => assert.deepEqual(patterns(text), expected));

test('a mapping names columns by heading or by number, before what headings say', () => {
  const text = 'number,when,x\n32475000001,2026-01-02,high\n';
  const { indicators } = read(text, { columns: ['number=global-title', 'when=first_seen', '3=confidence'] });
  const [{ pattern, valid_from, confidence } = {} as Json] = indicators;
  assert.match(String(pattern), /^\[ss7-global-title:value = '32475000001'/);
  assert.deepEqual([valid_from, confidence], ['2026-01-02T00:00:00.000Z', 85]);
  assert.deepEqual(patterns('ipv4,198.51.100.7\n', { columns: ['1=type', '2=value'] }), [
    "[ipv4-addr:value = '198.51.100.7']",
  ]);
});

test('what a row says of its value stands in the indicator', () => {
  const [{ created, modified, valid_from, valid_until, ...indicator } = {} as Json] = read(
    'value,first_seen,last_seen,valid_until,confidence,tlp,name,description,labels,country\n198.51.100.7,2026-01-02,1767571200,2027-01-02T10:00:00+01:00,20 %,TLP:AMBER+STRICT,C2,Seen in a campaign,"a; b",BE\n',
  ).indicators;
  assert.deepEqual(
    [created, modified, valid_from, valid_until],
    [
      '2026-01-02T00:00:00.000Z',
      '2026-01-05T00:00:00.000Z',
      '2026-01-02T00:00:00.000Z',
      '2027-01-02T09:00:00.000Z',
    ],
  );
  const { name, description, confidence, labels, created_by_ref: by } = indicator;
  assert.deepEqual(
    [name, description, confidence, labels, by],
    ['C2', 'Seen in a campaign', 20, ['a', 'b', 'country:BE'], creator],
  );
  assert.equal(effectiveMarking(indicator), 'amber+strict');
});

test('the same list of the same maker gives the same objects, and other makers and lists give others', () => {
  const text = 'value\n198.51.100.7\n+32475123456\n';
  const ids = (more?: Partial<InputAbout>) => read(text, more).indicators.map(({ id }) => id);
  assert.deepEqual(read(text), read(text));
  const all = [ids(), ids({ creator: undefined }), ids({ name: 'list' }), ids({ secret: 'x' })];
  assert.equal(new Set(all.flat()).size, 8);
  // The next import of a list makes versions of the same objects, which share `created` (STIX 2.1 §3.6).
  const later = read(text, { now: moment('2026-12-02T05:00:00.000Z') }).indicators;
  for (const [at, object] of later.entries()) {
    const before = read(text).indicators[at];
    assert.deepEqual([object['id'], object['created']], [before?.['id'], before?.['created']]);
    assert.ok(String(object['modified']) > String(before?.['modified']));
  }
});

test('the first of two rows with one value stands, under the stricter marking of both', () => {
  const { indicators, losses } = read(
    'value,tlp,name\n198.51.100.7,green,one\n198.51.100.7,red,two\n198.51.100.7,green,one\n',
  );
  assert.deepEqual(
    indicators.map((one) => [one['name'], effectiveMarking(one)]),
    [['one', 'red']],
  );
  assert.equal(losses.length, 2);
  assert.match(losses[0] ?? '', /^line 3, row: Line 2 has the same value/);
});

const lost: readonly (readonly [title: string, text: string, loss: RegExp, kept: number])[] = [
  [
    'a value that can be several things',
    'value\n32475123456',
    /^line 2, value "32475123456": It can be one of several things \(telephone number/,
    0,
  ],
  [
    'a value that is not of its kind',
    'type,value\nipv4,300.1.1.1',
    /^line 2, value "300\.1\.1\.1": It is said to be ipv4/,
    0,
  ],
  ['a row without a value', 'value,name\n,x', /^line 2, row: There is no value in it/, 0],
  [
    'a time that is none',
    'value,first_seen\n198.51.100.7,2026-02-31',
    /^line 2, first_seen "2026-02-31": A time is/,
    1,
  ],
  [
    'a confidence beyond 100',
    'value,confidence\n198.51.100.7,101',
    /^line 2, confidence "101": It is 0 to 100/,
    1,
  ],
  ['a row whose marking nobody can read', 'value,tlp\n198.51.100.7,purple', /marking cannot be read/, 0],
  [
    'a row that has expired',
    'value,valid_until\n198.51.100.7,2026-11-30',
    /It was valid until 2026-11-30/,
    0,
  ],
  [
    'a range that ends before it begins',
    'range_from,range_to\n32499,32400',
    /^line 2, range "32499" to "32400": A range ends/,
    0,
  ],
  [
    'a column that is not known',
    'value,weight\n198.51.100.7,3',
    /^line 1, column "weight": It is none that is known/,
    1,
  ],
  ['a port', 'value\n198.51.100.7:8080', /^line 2, port of "198\.51\.100\.7:8080"/, 1],
  ['what no pattern says', 'value\nhss.example.org;1;2', /No pattern of STIX says it|no value/, 0],
];

for (const [title, text, loss, kept] of lost)
  test(`${title} is told with its line`, () => {
    const { indicators, losses } = read(text);
    assert.ok(
      losses.some((line) => loss.test(line)),
      losses.join('\n'),
    );
    assert.equal(indicators.length, kept);
  });

test('what is doubtful has a low confidence, and is left out and told where only what is sure is wanted', () => {
  const text = 'pc\n2-013-1\n';
  assert.equal(read(text).indicators[0]?.['confidence'], 15);
  const { indicators, losses } = read(text, { sure: true });
  assert.deepEqual(indicators, []);
  assert.match(losses[0] ?? '', /^line 2, point-code itu-14:2-013-1: It can also be of the format/);
});

test('a list that is none is refused whole, with its line', () => {
  assert.match(error(''), /^line 1: There are no rows/);
  assert.match(error('when,who\n1,2\n'), /^line 1: No column of the first line is known to hold values/);
  assert.match(error('value\n"198.51.100.7'), /^line 2, column 1: A quotation mark/);
  assert.match(error('value\n', ['value']), /^columns: "value" is no mapping/);
  assert.match(error('value\n', ['x=ipv4']), /^line 1: There is no column "x"/);
  assert.match(error('a,b\n', ['7=value']), /^line 1: There is no column "7"/);
});

test('a list that `convert --to csv` wrote is read back with all its values', () => {
  const text =
    'type,value\nipv4,198.51.100.7\ndomain,bad.example.org\nglobal-title,32475*\nmsisdn,+32475123456\nplmn,206-01\ndiameter-realm,epc.mnc001.mcc206.3gppnetwork.org\nsms-sender,mybank\nuser-agent,"odd, agent"\nfile-name,a.exe\n';
  const { indicators } = read(text);
  const written = writeCsv(readIndicators(indicators, { now }).indicators);
  assert.equal(written.count, indicators.length);
  assert.deepEqual(new Set(patterns(written.text)), new Set(indicators.map(({ pattern }) => pattern)));
});

const word = fc.oneof(
  fc.constantFrom(
    'value',
    'type',
    'ip',
    'first_seen',
    'tlp',
    'range_from',
    'range_to',
    'cc',
    'labels',
    'confidence',
  ),
  fc.constantFrom(
    '198.51.100.7',
    '+32475123456',
    '32475*',
    '2-013-1',
    'map:71',
    'red',
    '2026-01-01',
    "a'b\\",
    '206-01',
    '1..5',
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
);

test('any list is read into objects that are valid, or refused', () => {
  const row = fc.array(word, { minLength: 1, maxLength: 5 }).map((cells) => cells.join(','));
  fc.assert(
    fc.property(fc.array(row, { maxLength: 8 }), fc.boolean(), (rows, sure) => {
      const result = fromCsv(rows.join('\n'), { now, uuid: () => '', creator, sure });
      if (!result.ok) return assert.ok(result.error.at !== '' && result.error.message !== '');
      for (const object of result.value.objects)
        assert.deepEqual(validateObject(object, { types: telecomTypes }).errors, [], JSON.stringify(object));
    }),
    { numRuns: 500 },
  );
});
