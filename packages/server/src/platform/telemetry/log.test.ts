import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorFields } from './log.ts';

test('a logged error says what happened and nothing of the rows that a database put into it', () => {
  const error = Object.assign(new Error('null value in column "n"'), {
    code: '23502',
    detail: 'Failing row contains (identity--secret, TLP:RED content).',
    where: 'JSON data, line 1: TLP:RED content',
  });
  const { stack, ...fields } = errorFields(error);
  assert.deepEqual(fields, { type: 'Error', message: 'null value in column "n"', code: '23502' });
  assert.ok(typeof stack === 'string' && !stack.includes('TLP:RED'));
});
