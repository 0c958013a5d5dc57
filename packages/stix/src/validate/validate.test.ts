import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { objectShapes } from '../model/shapes.ts';
import { cpuMilliseconds } from '../testing/cpu-milliseconds.ts';
import { maximumFindings, type ObjectResult } from './report.ts';
import { ruleIds } from './rules.ts';
import { validateBundle } from './validate-bundle.ts';
import { validateObject } from './validate-object.ts';

const id = (type: string): string => `${type}--1b4e28ba-2fa1-4d2b-883f-0016d3cca427`;

const indicator = {
  type: 'indicator',
  spec_version: '2.1',
  id: id('indicator'),
  created: '2026-03-01T09:30:00.000Z',
  modified: '2026-03-01T09:30:00.000Z',
  name: 'Signalling scan',
  description: 'Scans for subscribers',
  pattern: "[ipv4-addr:value = '198.51.100.3']",
  pattern_type: 'stix',
  valid_from: '2026-03-01T09:30:00Z',
};

/** Objects that look like STIX: known types and property names with any values, so that checks are reached. */
const likeStix = fc.constantFrom(...objectShapes.values()).chain((shape) => {
  const names = fc.constantFrom(
    ...Object.keys(shape.properties),
    'extensions',
    'granular_markings',
    '__proto__',
  );
  const value = fc.oneof(
    fc.jsonValue({ stringUnit: 'binary' }),
    fc.constantFrom(indicator.id, indicator.created, 'marking-definition--x', shape.name, '2.1'),
    fc.array(fc.dictionary(names, fc.jsonValue()), { maxLength: 3 }),
  );
  return fc.dictionary(names, value).map((content) => {
    const text = JSON.stringify({ ...content, type: shape.name, id: id(shape.name) });
    const parsed: unknown = JSON.parse(text);
    return parsed;
  });
});

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([name, member]) => [name, shuffled(member)]));
}

function sorted({ errors, warnings }: ObjectResult): readonly string[] {
  return [...errors, ...warnings].map((finding) => JSON.stringify(finding)).sort();
}

describe('validation', () => {
  it('never throws, on any JSON value', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue({ stringUnit: 'binary' }), likeStix), (value) => {
        validateObject(value, { pedantic: true });
        validateBundle(value);
        validateBundle({ type: 'bundle', id: id('bundle'), objects: [value, value] });
        validateBundle({ type: 'bundle', id: id('bundle'), objects: value });
      }),
      { numRuns: 1000 },
    );
  });

  it('gives rules that exist, paths from the object, and messages', () => {
    const known: ReadonlySet<string> = new Set(ruleIds);
    fc.assert(
      fc.property(likeStix, (value) => {
        const { errors, warnings } = validateObject(value);
        for (const finding of [...errors, ...warnings]) {
          assert.ok(known.has(finding.rule));
          assert.ok(finding.path.startsWith('$'));
          assert.ok(finding.message.length > 5);
        }
      }),
    );
  });

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(likeStix, (value) => {
        const found = sorted(validateObject(value));
        // Which findings are left out of too many does depend on it.
        if (found.length <= maximumFindings) assert.deepEqual(sorted(validateObject(shuffled(value))), found);
      }),
    );
  });

  it('sees own properties only, and own properties of any name', () => {
    const hostile: unknown = JSON.parse(
      '{"type":"indicator","__proto__":{"name":"x"},"constructor":1,"toString":{}}',
    );
    const { errors, warnings } = validateObject(hostile);
    const paths = [...errors, ...warnings].map((finding) => finding.path);
    assert.ok(['$.__proto__', '$.constructor', '$.toString', '$.name'].every((path) => paths.includes(path)));
    assert.deepEqual(
      validateObject(Object.create({ type: 'identity' })).errors[0]?.rule,
      'required-property',
    );
  });

  it('writes paths that can be followed', () => {
    const object = { ...indicator, external_references: [{ source_name: 'a', hashes: { "It's": 1 } }] };
    const paths = validateObject(object).errors.map((finding) => finding.path);
    assert.ok(paths.includes(String.raw`$.external_references[0].hashes['It\'s']`));
  });

  it('says what was probably meant', () => {
    const object = { ...indicator, indicator_types: ['malicous-activity'], valid_form: 'x' };
    const messages = validateObject(object).warnings.map((finding) => finding.message);
    assert.ok(messages.some((message) => message.endsWith('Did you mean "malicious-activity"?')));
    assert.ok(messages.some((message) => message.endsWith('Did you mean "valid_from"?')));
  });

  it('keeps a hundred findings and says that there were more', () => {
    const object = { ...indicator, labels: Array.from({ length: 1000 }, () => 1) };
    const { errors } = validateObject(object);
    assert.equal(errors.length, maximumFindings + 1);
    assert.equal(errors.at(-1)?.rule, 'too-many-findings');
  });

  it('says what stands in the place of a bundle', () => {
    for (const value of [indicator, [], null, 'bundle']) {
      const { bundle, objects } = validateBundle(value);
      assert.deepEqual(
        bundle.errors.map((finding) => finding.rule),
        ['object-form'],
      );
      assert.deepEqual(objects, []);
    }
  });

  it('gives each object of a bundle its own result', () => {
    const bundle = {
      type: 'bundle',
      id: id('bundle'),
      objects: [indicator, { ...indicator, pattern: '[' }, 7],
    };
    const { bundle: whole, objects } = validateBundle(bundle);
    assert.deepEqual(
      objects.map((result) => result.errors.map((finding) => finding.rule)),
      [[], ['pattern-syntax'], ['object-form']],
    );
    assert.deepEqual(
      objects.map((result) => result.type),
      ['indicator', 'indicator', undefined],
    );
    assert.deepEqual(
      whole.errors.map((finding) => finding.path),
      ['$.objects[2]'],
    );
  });
});

