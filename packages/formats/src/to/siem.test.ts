import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Written } from '../loss.ts';
import { writeCef, writeLeef } from './siem.ts';
import { hostileIndicators, indicator, quoted, read } from './testing/hostile-indicators.ts';

interface Event {
  readonly header: readonly string[];
  readonly fields: ReadonlyMap<string, string>;
}

/** Reads CEF as its specification says: seven headers that end at bars, then keys that begin behind a blank and end at an equals sign. */
function readCef({ text }: Written): readonly Event[] {
  return linesOf(text).map((line) => {
    const header: string[] = [];
    let rest = line;
    for (let at = 0; at < 7; at += 1) {
      const [all = '', cell = ''] =
        /^((?:[^\\|]|\\[\\|])*)\|/.exec(rest) ?? assert.fail(`no header: ${line}`);
      header.push(cell.replace(/\\(.)/g, '$1'));
      rest = rest.slice(all.length);
    }
    const marks = [...rest.matchAll(/(?:^| )([A-Za-z0-9]+)=/g)];
    const fields = marks.map(({ index, 0: mark, 1: key = '' }, at) => {
      const value = rest.slice(index + mark.length, marks[at + 1]?.index ?? rest.length);
      assert.match(value, /^(?:[^\\=]|\\[\\=])*$/);
      return [key, value.replace(/\\(.)/g, '$1')] as const;
    });
    return { header, fields: mapOf(fields) };
  });
}

/** Reads LEEF 2.0 with tabs. */
function readLeef({ text }: Written): readonly Event[] {
  return linesOf(text).map((line) => {
    const [all = '', ...header] =
      /^(LEEF:2\.0)\|([^|]+)\|([^|]+)\|([^|]+)\|([^|]+)\|x09\|/.exec(line) ??
      assert.fail(`no header: ${line}`);
    const fields = line
      .slice(all.length)
      .split('\t')
      .map((attribute) => {
        const [, key = '', value = ''] =
          /^([A-Za-z0-9]+)=(.*)$/.exec(attribute) ?? assert.fail(`no attribute: ${attribute}`);
        return [key, value] as const;
      });
    return { header, fields: mapOf(fields) };
  });
}

function linesOf(text: string): readonly string[] {
  assert.doesNotMatch(text, /[\r\v\f\u0085\u2028\u2029]/);
  return text.split('\n').slice(0, -1);
}

function mapOf(fields: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  const map = new Map(fields);
  assert.equal(map.size, fields.length, 'a key stands once');
  return map;
}

const about = {
  name: 'a|b=c\\d e=f',
  confidence: 83,
  valid_until: '2027-01-01T00:00:00Z',
  indicator_types: ['malicious-activity', 'anonymization'],
  object_marking_refs: ['marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003'],
};

test('CEF: a line says of a value what the indicator does', () => {
  const { indicators } = read(
    indicator("[url:value = 'http://bad.example/a=b|c' OR ipv6-addr:value = '2001:db8::1']", about),
  );
  const written = writeCef(indicators);
  assert.match(
    written.text,
    /^CEF:0\|Belltower\|Belltower\|1\|indicator-url\|Indicator of the kind url\|8\|cat=url cs1Label=value /,
  );
  const [url, address] = readCef(written);
  assert.ok(url !== undefined && address !== undefined);
  assert.deepEqual(Object.fromEntries(url.fields), {
    cat: 'url',
    cs1Label: 'value',
    cs1: 'http://bad.example/a=b|c',
    request: 'http://bad.example/a=b|c',
    msg: 'a|b=c\\d e=f',
    externalId: indicators[0]?.id.slice('indicator--'.length),
    start: '1767225600000',
    end: '1798761600000',
    cs2Label: 'tlp',
    cs2: 'amber+strict',
    cs3Label: 'types',
    cs3: 'malicious-activity anonymization',
    cn1Label: 'confidence',
    cn1: '83',
  });
  assert.equal(address.fields.get('c6a3'), '2001:db8::1');
});

test('LEEF: a line says of a value what the indicator does', () => {
  const { indicators } = read(
    indicator("[network-traffic:dst_ref.value = '198.51.100.7' AND network-traffic:dst_port = 443]", about),
  );
  const [event] = readLeef(writeLeef(indicators));
  assert.ok(event !== undefined);
  assert.deepEqual(event.header, ['LEEF:2.0', 'Belltower', 'Belltower', '1', 'indicator-ipv4']);
  assert.deepEqual(Object.fromEntries(event.fields), {
    cat: 'ipv4',
    sev: '8',
    devTime: '1767225600000',
    indicatorValue: '198.51.100.7',
    dst: '198.51.100.7',
    dstPort: '443',
    indicatorName: 'a|b=c\\d e=f',
    indicatorId: indicators[0]?.id,
    indicatorTypes: 'malicious-activity anonymization',
    validUntil: '1798761600000',
    tlp: 'amber+strict',
    confidence: '83',
  });
});

test('CEF and LEEF: severity follows the confidence, and a range is no address', () => {
  const all = [undefined, 0, 4, 96, 100].map((confidence, at) =>
    indicator(`[ipv4-addr:value ISSUBSET ${quoted(`10.${at}.0.0/16`)}]`, { confidence }),
  );
  const { indicators } = read(...all);
  assert.deepEqual(
    readCef(writeCef(indicators)).map(({ header }) => header[6]),
    ['5', '0', '0', '10', '10'],
  );
  assert.deepEqual(
    readLeef(writeLeef(indicators)).map(({ fields }) => [fields.get('sev'), fields.get('dst')]),
    [
      ['5', undefined],
      ['1', undefined],
      ['1', undefined],
      ['10', undefined],
      ['10', undefined],
    ],
  );
});

test('CEF and LEEF: whatever stands in an indicator, each value is read back from a line of its own', () => {
  fc.assert(
    fc.property(hostileIndicators, (indicators) => {
      const values = new Set(
        indicators.flatMap(({ targets }) => targets.map(({ kind, value }) => `${kind} ${value}`)),
      );
      const cef = readCef(writeCef(indicators)).map(
        ({ fields }) => `${fields.get('cat')} ${fields.get('cs1')}`,
      );
      const leef = readLeef(writeLeef(indicators)).map(
        ({ fields }) => `${fields.get('cat')} ${fields.get('indicatorValue')}`,
      );
      assert.deepEqual(cef, [...values]);
      assert.deepEqual(leef, [...values]);
    }),
    { numRuns: 500 },
  );
});
