import assert from 'node:assert/strict';
import { test } from 'node:test';
import { micros } from '../../platform/time.ts';
import type { TaxiiQuery } from './query.ts';
import { parameters, parseQuery } from './query.ts';

const id = 'indicator--252c7c11-daf2-42bd-843b-be65edca9f61';
const other = 'campaign--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f';

const good: readonly (readonly [string, Partial<TaxiiQuery>])[] = [
  ['', {}],
  ['added_after=2026-01-31T12:00:00.123456Z', { addedAfter: micros(1_769_860_800_123_456) }],
  ['added_after=2026-01-31T12:00:00Z', { addedAfter: micros(1_769_860_800_000_000) }],
  ['added_after=2026-01-31T12:00:00.1234569Z', { addedAfter: micros(1_769_860_800_123_456) }],
  ['added_after=9999-12-31T23:59:59Z', { addedAfter: micros(Number.MAX_SAFE_INTEGER) }],
  ['added_after=0001-01-01T00:00:00Z', { addedAfter: micros(-Number.MAX_SAFE_INTEGER) }],
  ['limit=1', { limit: 1 }],
  ['limit=9007199254740991', { limit: Number.MAX_SAFE_INTEGER }],
  ['next=whatever', { next: 'whatever' }],
  [`match[id]=${id}`, { ids: [id] }],
  [`match%5Bid%5D=${id},${other}`, { ids: [id, other] }],
  ['match[type]=indicator,x-acme-thing', { types: ['indicator', 'x-acme-thing'] }],
  ['match[spec_version]=2.0,2.1', { specVersions: ['2.0', '2.1'] }],
  ['match[version]=last', { versions: { all: false, first: false, last: true, exact: [] } }],
  ['match[version]=all', { versions: { all: true, first: false, last: false, exact: [] } }],
  [
    'match[version]=first,2018-03-02T01:01:01.123Z,last',
    { versions: { all: false, first: true, last: true, exact: ['2018-03-02T01:01:01.123000'] } },
  ],
  [
    'match[version]=2016-03-23T01:01:01Z,2018-03-02T01:01:01.1234567Z',
    {
      versions: {
        all: false,
        first: false,
        last: false,
        exact: ['2016-03-23T01:01:01.000000', '2018-03-02T01:01:01.1234567'],
      },
    },
  ],
];

for (const [search, expected] of good) {
  test(`TAXII §3.4 reads ?${search}`, () => {
    const outcome = parseQuery(new URLSearchParams(search), parameters);
    assert.ok(outcome.ok);
    const given = Object.entries(outcome.value).filter(([, value]) => value !== undefined);
    assert.deepEqual(Object.fromEntries(given), expected);
  });
}

const bad: readonly (readonly [string, string])[] = [
  ['added_after=', '?added_after'],
  ['added_after=yesterday', '?added_after'],
  ['added_after=2026-01-31', '?added_after'],
  ['added_after=2026-01-31T12:00:00', '?added_after'],
  ['added_after=2026-01-31T12:00:00%2B01:00', '?added_after'],
  ['added_after=2026-02-30T12:00:00Z', '?added_after'],
  ['added_after=2026-01-31T12:00:00Z,2026-01-31T12:00:00Z', '?added_after'],
  ['added_after=2026-01-31T12:00:00Z&added_after=2026-01-31T12:00:00Z', '?added_after'],
  ['limit=0', '?limit'],
  ['limit=-1', '?limit'],
  ['limit=1.5', '?limit'],
  ['limit=1e3', '?limit'],
  ['limit=NaN', '?limit'],
  ['limit=', '?limit'],
  ['limit=9007199254740992', '?limit'],
  ['limit=5&limit=6', '?limit'],
  ['next=', '?next'],
  ['next=a&next=b', '?next'],
  ['match[id]=', '?match[id]'],
  ['match[id]=indicator', '?match[id]'],
  ['match[id]=252c7c11-daf2-42bd-843b-be65edca9f61', '?match[id]'],
  [`match[id]=${id},`, '?match[id]'],
  [`match[id]=${id}, ${other}`, '?match[id]'],
  [`match[id]=${id}&match[id]=${other}`, '?match[id]'],
  ['match[type]=Indicator', '?match[type]'],
  ['match[type]=indicator,,malware', '?match[type]'],
  ['match[spec_version]=two', '?match[spec_version]'],
  ['match[spec_version]=2', '?match[spec_version]'],
  ['match[version]=newest', '?match[version]'],
  ['match[version]=LAST', '?match[version]'],
  ['match[version]=all,last', '?match[version]'],
  ['match[version]=all,2016-03-23T01:01:01Z', '?match[version]'],
  ['match[version]=last,last', '?match[version]'],
  ['match[version]=2016-03-23T01:01:01Z,2016-03-23T01:01:01.000Z', '?match[version]'],
  ['match[version]=2016-03-23', '?match[version]'],
];

for (const [search, place] of bad) {
  test(`TAXII §3.4 refuses ?${search}`, () => {
    const outcome = parseQuery(new URLSearchParams(search), parameters);
    assert.ok(!outcome.ok);
    assert.equal(outcome.refusal.code, 'bad-filter');
    assert.equal(outcome.refusal.at, place);
  });
}

for (const name of ['match[foo]', 'match', 'match[id', 'Limit', 'addedAfter', '', '__proto__']) {
  test(`A parameter that does not exist is refused by its name: ${name}`, () => {
    const outcome = parseQuery(new URLSearchParams([[name, '1']]), parameters);
    assert.ok(!outcome.ok);
    assert.equal(outcome.refusal.code, 'unknown-filter');
    assert.equal(outcome.refusal.at, `?${name}`);
  });
}

test('A parameter that another endpoint has is refused where it has none.', () => {
  const outcome = parseQuery(new URLSearchParams('match[type]=indicator'), ['limit']);
  assert.ok(!outcome.ok);
  assert.equal(outcome.refusal.message, 'This endpoint has no parameter match[type]. It takes limit.');
});
