import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAcceptable, isTaxiiContent, stixMediaType, taxiiMediaType } from './media-types.ts';

const accepted: readonly (string | undefined)[] = [
  undefined,
  '',
  'application/taxii+json;version=2.1',
  'application/taxii+json; version=2.1',
  'application/taxii+json;version="2.1"',
  'Application/TAXII+JSON ; Version=2.1',
  'application/taxii+json',
  'application/taxii+json;charset=utf-8',
  'application/*',
  '*/*',
  'application/json, text/plain, */*',
  'application/taxii+json;version=2.0, application/taxii+json;version=2.1',
  'text/html;q=1, application/taxii+json;q=0.001',
  'application/taxii+json;version=2.1;q=1.000',
  'application/taxii+json;version=2.1, */*;q=0',
  'nonsense, */*',
  ',,application/*;q=0.5,',
];

const refused: readonly string[] = [
  'application/json',
  'application/stix+json;version=2.1',
  'application/taxii+json;version=2.0',
  'application/taxii+json;version=2.2',
  'application/taxii+json;version=',
  'application/vnd.oasis.taxii+json;version=2.0',
  'text/*',
  'application/taxii+json;version=2.1;q=0',
  'application/taxii+json;version=2.1;q=0, */*',
  'application/taxii+json;q=0.0, application/*',
  'application/taxii+json;q=2',
  'taxii',
  '*/json',
];

for (const header of accepted) {
  test(`TAXII §1.6.8 an Accept of ${header ?? 'nothing'} is answered.`, () => {
    assert.equal(isAcceptable(header, [taxiiMediaType]), true);
  });
}

for (const header of refused) {
  test(`TAXII §1.6.8 an Accept of ${header} is not acceptable.`, () => {
    assert.equal(isAcceptable(header, [taxiiMediaType]), false);
  });
}

test('TAXII §5.3 the type that an endpoint defines beside its own is accepted there.', () => {
  assert.equal(isAcceptable(stixMediaType, [taxiiMediaType, stixMediaType]), true);
});

test('TAXII §5.5 a body is TAXII with the version, or without one.', () => {
  for (const header of [
    'application/taxii+json;version=2.1',
    'application/taxii+json',
    'application/taxii+json; charset=UTF-8; version=2.1',
  ]) {
    assert.equal(isTaxiiContent(header), true, header);
  }
  for (const header of [
    undefined,
    '',
    'application/json',
    'application/stix+json;version=2.1',
    'application/taxii+json;version=2.0',
    'application/taxii+json;charset=latin1',
    '*/*',
    'application/*',
  ]) {
    assert.equal(isTaxiiContent(header), false, header);
  }
});

test('A hostile header is read in time that grows with its length.', () => {
  const header = `${'application/taxii+json;'.repeat(700)}version=`;
  const started = cpuMilliseconds();
  isAcceptable(header, [taxiiMediaType]);
  assert.ok(cpuMilliseconds() - started < 500);
});

/** What this process has computed so far: it does not grow while others use the machine. */
function cpuMilliseconds(): number {
  return process.cpuUsage().user / 1_000;
}
