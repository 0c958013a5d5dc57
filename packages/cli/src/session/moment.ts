import type { Microseconds } from '@belltower/stix';
import { parseTimestamp, toMicroseconds } from '@belltower/stix';
import { CommandError } from '../command-error.ts';

/** Now. */
export function currentMoment(): Microseconds {
  return toMicroseconds(Date.now() * 1_000);
}

/** A moment that somebody gave: a timestamp, or a day, which begins at midnight UTC. */
export function readMoment(text: string): Microseconds {
  const moment = parseTimestamp(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (moment !== undefined) return moment.microseconds;
  throw new CommandError(`"${text}" is no time.`, { advice: 'Write 2026-04-01 or 2026-04-01T00:00:00Z.' });
}
