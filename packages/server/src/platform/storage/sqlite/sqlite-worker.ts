import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerFailure, WorkerReply, WorkerRequest, WorkerRows, WorkerSettings } from './messages.ts';
import { type OpenStream, readStream, WorkerConnection } from './worker-connection.ts';

// The thread that owns SQLite connections: SQLite blocks while it works, and here that stops nobody else.

/** Idle snapshot connections kept for the next transaction that reads. */
const idleLimit = 2;
/** Answers wait for each other in one message for at most this long, in milliseconds. */
const replyDelay = 1;

/** Milliseconds without a request after which the writer tidies up. */
const idleDelay = 500;

const settings: WorkerSettings = workerData;
const connections = new Map<number, WorkerConnection>();
const idle: WorkerConnection[] = [];
const streams = new Map<number, OpenStream>();
const nothing: WorkerRows = { columns: [], rows: [] };
let closed = false;
let idleTimer: NodeJS.Timeout | undefined;

parentPort?.on('message', (requests: readonly WorkerRequest[]) => {
  let replies: WorkerReply[] = [];
  let since = performance.now();
  for (const request of requests) {
    replies.push(reply(request));
    if (performance.now() - since > replyDelay) {
      send(replies);
      replies = [];
      since = performance.now();
    }
  }
  if (replies.length > 0) send(replies);
  clearTimeout(idleTimer);
  if (closed) parentPort?.close();
  else if (settings.mode === 'write') idleTimer = setTimeout(tidyUp, idleDelay).unref();
});

/** A failure is not lost: the next commit meets what stands in the way, and tells who asked. */
function tidyUp(): void {
  try {
    connections.get(0)?.checkpoint();
  } catch {}
}

/** Texts are handed over, not copied: they are most of what passes here. */
function send(replies: readonly WorkerReply[]): void {
  const handed = replies.flatMap((each) => {
    const buffer = 'result' in each ? each.result.packed?.bytes.buffer : undefined;
    return buffer instanceof ArrayBuffer ? [buffer] : [];
  });
  parentPort?.postMessage(replies, handed);
}

function reply(request: WorkerRequest): WorkerReply {
  try {
    return { id: request.id, result: answer(request) };
  } catch (error) {
    return { id: request.id, failure: describe(error) };
  }
}

function answer(request: WorkerRequest): WorkerRows {
  switch (request.kind) {
    case 'open':
      connections.set(request.connection, idle.pop() ?? new WorkerConnection(settings));
      return nothing;
    case 'release':
      return release(request.connection);
    case 'execute':
      return started(request).execute(request.sql, request.parameters);
    case 'pack':
      return started(request).pack(request.sql, request.parameters, request.mostBytes);
    case 'bulk':
      return started(request).bulk(request.sql, request.width, request.values);
    case 'stream':
      streams.set(request.id, started(request).stream(request.sql, request.parameters));
      return nothing;
    case 'next': {
      const stream = streams.get(request.stream);
      return stream === undefined ? nothing : readStream(stream, request.rows, request.characters);
    }
    case 'end':
      streams.get(request.stream)?.rows.return?.();
      streams.delete(request.stream);
      return nothing;
    case 'close':
      return close();
  }
}

function started(request: { readonly connection: number; readonly begin: boolean }): WorkerConnection {
  const connection = connections.get(request.connection) ?? openShared(request.connection);
  if (request.begin) connection.begin();
  return connection;
}

/** The shared connection is opened when it is first asked for: the thread may start before the database exists. */
function openShared(number: number): WorkerConnection {
  if (number !== 0) throw new Error('The connection has been released');
  const connection = new WorkerConnection(settings);
  connections.set(0, connection);
  return connection;
}

function release(number: number): WorkerRows {
  const connection = connections.get(number);
  connections.delete(number);
  connection?.rollback();
  if (connection !== undefined && idle.length < idleLimit) idle.push(connection);
  else connection?.close();
  return nothing;
}

function close(): WorkerRows {
  for (const stream of streams.values()) stream.rows.return?.();
  for (const connection of [...connections.values(), ...idle]) connection.close();
  connections.clear();
  closed = true;
  return nothing;
}

function describe(error: unknown): WorkerFailure {
  if (!(error instanceof Error)) return { message: String(error) };
  if (!('errcode' in error) || typeof error.errcode !== 'number') return { message: error.message };
  return { message: error.message, resultCode: error.errcode };
}
