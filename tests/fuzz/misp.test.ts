import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromMisp, toMisp } from '../../packages/formats/src/index.ts';
import { isTimestamp, validateObject } from '../../packages/stix/src/index.ts';
import { fuzz } from '../support/fuzzing.ts';
import { harmless } from '../support/harmless.ts';
import { mispEvent } from '../support/misp-events.ts';
import { mutateJson } from '../support/mutate-json.ts';

// Events that were spoilt are refused with a place, or become STIX that is valid, and come back as an event that is read again.

const corpus = Array.from({ length: 40 }, (_, seed) => JSON.stringify(mispEvent(seed % 8, seed)));
const pieces = [
  ...'{}[]",:0-',
  'null',
  'true',
  '1e400',
  '-1',
  '[]',
  '{}',
  '""',
  '"1"',
  '"__proto__":{"polluted":1},',
  '"uuid":"00000000-0000-0000-0000-000000000000",',
  '"deleted":true,',
  '"data":"AAAA",',
  '"first_seen":"2024-02-30T00:00:00Z",',
  '"last_seen":"0001-01-01",',
  '"timestamp":"99999999999999",',
  '"timestamp":-1,',
  '"type":"regkey|value",',
  '"type":"stix2-pattern",',
  '"type":"ip-src|port",',
  '"type":"AS",',
  '"type":"toString",',
  '"value":"a|b|c",',
  '"to_ids":"1",',
  '"date":"9999-99-99",',
  '"Tag":[{"name":"tlp:red"}],',
  '"Tag":[{"name":"tlp:clear"},{"name":"tlp:red"}],',
  '"Tag":[{"name":"confidence-level:usually-confident"}],',
  '"Galaxy":[{"type":"country","GalaxyCluster":[{"value":"x","meta":{}}]}],',
  '"ObjectReference":[{"referenced_uuid":"x"}],',
  '"object_relation":"SccpCgGT",',
  '"name":"ss7-attack",',
  '\\u0000',
  '\\ud800',
  '\\n',
  "\\\\' OR [a:b = 1]",
  'x'.repeat(300),
];
const now = '2026-11-22T00:00:00Z';
assert.ok(isTimestamp(now));
const about = { now, uuid: '11111111-1111-4111-8111-111111111111' };

test('an event that was spoilt is refused with a place, or becomes valid STIX that becomes an event again', async (t) => {
  await fuzz(t, {
    corpus,
    pieces,
    spoil: mutateJson,
    check: (text) =>
      harmless(() => {
        const read = fromMisp(text);
        if (!read.ok) {
          assert.ok(read.error.message !== '' && read.error.message.length < 500, read.error.message);
          assert.match(read.error.at, /^\$/);
          return;
        }
        const { objects, losses } = read.value;
        const ids = new Set<unknown>();
        for (const object of objects) {
          const { errors } = validateObject(object);
          assert.deepEqual(errors, [], `${JSON.stringify(object).slice(0, 1_000)}`);
          const version = `${String(object['id'])} ${String(object['modified'])}`;
          assert.ok(!ids.has(version), `${version} twice`);
          ids.add(version);
        }
        for (const { at, what, why } of losses)
          assert.ok(at !== '' && what !== '' && /\.$/.test(why), `${at} ${what} ${why}`);
        const back = JSON.stringify(toMisp(objects, about).event);
        const again = fromMisp(back);
        assert.ok(again.ok, again.ok ? '' : `${again.error.message} ${again.error.at}`);
      }),
  });
});
