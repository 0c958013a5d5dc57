import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isInRange, parseNumberRange } from '@belltower/telecom';
import fc from 'fast-check';
import type { Written } from '../loss.ts';
import { writeAsterisk } from './asterisk.ts';
import { numberPrefixes } from './number-prefixes.ts';
import { writeKamailio, writeOpensips } from './sip-proxy.ts';
import { hostileIndicators, indicator, read } from './testing/hostile-indicators.ts';

const ranges: Readonly<Record<string, readonly string[]>> = {
  '+32475123456': ['32475123456/11'],
  '32475*': ['32475'],
  '32475000000..32475999999': ['32475/11'],
  '32475000000..32475000000': ['32475000000/11'],
  '32475099999..32475200000': ['32475099999/11', '324751/11', '32475200000/11'],
  '00..99': ['0/2', '1/2', '2/2', '3/2', '4/2', '5/2', '6/2', '7/2', '8/2', '9/2'],
};

for (const [value, expected] of Object.entries(ranges)) {
  test(`${value} is ${expected.length} beginnings of numbers`, () => {
    const found = numberPrefixes({ kind: 'number-range', value });
    assert.deepEqual(
      found.map(({ digits, length }) => [digits, length].filter(Boolean).join('/')),
      expected,
    );
  });
}

test('the beginnings of a range hold its numbers and no others, and are few', () => {
  const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
  const three = fc
    .integer({ min: 1, max: 15 })
    .chain((length) => fc.tuple(digits(length), digits(length), digits(length)));
  fc.assert(
    fc.property(three, ([one, other, number]) => {
      const value = [one, other].toSorted().join('..');
      const range = parseNumberRange(value);
      assert.ok(range.ok);
      const prefixes = numberPrefixes({ kind: 'number-range', value });
      assert.ok(prefixes.length <= 18 * one.length);
      for (const probe of [number, one, other]) {
        const holds = prefixes.filter(
          (prefix) => probe.startsWith(prefix.digits) && prefix.length === probe.length,
        );
        assert.equal(holds.length, isInRange(probe, range.value) ? 1 : 0);
      }
    }),
    { numRuns: 500 },
  );
});

test('a value that several indicators name holds until the last of them ends', () => {
  const pattern = "[phone-number:value LIKE '32475%']";
  const written = (...untils: readonly (string | undefined)[]) =>
    writeAsterisk(
      read(...untils.map((valid_until) => indicator(pattern, { valid_until }))).indicators,
    ).text.split('[belltower-listed]\n')[1];
  const [soon, late] = ['2027-01-01T00:00:00Z', '2028-01-01T00:00:00Z'];
  for (const untils of [
    [soon, late],
    [late, soon],
  ])
    assert.equal(
      written(...untils),
      `exten => 32475,1,ExecIf($[\${EPOCH} < 1830297600]?Hangup(21))\n same => n,Return()\n`,
    );
  for (const untils of [
    [soon, undefined],
    [undefined, soon],
  ])
    assert.equal(written(...untils), 'exten => 32475,1,Hangup(21)\n');
});

test('Asterisk: addresses are a file of their own, and a loss where there can be none', () => {
  const { indicators } = read(
    indicator("[ipv4-addr:value = '198.51.100.7' OR ipv6-addr:value ISSUBSET '2001:db8::/32']"),
  );
  const { files } = writeAsterisk(indicators, { files: true });
  assert.deepEqual(files, [
    { name: 'belltower-acl.conf', text: '[belltower]\ndeny = 198.51.100.7/32\ndeny = 2001:db8::/32\n' },
  ]);
  const alone = writeAsterisk(indicators);
  assert.deepEqual([alone.files, alone.losses.length], [undefined, 2]);
});

/** Lines that come of indicators; all others stand in an empty list as well. */
const ownLines: readonly (readonly [
  name: string,
  write: (all: Parameters<typeof writeKamailio>[0]) => Written,
  line: RegExp,
])[] = [
  [
    'Kamailio',
    writeKamailio,
    /^ {4}(?:\$var\(bt_lists\) = "[a-z0-9:.|;/]*";|route\(BELLTOWER_FILL\);|if \((?:\$Ts < \d+ && )?is_in_subnet\("\$si", "[0-9a-f:./,]+"\)\) return\(1\);)$/,
  ],
  [
    'OpenSIPS',
    writeOpensips,
    /^ {4}(?:\$var\(bt_lists\) = "[a-z0-9:.|;/]*";|route\(BELLTOWER_FILL\);|if \((?:\$Ts < \d+ && )?\((?:\$\(si\{ip\.matches,[0-9a-f:./]+\}\) == 1(?: \|\| )?)+\)\) return\(1\);)$/,
  ],
  [
    'Asterisk',
    writeAsterisk,
    /^exten => \d+(?:l\d+)?,1,(?:Hangup\(21\)|ExecIf\(\$\[\$\{EPOCH\} < \d+\]\?Hangup\(21\)\))$/,
  ],
];

for (const [name, write, line] of ownLines) {
  test(`${name}: whatever stands in an indicator, it adds lines of a few forms`, () => {
    const frame = new Set(write([]).text.split('\n'));
    fc.assert(
      fc.property(hostileIndicators, (indicators) => {
        for (const text of write(indicators).text.split('\n')) if (!frame.has(text)) assert.match(text, line);
      }),
      { numRuns: 300 },
    );
  });
}

test('a proxy keeps 50,000 addresses in few strings of bounded length', () => {
  const some = Array.from({ length: 50 }, (_, at) =>
    indicator(
      `[ipv4-addr:value IN (${Array.from({ length: 1_000 }, (_, n) => `'10.${at}.${n >> 8}.${n & 255}'`).join(', ')})]`,
    ),
  );
  const { text, count } = writeKamailio(read(...some).indicators);
  assert.equal(count, 50_000);
  const strings = [...text.matchAll(/bt_lists\) = "([^"]*)"/g)].map(([, list = '']) => list);
  assert.ok(strings.length < 50 && strings.every((list) => list.length < 60_000), String(strings.length));
  const keys = strings.flatMap((list) =>
    list.split(';').flatMap((part) => part.split('|').filter((_, at) => at % 2 === 0)),
  );
  assert.equal(new Set(keys).size, 50_000);
});
