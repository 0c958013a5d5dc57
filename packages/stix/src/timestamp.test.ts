import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  compareTimestamps,
  formatTimestamp,
  isTimestamp,
  parseTimestamp,
  type StixTimestamp,
  toMicroseconds,
} from './timestamp.ts';

function timestamp(text: string): StixTimestamp {
  assert.ok(isTimestamp(text), text);
  return text;
}

describe('timestamps (§2.16)', () => {
  const right: readonly (readonly [text: string, microseconds: number, digits: number])[] = [
    ['1970-01-01T00:00:00Z', 0, 0],
    ['1969-12-31T23:59:59.999999Z', -1, 6],
    ['2016-04-06T20:03:48.123Z', 1_459_973_028_123_000, 3],
    ['2016-04-06T20:03:48.1234567Z', 1_459_973_028_123_456, 7],
    ['2000-02-29T12:00:00.5Z', 951_825_600_500_000, 1],
    ['2016-12-31T23:59:60Z', 1_483_228_800_000_000, 0],
  ];
  for (const [text, microseconds, digits] of right) {
    it(`reads ${text}`, () => assert.deepEqual(parseTimestamp(text), { microseconds, digits }));
  }

  const wrong = [
    '',
    '2016-04-06',
    '2016-04-06T20:03:48',
    '2016-04-06T20:03:48.Z',
    '2016-04-06T20:03:48.1',
    '2016-04-06T20:03:48+00:00',
    '2016-04-06t20:03:48z',
    '2016-04-06 20:03:48Z',
    '2016-13-06T20:03:48Z',
    '2016-00-06T20:03:48Z',
    '2016-04-00T20:03:48Z',
    '2016-04-31T20:03:48Z',
    '2017-02-29T20:03:48Z',
    '1900-02-29T20:03:48Z',
    '2016-04-06T24:00:00Z',
    '2016-04-06T20:60:00Z',
    '2016-04-06T20:03:60Z',
    '2016-04-06T20:03:48.1a3Z',
    '+016-04-06T20:03:48Z',
    '20160-04-06T20:03:48Z',
    '2016-04-06T20:03:48.123ZZ',
  ];
  for (const text of wrong) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(parseTimestamp(text), undefined));
  }

  it('agrees with the calendar of the language on every day from 1684 to 2255', () => {
    for (let day = Date.UTC(1684, 0, 1); day < Date.UTC(2255, 0, 1); day += 86_400_000) {
      const text = new Date(day).toISOString();
      assert.equal(parseTimestamp(text)?.microseconds, day * 1000, text);
    }
  });

  it('writes what it reads, to the microsecond', () => {
    const year2255 = 8_993_808_000_000_000;
    fc.assert(
      fc.property(fc.integer({ min: -year2255, max: year2255 }), (value) => {
        const text = formatTimestamp(toMicroseconds(value), 6);
        assert.deepEqual(parseTimestamp(text), { microseconds: value, digits: 6 });
      }),
    );
  });

  it('writes milliseconds unless more is asked for', () => {
    assert.equal(formatTimestamp(toMicroseconds(1_459_973_028_123_456)), '2016-04-06T20:03:48.123Z');
    assert.equal(formatTimestamp(toMicroseconds(1_459_973_028_123_456), 5), '2016-04-06T20:03:48.12345Z');
    assert.throws(() => toMicroseconds(0.5), RangeError);
    assert.throws(() => formatTimestamp(toMicroseconds(8_640_000_000_000_000_000)), RangeError);
  });

  it('compares instants, however precisely they are written', () => {
    const sorted = ['2016-04-06T20:03:48Z', '2016-04-06T20:03:48.0000001Z', '2016-04-06T20:03:48.1Z'].map(
      timestamp,
    );
    for (const [left, leftText] of sorted.entries()) {
      for (const [right, rightText] of sorted.entries()) {
        assert.equal(Math.sign(compareTimestamps(leftText, rightText)), Math.sign(left - right));
      }
    }
    assert.equal(
      compareTimestamps(timestamp('2016-04-06T20:03:48Z'), timestamp('2016-04-06T20:03:48.000Z')),
      0,
    );
  });
});
