import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { extract } from './extract.ts';
import { refang } from './refang.ts';

const found = (text: string) => extract(text).found.map(({ kind, value }) => `${kind} ${value}`);

/** Sentences, and everything that is to be found in them. */
const table: Readonly<Record<string, readonly string[]>> = {
  'It called hxxps[:]//login[.]example[.]com/a?b=c, then stopped.': [
    'url https://login.example.com/a?b=c',
    'domain login.example.com',
  ],
  'From 203.0.113[.]7:8080 and (198[.]51[.]100[.]0/24).': ['ipv4 203.0.113.7', 'ipv4 198.51.100.0/24'],
  'Version 1.2.3.4.5 and 300.1.1.1 and 01.2.3.4 are no addresses.': [],
  'http://[2001:DB8::2]:80/x and 2001:db8:0:0::1': [
    'url http://[2001:db8::2]:80/x',
    'ipv6 2001:db8::2',
    'ipv6 2001:db8::1',
  ],
  'from 2001:db8::, ::0 and 2001:db8:1::: std::, fe::': ['ipv6 2001:db8::', 'ipv6 2001:db8:1::', 'ipv6 fe::'],
  'at 10:30:15 on 12:00': [],
  'hashes d41d8cd98f00b204e9800998ecf8427e,E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855':
    [
      'md5 d41d8cd98f00b204e9800998ecf8427e',
      'sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    ],
  'mail bad.guy[at]evil[.]net or <foo@bar.example.com>.': [
    'email bad.guy@evil.net',
    'email foo@bar.example.com',
  ],
  '(CVE-2024-12345), cve-2023-0001; T1557.001/FGT5012.003, MOT3001.301': [
    'cve CVE-2024-12345',
    'cve CVE-2023-0001',
    'attack T1557.001',
    'fight FGT5012.003',
    'motif MOT3001.301',
  ],
  'T1557.001 TA0043 FGT5012 FGM1005 AS64496 00:1A:2b:3c:4d:5e': [
    'attack T1557.001',
    'attack TA0043',
    'fight FGT5012',
    'fight FGM1005',
    'asn 64496',
    'mac 00:1a:2b:3c:4d:5e',
  ],
  'GTs 32475000001, 32475000002 and +32475000003 (E.164)': [
    'global-title 32475000001',
    'global-title 32475000002',
    'msisdn +32475000003',
  ],
  'The number 32475000001 means nothing alone.': [],
  'global title: 32475* point code 2-013-1, OPC=2-014-1': [
    'global-title 32475*',
    'point-code itu-14:2-013-1',
    'point-code itu-14:2-014-1',
  ],
  'IMSI: 206011234567890; IMEI=490154203237518 ICCID 8944110068256270054': [
    'imsi 206011234567890',
    'imei 490154203237518',
    'iccid 8944110068256270054',
  ],
  'Devices 490154203237518 and 206011234567890, order 123456789012345.': [
    'imei 490154203237518',
    'imsi 206011234567890',
  ],
  'IMSI catchers, the GT level, an APN of theirs and the point code plan': [],
  'PLMN 206-01 via internet.mnc001.mcc206.gprs, apn: corp.m2m, hss.epc.mnc001.mcc206.3gppnetwork.org': [
    'plmn 206-01',
    'apn internet.mnc001.mcc206.gprs',
    'apn corp.m2m',
    '3gpp-domain hss.epc.mnc001.mcc206.3gppnetwork.org',
  ],
  'Call +32 475 12 34 56, tel:+32-475-12.34.57 or sip:+32475123458@ims.example;user=phone': [
    'msisdn +32475123456',
    'tel-uri tel:+32475123457',
    'sip-uri sip:+32475123458@ims.example',
  ],
  'suci-0-206-01-0-1-27-abcd imsi-206011234567890 msisdn-32475123456 imei-490154203237518': [
    'suci suci-0-206-01-0-1-27-abcd',
    'supi imsi-206011234567890',
    'gpsi msisdn-32475123456',
    'pei imei-490154203237518',
  ],
  'See https://en.wikipedia.org/wiki/SS7_(protocol) (and its notes).': [
    'url https://en.wikipedia.org/wiki/SS7_(protocol)',
    'domain en.wikipedia.org',
  ],
};

for (const [text, expected] of Object.entries(table)) {
  test(`finds ${expected.length === 0 ? 'nothing' : expected.join(', ').slice(0, 60)} in: ${text.slice(0, 60)}`, () => {
    const missing = expected.filter((value) => !found(text).includes(value));
    const extra = found(text).filter((value) => !expected.includes(value));
    assert.deepEqual({ missing, extra }, { missing: [], extra: [] });
  });
}

/** Ways in which analysts write a dot, a scheme and an at sign. */
const dots = fc.constantFrom('.', '[.]', '(.)', '{.}', '[dot]', '\\.', '[.', '.]');
const label = fc.string({
  unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'),
  minLength: 3,
  maxLength: 12,
});

test('a domain is found however its dots are hidden', () => {
  fc.assert(
    fc.property(
      fc.array(label, { minLength: 1, maxLength: 3 }),
      fc.array(dots, { minLength: 3, maxLength: 3 }),
      (labels, hidden) => {
        const parts = [...labels, 'example-zone', 'net'];
        const written = parts.reduce(
          (text, part, index) => text + (hidden[index % hidden.length] ?? '.') + part,
        );
        assert.equal(refang(written), parts.join('.'));
        assert.ok(found(`we saw ${written}, today`).includes(`domain ${parts.join('.')}`), written);
      },
    ),
  );
});

const planted = fc.constantFrom(
  '198.51.100.23',
  'hxxp://bad[.]example[.]org/x',
  'CVE-2021-44228',
  '+32475123456',
  'imsi-206011234567890',
  'epc.mnc001.mcc206.3gppnetwork.org',
  'd41d8cd98f00b204e9800998ecf8427e',
  'T1059',
);
const filler = fc.string({
  unit: fc.constantFrom(...'abc ,.;:()[]{}-\'"\n\t/=+0123456789@é'),
  maxLength: 60,
});

test('what is planted between spaces is found, and every place says what stands there', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(filler, planted), { maxLength: 8 }), (parts) => {
      const text = parts.map(([before, value]) => `${before} ${value} `).join('');
      const all = extract(text).found;
      for (const { places } of all) {
        for (const { offset, length, raw, line, column } of places) {
          assert.equal(text.slice(offset, offset + length), raw);
          const lines = text.slice(0, offset).split('\n');
          assert.deepEqual([line, column], [lines.length, (lines.at(-1)?.length ?? 0) + 1]);
        }
      }
      const raws = new Set(all.flatMap(({ places }) => places.map(({ raw }) => raw)));
      for (const [, value] of parts) assert.ok(raws.has(value), `${value} in ${JSON.stringify(text)}`);
    }),
    { numRuns: 300 },
  );
});

test('any text is taken, and what is found stays within its bounds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const { found: all, leftOut } = extract(text, { most: 2, places: 1 });
      assert.ok(all.length <= 2 && leftOut >= 0);
      for (const { places } of all) assert.equal(places.length, 1);
    }),
    { numRuns: 500 },
  );
});

test('time grows with the length of a text only, whatever stands in it', () => {
  const spans = [
    'a.',
    '(',
    '[.]',
    'hxxp',
    '+1 ',
    '1.2.',
    '::',
    '@',
    'a@',
    '%2',
    '=',
    'http://a.b/(',
    "'",
    '-',
    'imsi ',
    '1',
    'IMSI:1,',
    'é',
    '\u0000',
    'eyJ.',
  ];
  for (const span of spans) {
    const text = span.repeat(Math.ceil(200_000 / span.length));
    const started = process.cpuUsage().user;
    extract(text);
    const spent = (process.cpuUsage().user - started) / 1_000;
    assert.ok(spent < 2_000, `${spent} ms over 200 kB of ${JSON.stringify(span)}`);
  }
});