describe('validation of hostile input', () => {
  const big = 'a'.repeat(1_000_000);
  const keys = (name: (at: number) => string): object =>
    Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [name(at), at]));
  const nested = (open: string, close: string): unknown =>
    JSON.parse(open.repeat(50_000) + close.repeat(50_000));
  const many = (value: unknown): readonly unknown[] => Array.from({ length: 100_000 }, () => value);

  const inputs: Readonly<Record<string, unknown>> = {
    'a megabyte in every string': Object.fromEntries(Object.keys(indicator).map((name) => [name, big])),
    'a megabyte in strings with a grammar': [
      ['url', { value: `http://${big}%` }],
      ['url', { value: `${'a+'.repeat(500_000)} ` }],
      ['domain-name', { value: `${'a-'.repeat(500_000)}.` }],
      ['domain-name', { value: 'a.'.repeat(500_000) }],
      ['email-addr', { value: `${'a.'.repeat(500_000)}@` }],
      ['email-addr', { value: `"${'\\"'.repeat(500_000)}@a` }],
      ['ipv4-addr', { value: '1.'.repeat(500_000) }],
      ['ipv6-addr', { value: ':'.repeat(1_000_000) }],
      ['mac-addr', { value: '00:'.repeat(333_333) }],
      [
        'software',
        { name: 'a', cpe: `cpe:2.3:a${'\\:'.repeat(500_000)}`, languages: ['a-'.repeat(500_000)] },
      ],
      ['windows-registry-key', { key: `HKLM${'\\'.repeat(1_000_000)}` }],
      ['network-traffic', { protocols: ['a-'.repeat(500_000)], src_ref: 'a--'.repeat(333_333) }],
      [
        'artifact',
        { payload_bin: `${'A'.repeat(1_000_000)}=A==`, mime_type: `application/${'+'.repeat(1_000_000)}/` },
      ],
      [
        'file',
        { hashes: { SSDEEP: '1:'.repeat(500_000), [big]: big }, magic_number_hex: 'f'.repeat(1_000_001) },
      ],
      ['location', { country: big, region: `${' '.repeat(500_000)}x${'_'.repeat(500_000)}` }],
      ['relationship', { relationship_type: `${'_ '.repeat(500_000)}!` }],
      ['identity', { lang: 'a-b-'.repeat(250_000), created: `2026-03-01T00:00:00.${'0'.repeat(1_000_000)}` }],
      ['malware-analysis', { product: ` ${'\t_'.repeat(500_000)}A` }],
    ].map(([type, content]) => ({ type, ...(typeof content === 'object' ? content : {}) })),
    'a hundred thousand keys': { ...indicator, ...keys((at) => `x_key_${at}`) },
    'a hundred thousand keys that look misspelt': { ...indicator, ...keys((at) => `pattern_tyqe${at}`) },
    'a hundred thousand extensions': { ...indicator, extensions: keys((at) => `x-${at}-ext`) },
    'a hundred thousand dictionary keys': { type: 'process', environment_variables: keys((at) => `A ${at}`) },
    'a hundred thousand wrong terms': { ...indicator, indicator_types: many('malicous-activity') },
    'a hundred thousand wrong references': { type: 'report', object_refs: many('reprot--1') },
    'a hundred thousand selectors': {
      ...indicator,
      granular_markings: [{ lang: 'en', selectors: many('name.name.name') }],
    },
    'a selector of a megabyte': { ...indicator, granular_markings: [{ selectors: ['a.'.repeat(500_000)] }] },
    'lists nested fifty thousand deep': { ...indicator, x_example_com_tree: nested('[', ']') },
    'extensions nested fifty thousand deep': {
      type: 'file',
      name: 'a',
      id: id('file'),
      extensions: nested('[', ']'),
    },
    'objects nested fifty thousand deep': {
      type: 'file',
      id: 'file--28bb3599-77cd-5a82-a950-b5bc3caf07c4',
      extensions: JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`),
    },
    'a pattern of a megabyte': { ...indicator, pattern: `[a:b = '${big}']` },
    'a pattern nested deep': { ...indicator, pattern: `${'('.repeat(100_000)}[a:b = 1]` },
  };

  for (const [title, input] of Object.entries(inputs)) {
    it(`takes less than a second: ${title}`, () => {
      const began = cpuMilliseconds();
      for (const value of Array.isArray(input) ? input : [input]) {
        const { errors, warnings } = validateObject(value);
        assert.ok(errors.length + warnings.length <= maximumFindings + 1);
      }
      const took = cpuMilliseconds() - began;
      assert.ok(took < 1000, `${took} ms`);
    });
  }

  it('takes less than two seconds: a bundle of a hundred thousand versions of one object', () => {
    const versions = Array.from({ length: 100_000 }, (_, at) => ({
      type: 'mutex',
      id: id('mutex'),
      modified: at,
    }));
    const translations = {
      type: 'language-content',
      object_ref: id('mutex'),
      contents: { de: { type: 'a' } },
    };
    const began = cpuMilliseconds();
    validateBundle({ type: 'bundle', id: id('bundle'), objects: [...versions, translations] });
    assert.ok(cpuMilliseconds() - began < 2000);
  });

  it('takes less than two seconds: a bundle of a hundred thousand copies of one object', () => {
    const began = cpuMilliseconds();
    const { bundle } = validateBundle({ type: 'bundle', id: id('bundle'), objects: many(indicator) });
    assert.equal(bundle.warnings.length + bundle.errors.length, maximumFindings + 1);
    assert.ok(cpuMilliseconds() - began < 2000);
  });
});
