import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { createLog, errorFields } from './log.ts';
import { logEvents } from './log-events.ts';

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

test('a logged error of a parser says where it failed and shows nothing of what it read', () => {
  const canary = 'canary5f2c9a71';
  const texts = [
    canary,
    `{"a": ${canary}}`,
    `{"${canary}": 1,}`,
    `["${canary}\n"]`,
    `{"a": "${'x'.repeat(80)}" ${canary}`,
  ];
  for (const text of texts) {
    assert.throws(
      () => JSON.parse(text),
      (error: Error) => {
        for (const one of [error, new Error('It could not be read', { cause: error })]) {
          const told = JSON.stringify(errorFields(one));
          assert.ok(!told.includes('canary') && told.includes('JSON'), told);
        }
        return true;
      },
    );
  }
  const { error } = z.strictObject({}).safeParse({ [canary]: 1 });
  const { type, message, stack } = errorFields(error);
  assert.deepEqual({ type, message }, { type: 'ZodError', message: 'A value does not fit its schema' });
  assert.ok(!String(stack).includes(canary));
});

test('each event is described, and a line has its event, its level by name, and its fields', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => lines.push(line) });
  log.info('tls.loaded', { ends: '2027-01-01' });
  log.debug('request.done', { route: '/api/me' });
  assert.equal(lines.length, 1, 'what is below the level is not written');
  const { time, ...rest } = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
  assert.match(String(time), /^\d{4}-\d\d-\d\dT/);
  assert.deepEqual(rest, { level: 'info', event: 'tls.loaded', ends: '2027-01-01' });
  assert.ok(log.writes('info') && !log.writes('debug'));
  for (const [event, { says }] of Object.entries(logEvents)) assert.match(says, /^[`A-Z].*\.$/s, event);
});
