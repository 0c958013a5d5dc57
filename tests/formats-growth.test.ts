import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  extract,
  fromMisp,
  outputFormatNames,
  outputFormats,
  refang,
  toMisp,
} from '../packages/formats/src/index.ts';
import { isTimestamp } from '../packages/stix/src/index.ts';
import { growthFactor, measureGrowth } from '../packages/stix/src/testing/growth.ts';
import { mixedIndicators } from './bench/mixed-indicators.ts';
import { mispEvent } from './support/misp-events.ts';
import { reportText } from './support/report-text.ts';

// No text or file makes the formats work much harder than its length: sixteen times as much takes about sixteen times as long.

/** Between 16 (linear) and 256 (quadratic), with room for a machine that is busy and for caches that are too small. */
const steepest = 160;
const moment = '2026-11-22T00:00:00.000Z';
assert.ok(isTimestamp(moment));
const about = { now: moment, serial: 7, uuid: '11111111-1111-4111-8111-111111111111' };

function row<Input>(name: string, make: (size: number) => Input, work: (input: Input) => unknown): void {
  test(`${name}: in time that grows with its length`, () => {
    const growth = measureGrowth(make, work);
    if (growth === undefined) return;
    const { ratio, size } = growth;
    assert.ok(ratio < steepest, `${growthFactor} times ${size} took ${ratio.toFixed(0)} times as long`);
  });
}

/** What a pattern that backtracks would stumble over, in one word and in many. */
const pieces = [
  'a.',
  'a-',
  '(',
  ')',
  '[.]',
  '[',
  ']',
  '{.}',
  '[dot]',
  '\\.',
  'hxxp',
  'http://',
  'http://a.b/(',
  '+1',
  '+1 ',
  '+1-',
  '1.2.',
  '1',
  '::',
  'a:',
  '@',
  'a@',
  'a@b.',
  '%2',
  '=',
  "'",
  '-',
  '*',
  '_',
  ',',
  ';',
  ';1',
  '|',
  'imsi ',
  'IMSI:1,',
  'gt:',
  'é',
  '\u0301',
  '\u202e',
  '\u0000',
  'eyJ.',
  'x1',
  'T1',
  'CVE-',
  'suci-0-',
  '\n',
  ' ',
  '>',
];
for (const piece of pieces) {
  const repeated = (size: number) => piece.repeat(Math.ceil(size / piece.length));
  row(`extract from ${JSON.stringify(piece)} again and again`, repeated, extract);
  row(`refang ${JSON.stringify(piece)} again and again`, repeated, refang);
}
row('extract from reports', (size) => reportText(size, 1), extract);
row(
  'extract from names that differ',
  (size) => Array.from({ length: size >> 4 }, (_, number) => `bad-${number}[.]example[.]org`).join(' '),
  extract,
);
row('an event of MISP becomes STIX', (size) => JSON.stringify(mispEvent(size >> 6, 1)), fromMisp);
row(
  'STIX becomes an event of MISP',
  (size) => {
    const read = fromMisp(JSON.stringify(mispEvent(size >> 6, 1)));
    assert.ok(read.ok);
    return read.value.objects;
  },
  (objects) => toMisp(objects, about),
);
for (const name of outputFormatNames)
  row(
    `indicators are written as ${name}`,
    (size) => mixedIndicators(size >> 6),
    (objects) => outputFormats[name].write(objects, about),
  );
