import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Observable, ObservableKind } from '../../packages/telecom/src/index.ts';
import {
  explain,
  isInRange,
  observableKindNames,
  observableKinds,
  parseNumberRange,
  readObservable,
} from '../../packages/telecom/src/index.ts';
import { fuzz, propertyBounds } from '../support/fuzzing.ts';
import { harmless } from '../support/harmless.ts';
import { telecomTexts } from '../support/telecom-texts.ts';

// Identifiers that were spoilt are understood or marked; what was understood is the same when its normal form is read.

const pieces = [
  ...'0123456789+-*#.:;@/xXfF()[]<>{}%,=_~ ',
  '..',
  ' to ',
  'tel:',
  'sip:',
  'gt:',
  'e212:',
  'imsi-',
  '3gppnetwork.org',
  '.mnc001.mcc206',
  '.gprs',
  ';transport=sctp',
  ';phone-context=',
  '0x',
  '__proto__',
  'constructor',
  '\u0660\u0661',
  '\uff11\uff12',
  '\u00b2',
  '\u0130',
  '\ufb01',
  '\u1e9e',
  '\u200d',
  '\u202e',
  'e\u0301',
  'eyJhbGciOiJFUzI1NiJ9.',
];

/**
 * What a reading says that lies in its normal form: not how it was written, nor what the parts say that a normal form leaves out, such as
 * the way to a Diameter peer, and the parameter by which the user of a SIP address is a telephone number.
 */
function meaning(read: Observable): object {
  const rest = { ...read, raw: '', doubts: [], uri: undefined };
  return read.kind === 'sip-uri' ? { ...rest, msisdn: undefined } : rest;
}

function checkKind(kind: ObservableKind, text: string): void {
  const read = readObservable(kind, text);
  assert.equal(read.raw, text, `${kind} keeps what was given`);
  if (read.kind === 'unvalidated') {
    assert.equal(read.as, kind);
    assert.match(read.reason, /\.$/, `${kind} says why`);
    assert.ok(read.reason.length < 300, `${kind}: a reason of ${read.reason.length} characters`);
    return;
  }
  assert.equal(read.kind, kind);
  assert.ok(read.value.length <= 4 * text.length + 64, `${kind}: ${read.value.length} characters`);
  assert.equal(read.value, read.value.trim(), `${kind} has spaces around it`);
  assert.doesNotMatch(read.value, /[\p{Cc}\p{Zl}\p{Zp}]/u, `${kind} has an invisible character`);
  assert.ok(read.doubts.length < 20);
  for (const { message } of read.doubts) assert.ok(message.length < 400, `${kind}: ${message.slice(0, 400)}`);
  const again = observableKinds[kind].parse(read.value);
  assert.ok(again.ok, `${kind} does not read its own ${read.value}`);
  assert.deepEqual(meaning(again.value), meaning(read), `${kind} ${read.value}`);
}

test('an identifier that was spoilt is understood or marked, and its normal form means the same', async (t) => {
  await fuzz(t, {
    corpus: Object.values(telecomTexts).flat(),
    pieces,
    check: (text) => harmless(() => observableKindNames.forEach((kind) => void checkKind(kind, text))),
  });
});

test('what a text can be is explained in the same way each time, in few words, by each kind once', async (t) => {
  await fuzz(t, {
    corpus: Object.entries(telecomTexts).flatMap(([kind, texts]) => [
      ...texts,
      ...texts.map((text) => `${kind}: ${text}`),
    ]),
    pieces: [...pieces, ...observableKindNames.map((kind) => `${kind}:`)],
    check: (text) =>
      harmless(() => {
        const readings = explain(text);
        assert.deepEqual(explain(text), readings);
        const kinds = readings.map(({ observable }) => observable.kind);
        assert.equal(new Set(kinds).size, kinds.length, kinds.join());
        for (const { observable, facts, title, doubts, personal } of readings) {
          // What is said of the number of a technique comes from a table.
          if (observable.kind === 'technique') continue;
          assert.equal(personal, observableKinds[observable.kind].personal);
          assert.ok(title !== '' && facts.length < 30 && doubts.length < 20);
          assert.ok(text.includes(observable.raw), 'what was read stands in the text');
          for (const [name, value] of facts) {
            assert.ok(name !== '' && typeof value === 'string' && value !== '', `${observable.kind} ${name}`);
            assert.ok(value.length <= 4 * text.length + 200, `${observable.kind} ${name}: ${value.length}`);
          }
        }
      }),
  });
});

test('a number lies in a range where it lies between its ends, or begins as it does', () => {
  const digits = (most: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${most}}$`));
  const property = fc.property(
    digits(15),
    digits(15),
    digits(15),
    fc.constantFrom('..', '-', ' to ', '*', 'x'),
    (one, other, number, form) => {
      const text = form === '*' ? `${one}*` : form === 'x' ? `${one}xx` : `${one}${form}${other}`;
      const parsed = harmless(() => parseNumberRange(text));
      if (!parsed.ok) return;
      const { from, to, prefix, open, value } = parsed.value;
      assert.ok(isInRange(from, parsed.value) && isInRange(`+${to}`, parsed.value), value);
      assert.ok(from.startsWith(prefix) && to.startsWith(prefix));
      if (open) return assert.equal(isInRange(number, parsed.value), number.startsWith(prefix));
      const between =
        number.length === from.length && BigInt(number) >= BigInt(from) && BigInt(number) <= BigInt(to);
      assert.equal(isInRange(number, parsed.value), between, `${number} in ${value}`);
      if (between) assert.ok(number.startsWith(prefix));
    },
  );
  fc.assert(property, propertyBounds);
});
