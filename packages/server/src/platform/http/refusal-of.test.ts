import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SqliteError, SqliteWorkerError } from '../storage/sqlite/sqlite-error.ts';
import { StorageTroubleError } from '../storage/storage-trouble.ts';
import { createLog } from '../telemetry/log.ts';
import { refusalOf } from './app.ts';
import { RefusalError, refusalStatus } from './refusal.ts';

/** What was thrown, the status that it becomes, after how many seconds to try again, and what the log says. */
const thrown: readonly (readonly [
  error: unknown,
  status: number,
  after: string | undefined,
  event: string | undefined,
])[] = [
  [new SqliteError('database or disk is full', 13), 507, '60', 'storage.failed'],
  [new SqliteError('disk I/O error', 778), 507, '60', 'storage.failed'],
  [new SqliteError('disk I/O error', 10 | (1 << 8)), 503, '5', 'storage.failed'],
  [new SqliteError('database is locked', 5), 503, '5', 'storage.failed'],
  [new SqliteWorkerError('The SQLite thread has ended'), 503, '5', 'storage.failed'],
  [new StorageTroubleError('full', 'could not extend file', undefined), 507, '60', 'storage.failed'],
  [new StorageTroubleError('unavailable', 'terminating connection', undefined), 503, '5', 'storage.failed'],
  [new SqliteError('UNIQUE constraint failed', 2067), 500, undefined, 'request.failed'],
  [new SqliteError('no such table: x', undefined), 500, undefined, 'request.failed'],
  [new TypeError('x is not a function'), 500, undefined, 'request.failed'],
  [new RefusalError({ code: 'conflict', message: 'It is taken.' }), 409, undefined, undefined],
];

test('trouble of the database is told as 503 or 507 with a time to try again, and a defect as 500', () => {
  for (const [error, status, after, event] of thrown) {
    const events: string[] = [];
    const log = createLog('trace', { write: (line) => events.push(JSON.parse(line).event) });
    const refusal = refusalOf(error, { log, requestId: 'r' });
    assert.equal(refusalStatus[refusal.code], status, String(error));
    assert.equal(refusal.headers?.['Retry-After'], after, String(error));
    assert.deepEqual(events, event === undefined ? [] : [event], String(error));
  }
});
