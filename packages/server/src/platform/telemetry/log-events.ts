/** How important an event is; the setting BELLTOWER_LOG_LEVEL names the least important that is logged. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'fatal';

interface LogEventDescription {
  readonly level: LogLevel;
  /** Everything that a line of this event can hold besides `time`, `level` and `event`. */
  readonly fields: readonly string[];
  /** What happened, and what an operator does about it, for the documentation. */
  readonly says: string;
}

/**
 * Every event that the node logs, and the fields that it may have: ids, numbers and words of the program. Never a body, a token,
 * a value that somebody sent, or anything about a reporter. The table of events in the documentation is made of this one.
 */
export const logEvents = {
  'node.started': {
    level: 'info',
    fields: ['url', 'storage', 'version'],
    says: 'The node listens and its tables are up to date.',
  },
  'node.stopping': {
    level: 'info',
    fields: ['delay'],
    says: 'The node was asked to stop: `/readyz` answers 503, and connections are taken for `delay` more milliseconds.',
  },
  'node.stopped': {
    level: 'info',
    fields: [],
    says: 'Every request under way was answered or cut off after the grace period, and the slices are closed.',
  },
  'node.failed': {
    level: 'fatal',
    fields: ['error'],
    says: 'A defect that nothing caught ended the process with exit code 70. What was acknowledged is kept. Report it.',
  },
  'node.unready': {
    level: 'warn',
    fields: ['parts'],
    says: '`/readyz` turned to 503: `parts` did not answer in time.',
  },
  'node.ready': { level: 'info', fields: [], says: '`/readyz` answers 200 again.' },
  'request.done': {
    level: 'debug',
    fields: [
      'requestId',
      'method',
      'route',
      'status',
      'milliseconds',
      'bytes',
      'organisation',
      'token',
      'refusal',
      'aborted',
    ],
    says: 'One request came to its end. `route` is the template of its path, `token` the id of a token, `bytes` what was sent, `aborted` that the client went first.',
  },
  'request.failed': {
    level: 'error',
    fields: ['requestId', 'error'],
    says: 'A defect: the client was told 500 and this request id.',
  },
  'import.failed': {
    level: 'warn',
    fields: ['error'],
    says: 'An input in another format could not be converted: it took too much memory, or what reads it has a defect.',
  },
  'publish.failed': { level: 'error', fields: ['error'], says: 'A publish could not be carried out.' },
  'stream.failed': {
    level: 'error',
    fields: ['requestId', 'error'],
    says: 'A live stream broke off; its client resumes where it was.',
  },
  'job.failed': {
    level: 'error',
    fields: ['job', 'error'],
    says: 'Work on a timer failed, and is tried again at its next time.',
  },
  'storage.failed': {
    level: 'error',
    fields: ['error', 'requestId', 'trouble'],
    says: 'The database did not do its work: a connection or thread broke and was replaced, or a request was told 503 or 507 and this request id.',
  },
  'bus.failed': {
    level: 'warn',
    fields: ['error'],
    says: 'The connection between the nodes broke or a message could not be sent; it is tried again for ever. Nothing is lost: readers look by themselves, within a second.',
  },
  'tls.loaded': {
    level: 'info',
    fields: ['ends'],
    says: 'The certificate was read, at the start or because its files changed. It is valid until `ends`.',
  },
  'tls.refused': {
    level: 'error',
    fields: ['error'],
    says: 'The changed certificate files cannot be used; the node goes on with the certificate that it has.',
  },
  'metrics.failed': {
    level: 'error',
    fields: ['error'],
    says: 'A figure could not be had, and is missing or old on `/metrics`.',
  },
} as const satisfies Readonly<Record<string, LogEventDescription>>;

export type LogEvent = keyof typeof logEvents;

/** The events of one level. */
export type LogEventOf<Level extends LogLevel> = {
  [Event in LogEvent]: (typeof logEvents)[Event]['level'] extends Level ? Event : never;
}[LogEvent];

/** What a line of an event may hold. */
export type LogFields<Event extends LogEvent> = {
  readonly [Field in (typeof logEvents)[Event]['fields'][number]]?: unknown;
};
