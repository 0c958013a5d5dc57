import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { explain } from './explain.ts';
import { countryName } from './explaining/country-name.ts';
import { observableKindNames } from './observable.ts';
import { parseGlobalTitle } from './signalling/global-title.ts';

/** What an analyst means who pastes this, and something that they are told about it. */
const table: readonly (readonly [text: string, kind: string, fact: readonly [string, string]])[] = [
  ['+32475123456', 'msisdn', ['country', 'Belgium (BE)']],
  ['0032 475 12 34 56', 'msisdn', ['use', 'mobile']],
  ['206011234567890', 'imsi', ['country', 'Belgium (BE)']],
  ['310260123456789', 'imsi', ['country', 'United States (US)']],
  ['490154203237518', 'imei', ['type allocation code', '49015420']],
  ['8944110068256270054', 'iccid', ['calling code', '+44']],
  ['2-013-1', 'point-code', ['number', '4201']],
  ['206-01', 'plmn', ['country', 'Belgium (BE)']],
  ['nrf.5gc.mnc001.mcc206.3gppnetwork.org', '3gpp-domain', ['what', 'nrf.5gc']],
  ['internet.mnc001.mcc206.gprs', 'apn', ['network', 'internet']],
  ['map:71', 'signalling-operation', ['operation', 'anyTimeInterrogation']],
  ['gt: 32475*', 'global-title', ['prefix', 'all titles that begin so']],
  ['gt:206011234567890', 'global-title', ['country', 'Egypt (EG)']],
  ['pc: ansi-24:1-2-3', 'point-code', ['number', '66051']],
  ['sip:+32475123456@ims.example;user=phone', 'sip-uri', ['telephone number', '+32475123456']],
  ['1-0000FF', 's-nssai', ['slice type', '1, enhanced mobile broadband']],
  ['cgi:206-01-1234-56789', 'cell', ['cell', '56789']],
  ['fgt5012.008', 'technique', ['part of', 'Locate UE (FGT5012)']],
  ['MOT1477.301', 'technique', ['part of', 'Exploit via Radio Interface (MOT3006)']],
  ['FGT1611', 'technique', ['seen', 'observed in enterprise networks']],
  ['aaa://hss.example.com;transport=sctp', 'diameter-identity', ['transport', 'sctp']],
];

for (const [text, kind, [name, value]] of table) {
  test(`${text} is taken as ${kind} first, with ${name} ${value}`, () => {
    const [first] = explain(text);
    assert.equal(first?.observable.kind, kind);
    assert.ok(
      first.facts.some((fact) => fact[0] === name && fact[1] === value),
      JSON.stringify(first.facts),
    );
  });
}

test('a domain of 3GPP is a Diameter identity as well, and nothing else', () => {
  const kinds = explain('epc.mnc001.mcc206.3gppnetwork.org').map(({ observable }) => observable.kind);
  assert.deepEqual(kinds, ['3gpp-domain', 'diameter-identity']);
});

test('the categories of an operation name their source', () => {
  const [first] = explain('map:cancelLocation');
  const categories = first?.facts.filter(([name]) => name.startsWith('category')) ?? [];
  assert.equal(categories.length, 2);
  for (const [, text] of categories) assert.match(text, /SigFW|white paper/);
});

test('what identifies a person is said to be personal', () => {
  for (const text of ['+32475123456', '206011234567890', '490154203237518', 'imsi-206011234567890']) {
    const [first] = explain(text);
    assert.ok(first?.personal, text);
    assert.ok(first.doubts.some(({ code }) => code === 'identifies-a-person'));
  }
});

test('only numbers of E.164 and E.214 begin with the calling code of a country', () => {
  for (const [title, country] of [
    ['32475123456', 'BE'],
    ['e214:32475123456', 'BE'],
    // 208 is France to X.121, and 20 Egypt to E.164.
    ['x121:208012345678', undefined],
    ['f69:208012345678', undefined],
  ] as const) {
    const read = parseGlobalTitle(title);
    assert.equal(read.ok && read.value.country, country, title);
  }
});

test('a text that fits nothing has no explanation', () => {
  assert.deepEqual(explain('a sentence about nothing in particular'), []);
  assert.deepEqual(explain(''), []);
});

test('any text is explained in the same way each time, by kinds that were asked for', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.subarray([...observableKindNames]),
      (text, kinds) => {
        const found = explain(text, kinds);
        assert.deepEqual(explain(text, kinds), found);
        for (const { observable } of found) assert.ok(kinds.includes(observable.kind));
      },
    ),
    { numRuns: 300 },
  );
});

test('countries have English names', () => {
  assert.equal(countryName('DE'), 'Germany (DE)');
  assert.equal(countryName('nowhere'), 'nowhere');
});
