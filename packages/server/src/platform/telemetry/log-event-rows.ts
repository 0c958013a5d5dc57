import type { LogLevel } from './log-events.ts';
import { logEvents } from './log-events.ts';

/** A log event as the documentation shows it. */
export interface LogEventRow {
  readonly event: string;
  readonly level: LogLevel;
  readonly fields: readonly string[];
  readonly says: string;
}

/** Every event, in the order of the table. */
export function logEventRows(): readonly LogEventRow[] {
  return Object.entries(logEvents).map(([event, { level, fields, says }]) => ({
    event,
    level,
    fields,
    says,
  }));
}
