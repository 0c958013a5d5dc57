import { pino } from 'pino';

/**
 * Every event that the node logs. A log line carries its event, ids and numbers; never a body, a token, or anything
 * about a reporter.
 */
export const logEvents = [
  'node.started',
  'node.stopping',
  'node.stopped',
  'request.failed',
  'request.finished',
  'publish.failed',
  'stream.failed',
  'job.failed',
  'storage.failed',
] as const;

export type LogEvent = (typeof logEvents)[number];

/** Writes structured log lines. */
export interface Log {
  info(event: LogEvent, fields?: Readonly<Record<string, unknown>>): void;
  warn(event: LogEvent, fields?: Readonly<Record<string, unknown>>): void;
  error(event: LogEvent, fields?: Readonly<Record<string, unknown>>): void;
}

/** A log in JSON lines on standard error; standard output belongs to the command line's results. */
export function createLog(level: string): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: errorFields },
    },
    pino.destination(2),
  );
  const line = (event: LogEvent, fields: Readonly<Record<string, unknown>> = {}) => ({ event, ...fields });
  return {
    info: (event, fields) => logger.info(line(event, fields)),
    warn: (event, fields) => logger.warn(line(event, fields)),
    error: (event, fields) => logger.error(line(event, fields)),
  };
}

/** What is told of an error. A database puts whole rows into further properties of its errors: shared content, and who sent it. */
export function errorFields(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { type: typeof error };
  const code: unknown = Reflect.get(error, 'code');
  const { message, stack, cause } = error;
  return {
    type: error.constructor.name,
    message,
    stack,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(cause instanceof Error ? { cause: `${cause.constructor.name}: ${cause.message}` } : {}),
  };
}
