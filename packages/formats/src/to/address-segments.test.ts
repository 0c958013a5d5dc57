import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { addressSegments } from './address-segments.ts';

/** Ranges of a small network, so that many lie in each other. */
const range = fc
  .record({
    host: fc.integer({ min: 0, max: 255 }),
    length: fc.integer({ min: 24, max: 32 }),
    until: fc.constantFrom(1, 2, Number.POSITIVE_INFINITY),
  })
  .map(({ host, length, until }) => ({ value: `192.0.2.${host & -(2 ** (32 - length))}/${length}`, until }));

const last = (address: string) => Number(address.split('.').at(-1));

test('segments do not overlap, and list each address as long as the longest of its ranges', () => {
  fc.assert(
    fc.property(fc.array(range, { maxLength: 12 }), (ranges) => {
      const segments = addressSegments(ranges, 'ipv4');
      for (const [at, { from, to }] of segments.entries()) {
        assert.ok(last(from) <= last(to));
        assert.ok(at === 0 || last(segments[at - 1]?.to ?? '') < last(from));
      }
      for (let host = 0; host < 256; host += 1) {
        const address = ipaddr.IPv4.parse(`192.0.2.${host}`);
        const expected = ranges
          .filter(({ value }) => address.match(ipaddr.IPv4.parseCIDR(value)))
          .map(({ until }) => until);
        const [found, ...others] = segments.filter(({ from, to }) => last(from) <= host && host <= last(to));
        assert.deepEqual(others, []);
        assert.equal(found?.until, expected.length === 0 ? undefined : Math.max(...expected));
      }
    }),
    { numRuns: 300 },
  );
});

test('an IPv6 range is as large as it says, and the whole space ends at its end', () => {
  assert.deepEqual(
    addressSegments(
      [
        { value: '8000::/1', until: 1 },
        { value: '::1', until: 2 },
      ],
      'ipv6',
    ),
    [
      { from: '::1', to: '::1', until: 2 },
      { from: '8000::', to: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', until: 1 },
    ],
  );
});
