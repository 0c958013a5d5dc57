import assert from 'node:assert/strict';
import { test } from 'node:test';
import { preferredCoding } from './content-coding.ts';

const cases: readonly (readonly [header: string | undefined, coding: string])[] = [
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip', 'gzip'],
  ['GZip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['zstd', 'zstd'],
  ['gzip, deflate', 'gzip'],
  ['gzip, deflate, br, zstd', 'zstd'],
  ['gzip;q=0.9, zstd;q=0.8', 'gzip'],
  ['gzip ; q=1.0, zstd ;q=0.5', 'gzip'],
  ['gzip;Q=0.2', 'gzip'],
  ['gzip;q=0, zstd;q=0', 'identity'],
  ['*', 'zstd'],
  ['*;q=0', 'identity'],
  ['zstd;q=0, *', 'gzip'],
  ['identity', 'identity'],
  ['identity, gzip;q=0.5', 'identity'],
  ['identity;q=0.5, gzip', 'gzip'],
  ['identity;q=0', 'identity'],
  ['br, deflate', 'identity'],
  ['gzip;q=2', 'identity'],
  ['gzip;q=abc, zstd', 'zstd'],
  ['gzip;level=1', 'identity'],
  [',,;,', 'identity'],
];

for (const [header, coding] of cases) {
  test(`RFC 9110 §12.5.3 Accept-Encoding ${header ?? 'that is not there'} asks for ${coding}`, () => {
    assert.equal(preferredCoding(header), coding);
  });
}
