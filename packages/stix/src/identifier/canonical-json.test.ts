import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { CanonicalJsonError, canonicalize, maximumDepth } from './canonical-json.ts';

function doubleOf(bits: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
}

/** RFC 8785 appendix B: IEEE 754 doubles and their text. */
const numbers: readonly (readonly [bits: bigint, text: string])[] = [
  [0x0000000000000000n, '0'],
  [0x8000000000000000n, '0'],
  [0x0000000000000001n, '5e-324'],
  [0x8000000000000001n, '-5e-324'],
  [0x7fefffffffffffffn, '1.7976931348623157e+308'],
  [0x4340000000000000n, '9007199254740992'],
  [0x44b52d02c7e14af5n, '9.999999999999997e+22'],
  [0x44b52d02c7e14af6n, '1e+23'],
  [0x444b1ae4d6e2ef50n, '1e+21'],
  [0x3eb0c6f7a0b5ed8dn, '0.000001'],
  [0x41b3de4355555555n, '333333333.3333333'],
];

describe('canonical JSON', () => {
  it('RFC 8785 §3.2.2: writes the example of the standard', () => {
    const value: unknown = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`);
    const numbers = '"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27]';
    const expected = String.raw`{"literals":[null,true,false],${numbers},"string":"€$\u000f\nA'B\"\\\\\"/"}`;
    assert.equal(canonicalize(value), expected);
  });

  it('RFC 8785 §3.2.3: sorts names by UTF-16 code units', () => {
    const value: unknown = JSON.parse(
      String.raw`{"\u20ac":"Euro","\r":"Return","\ufb33":"Dalet","1":"One","\ud83d\ude00":"Face","\u0080":"Control","\u00f6":"O"}`,
    );
    const expected =
      '{"\\r":"Return","1":"One","\u0080":"Control","ö":"O","€":"Euro","😀":"Face","\ufb33":"Dalet"}';
    assert.equal(canonicalize(value), expected);
  });

  for (const [bits, text] of numbers) {
    it(`RFC 8785 appendix B: writes ${bits.toString(16).padStart(16, '0')} as ${text}`, () => {
      assert.equal(canonicalize(doubleOf(bits)), text);
    });
  }

  it('RFC 8785 §3.2.2.2: refuses half a surrogate pair, in values and in names', () => {
    assert.throws(() => canonicalize('\ud800'), CanonicalJsonError);
    assert.throws(() => canonicalize({ '\udead': 1 }), CanonicalJsonError);
  });

  it('refuses what is not JSON', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1n, Symbol('a'), () => 1]) {
      assert.throws(() => canonicalize(value), CanonicalJsonError);
    }
  });

  it('refuses nesting that could exhaust the stack', () => {
    let value: unknown = 1;
    for (let depth = 0; depth < maximumDepth; depth += 1) value = [value];
    assert.equal(canonicalize(value).length, maximumDepth * 2 + 1);
    for (let depth = 0; depth < 100_000; depth += 1) value = [value];
    assert.throws(() => canonicalize(value), CanonicalJsonError);
  });

  it('keeps a name like __proto__', () => {
    assert.equal(canonicalize(JSON.parse('{"b":1,"__proto__":{"a":2}}')), '{"__proto__":{"a":2},"b":1}');
  });

  it('gives the same text for what reads the same, and reads back as it was', () => {
    const json = fc.jsonValue({ stringUnit: 'binary' });
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalize(value);
        assert.equal(canonicalize(JSON.parse(JSON.stringify(value, undefined, 2))), text);
        assert.equal(canonicalize(JSON.parse(text)), text);
      }),
    );
  });

  it('RFC 8785 §3.2: writes what the straightforward form writes, whatever came before', () => {
    const name = fc.oneof(
      fc.constantFrom('a', 'b', 'ab', '1', '10', '2', '__proto__', '"', '€'),
      fc.string(),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: 'binary' }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom(null, true, false),
        fc.array(tie('value'), { maxLength: 4 }),
        // Few names and many orders of them, so that what is remembered of one object meets the next.
        fc
          .uniqueArray(fc.tuple(name, tie('value')), { maxLength: 6, selector: ([key]) => key })
          .map(fromEntries),
      ),
    }));
    fc.assert(
      fc.property(value, (json) => assert.equal(attempt(canonicalize, json), attempt(straightforward, json))),
      { numRuns: 2_000 },
    );
  });

  it('RFC 8785 §3.2.3: sorts more orders of names than it can remember', () => {
    for (let first = 0; first < 100; first += 1) {
      const names = Array.from({ length: 80 }, (_, at) => `n${(first * 7 + at * 3) % 80}`);
      for (const some of [names, names.slice(0, 9)]) {
        const json = fromEntries(some.map((name) => [name, name.repeat(first)]));
        assert.equal(canonicalize(json), straightforward(json));
      }
    }
  });
});

function fromEntries(entries: readonly (readonly [string, unknown])[]): unknown {
  return Object.fromEntries(entries);
}

/** As the standard tells it, without any thought of speed. */
function straightforward(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(straightforward).join(',')}]`;
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'string' && !value.isWellFormed()) throw new CanonicalJsonError('');
    return JSON.stringify(value);
  }
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${straightforward(name)}:${straightforward(member)}`).join(',')}}`;
}

function attempt(write: (value: unknown) => string, value: unknown): string | undefined {
  try {
    return write(value);
  } catch (cause) {
    if (!(cause instanceof CanonicalJsonError)) throw cause;
    return undefined;
  }
}
