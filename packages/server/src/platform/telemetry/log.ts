import { pino } from 'pino';
import type { LogEvent, LogEventOf, LogFields, LogLevel } from './log-events.ts';

type Write<Level extends LogLevel> = <Event extends LogEventOf<Level>>(
  event: Event,
  fields?: LogFields<Event>,
) => void;

/** Writes structured log lines. Which events there are, and what each may hold, is in the table of events. */
export interface Log {
  readonly debug: Write<'debug'>;
  readonly info: Write<'info'>;
  readonly warn: Write<'warn'>;
  readonly error: Write<'error'>;
  readonly fatal: Write<'fatal'>;
  /** Whether lines of this level are written: ask before gathering what a line of every request holds. */
  writes(level: LogLevel): boolean;
}

/** Where lines go; standard error unless told. */
export interface LogDestination {
  write(line: string): void;
}

/** A log in JSON lines on standard error; standard output belongs to the command line's results. */
export function createLog(level: string, destination: LogDestination = pino.destination(2)): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: errorFields },
    },
    destination,
  );
  const line = (event: LogEvent, fields: object = {}) => ({ event, ...fields });
  return {
    debug: (event, fields) => logger.debug(line(event, fields)),
    info: (event, fields) => logger.info(line(event, fields)),
    warn: (event, fields) => logger.warn(line(event, fields)),
    error: (event, fields) => logger.error(line(event, fields)),
    fatal: (event, fields) => logger.fatal(line(event, fields)),
    writes: (asked) => logger.isLevelEnabled(asked),
  };
}

/**
 * What is told of an error. A database puts whole rows into further properties of its errors, and parsers put pieces of what they
 * read into their messages: shared content, and who sent it.
 */
export function errorFields(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { type: typeof error };
  const code: unknown = Reflect.get(error, 'code');
  const { message, stack, cause } = error;
  const told = messageOf(error);
  return {
    type: error.constructor.name,
    message: told,
    stack: stack?.replace(message, () => told),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(cause instanceof Error ? { cause: `${cause.constructor.name}: ${messageOf(cause)}` } : {}),
  };
}

/** By name: an error that comes from another thread has lost its class. */
function messageOf({ name, message }: Error): string {
  switch (name) {
    case 'SyntaxError':
      return message.replace(/".*"/s, '"…"');
    case 'ZodError':
    case '$ZodError':
      return 'A value does not fit its schema';
    default:
      return message;
  }
}
