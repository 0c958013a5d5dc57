import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { displayPointCode, parsePointCode, pointCodeFormatNames, pointCodeFormats } from './point-code.ts';

test('Q.708: 2-013-1 is 4201, and 4201 is 2-013-1', () => {
  const read = parsePointCode('2-13-1', 'itu-14');
  assert.ok(read.ok);
  assert.equal(read.value.number, 4_201);
  assert.equal(read.value.value, 'itu-14:2-013-1');
  const same = parsePointCode('itu-14:4201');
  assert.ok(same.ok);
  assert.equal(same.value.value, read.value.value);
});

test('T1.111.4: the parts of an ANSI point code are bytes', () => {
  const read = parsePointCode('ansi-24:1-2-3');
  assert.ok(read.ok);
  assert.equal(read.value.number, 0x01_02_03);
  assert.ok(!parsePointCode('ansi-24:1-2-256').ok);
});

test('Q.704 §14.2.1: in every format a number and its parts say the same', () => {
  const codes = fc.constantFrom(...pointCodeFormatNames).chain((format) => {
    const width = pointCodeFormats[format].bits.reduce<number>((sum, bits) => sum + bits, 0);
    return fc.record({ format: fc.constant(format), number: fc.nat(2 ** width - 1) });
  });
  fc.assert(
    fc.property(codes, ({ format, number }) => {
      const parts = parsePointCode(displayPointCode(number, format), format);
      const whole = parsePointCode(`${format}:${number}`);
      assert.ok(parts.ok && whole.ok);
      assert.equal(parts.value.number, number);
      assert.equal(whole.value.value, parts.value.value);
      const again = parsePointCode(parts.value.value);
      assert.ok(again.ok);
      assert.deepEqual({ ...again.value, raw: '' }, { ...parts.value, raw: '' });
    }),
  );
});

test('without its format a point code that fits several is in doubt', () => {
  const read = parsePointCode('2-013-1');
  assert.ok(read.ok);
  assert.equal(read.value.format, 'itu-14');
  assert.deepEqual(
    read.value.doubts.map(({ code }) => code),
    ['ambiguous'],
  );
  assert.ok(!parsePointCode('4201').ok);
  assert.ok(!parsePointCode('206-01').ok);
});

for (const text of [
  '',
  '-',
  '1-2-3-4-5',
  '8-256-9-1-1',
  'itu-14:16384',
  'itu-14:8-0-0',
  'xx-9:1-1-1',
  '1--2-3',
  '99999999999',
]) {
  test(`${JSON.stringify(text)} is no point code`, () => {
    assert.ok(!parsePointCode(text).ok);
  });
}
