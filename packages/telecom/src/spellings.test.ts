import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { explain, explainMisfit } from './explain.ts';
import type { ObservableKind } from './observable.ts';
import { observableKindNames, observableKinds, readObservable } from './observable.ts';
import { spellings } from './testing/spellings.ts';

const fullWidth = (text: string) =>
  text.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));

/** Ways in which the same text arrives: copied with invisible characters, from a form with wide digits, from a mail with spaces around. */
const disguises: readonly ((text: string) => string)[] = [
  (text) => `  ${text}\t`,
  (text) => `\u200e${text}\u202c`,
  (text) => [...text].join('\u200b'),
  (text) => `\ufeff${text}\u00a0`,
  fullWidth,
];
/** A token is signed bytes: no character of it may be another. */
const asWritten: ReadonlySet<ObservableKind> = new Set<ObservableKind>(['passport']);

test('an identifier is the same however it was copied', () => {
  const written = fc
    .constantFrom(...observableKindNames.filter((kind) => !asWritten.has(kind)))
    .chain((kind) => fc.tuple(fc.constant(kind), spellings(kind), fc.constantFrom(...disguises)));
  fc.assert(
    fc.property(written, ([kind, text, disguise]) => {
      const [plain, other] = [observableKinds[kind].parse(text), observableKinds[kind].parse(disguise(text))];
      assert.ok(plain.ok && other.ok, `${kind} ${text}`);
      assert.equal(other.value.value, plain.value.value);
    }),
    { numRuns: 2_000 },
  );
});

test('whatever is said to be of a kind is understood or kept with the reason, never dropped', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...observableKindNames),
      fc.string({ unit: 'binary', maxLength: 60 }),
      (kind, text) => {
        const read = readObservable(kind, text);
        assert.equal(read.raw, text);
        if (read.kind === 'unvalidated') assert.ok(read.as === kind && read.reason !== '');
        else assert.equal(read.kind, kind);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('a value that names its kind is explained, or it is said why not', () => {
  const named = fc
    .constantFrom(...observableKindNames)
    .chain((kind) => fc.tuple(fc.constant(kind), fc.string({ maxLength: 40 })));
  fc.assert(
    fc.property(named, ([kind, text]) => {
      // A value that begins with a sign or is empty names nothing.
      fc.pre(/^[\w+*]/.test(text) && !/["'`()[\]<>“”‘’«»,;.\s]$/.test(text));
      const found = explain(`${kind}:${text}`);
      const misfit = explainMisfit(`${kind}:${text}`);
      assert.equal(found.length > 0, misfit === undefined, `${kind}:${text}`);
    }),
    { numRuns: 2_000 },
  );
});

test('the time that an explanation takes grows with the length of the text only', () => {
  const spans = ['0', '+1 ', '"', '((', 'a:', '[.]', ',;', '1-', 'imsi:', '. '];
  for (const span of spans)
    for (const length of [1_999, 20_000]) {
      const text = span.repeat(Math.ceil(length / span.length)).slice(0, length);
      const started = process.cpuUsage().user;
      explain(text);
      const spent = process.cpuUsage().user - started;
      assert.ok(spent < 1_500_000, `${spent} µs over ${length} of ${JSON.stringify(span)}`);
    }
});
