import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CommandError } from '../command-error.ts';
import { mergeMembers, parseMember } from './member-option.ts';

test('A member is a name and a right; an equals sign may stand in the name', () => {
  assert.deepEqual(parseMember('Telco Nord'), { name: 'Telco Nord', read: true, write: false });
  assert.deepEqual(parseMember('A=B=both'), { name: 'A=B', read: true, write: true });
  assert.deepEqual(parseMember('Telco=write'), { name: 'Telco', read: false, write: true });
  for (const text of ['', '=read', 'Telco=', 'Telco=all', 'Telco=toString']) {
    assert.throws(() => parseMember(text), CommandError, text);
  }
});

test('Members that are named now take the place of themselves, and those removed are gone', () => {
  const member = (id: string, write: boolean) => ({ kind: 'organisation', id, read: true, write }) as const;
  assert.deepEqual(
    mergeMembers([member('a', false), member('b', false), member('c', false)], {
      named: [member('b', true)],
      removed: ['c'],
    }),
    [member('a', false), member('b', true)],
  );
});
