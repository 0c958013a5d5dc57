import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { micros } from '../../platform/time.ts';
import { position } from '../exchange/index.ts';
import type { CursorScope } from './cursor.ts';
import { formatCursor, parseCursor } from './cursor.ts';
import { parameters, parseQuery } from './query.ts';

const ends = fc
  .tuple(fc.maxSafeNat(), fc.maxSafeNat())
  .map(([at, added]) => ({ position: position(at), added: micros(added) }));

function scope(search: string, more: Partial<CursorScope> = {}): CursorScope {
  const query = parseQuery(new URLSearchParams(search), parameters);
  assert.ok(query.ok);
  return { endpoint: 'objects', root: 'community', collectionId: 'c', query: query.value, ...more };
}

const filters = 'match[type]=campaign,malware&match[version]=first,last';

test('TAXII §3.5 a cursor comes back as the place where its page ended, with another limit and another added_after.', () => {
  fc.assert(
    fc.property(ends, (end) => {
      const text = formatCursor(end, scope(filters));
      const later = scope(`${filters}&limit=7&added_after=2026-01-01T00:00:00Z&next=${text}`);
      assert.deepEqual(parseCursor(text, later), { ok: true, value: end });
      assert.match(text, /^[\w-]+$/);
    }),
  );
});

test('TAXII §3.5 the order in which a list names its values is no other question.', () => {
  const end = { position: position(4), added: micros(5) };
  const text = formatCursor(end, scope(filters));
  const turned = scope('match[version]=last,first&match[type]=malware,campaign');
  assert.deepEqual(parseCursor(text, turned), { ok: true, value: end });
});

const others: readonly (readonly [string, CursorScope])[] = [
  ['collection', scope(filters, { collectionId: 'd' })],
  ['API root', scope(filters, { root: 'other' })],
  ['endpoint', scope(filters, { endpoint: 'manifest' })],
  ['object', scope(filters, { objectId: 'campaign--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f' })],
  ['filter', scope('match[type]=campaign&match[version]=first,last')],
  ['choice of versions', scope('match[type]=campaign,malware&match[version]=all')],
  ['default', scope('match[type]=campaign,malware')],
];

for (const [what, elsewhere] of others) {
  test(`TAXII App. B a cursor of another ${what} is refused.`, () => {
    fc.assert(
      fc.property(ends, (end) => {
        assert.equal(parseCursor(formatCursor(end, scope(filters)), elsewhere).ok, false);
      }),
    );
  });
}

test('A cursor has one spelling: with zeros before a number it is refused.', () => {
  const text = formatCursor({ position: position(10), added: micros(1_000) }, scope(filters));
  for (const changed of [`0${text}`, text.replace('-', '-0')])
    assert.equal(parseCursor(changed, scope(filters)).ok, false, changed);
});

test('A cursor that was made up, or changed anywhere, is refused with its place.', () => {
  fc.assert(
    fc.property(ends, fc.nat(), fc.constantFrom(...'0aZ_-'), (end, at, character) => {
      const text = formatCursor(end, scope(filters));
      const index = at % text.length;
      const changed = `${text.slice(0, index)}${character}${text.slice(index + 1)}`;
      const outcome = parseCursor(changed, scope(filters));
      assert.equal(outcome.ok, changed === text);
      if (!outcome.ok) assert.equal(outcome.refusal.at, '?next');
    }),
  );
  for (const text of [
    '',
    '1',
    '123456789',
    '1-1-',
    'zzzzzzzzzzz-zzzzzzzzzzz-AAAAAAAAAAAAAAAA',
    '../../etc',
  ]) {
    const outcome = parseCursor(text, scope(filters));
    assert.ok(!outcome.ok);
    assert.equal(outcome.refusal.code, 'bad-cursor');
  }
});
