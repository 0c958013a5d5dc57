import type { JsonObject } from '@belltower/stix';
import { isJsonObject } from '@belltower/stix';
import { ClientError } from './client-error.ts';

/**
 * Reads values of unknown JSON. Each function takes the value and its place, for the message, and throws ClientError
 * `unexpected-answer` for a value of another type.
 */
export function asObject(value: unknown, at: string): JsonObject {
  if (isJsonObject(value)) return value;
  return unexpected(at, 'object');
}

export function asText(value: unknown, at: string): string {
  return typeof value === 'string' ? value : unexpected(at, 'text');
}

/** Undefined where the member is missing or null. */
export function asOptionalText(value: unknown, at: string): string | undefined {
  return value === undefined || value === null ? undefined : asText(value, at);
}

export function asNumber(value: unknown, at: string): number {
  return typeof value === 'number' ? value : unexpected(at, 'number');
}

export function asBoolean(value: unknown, at: string): boolean {
  return typeof value === 'boolean' ? value : unexpected(at, 'truth value');
}

/** A list; a missing member is an empty one, as TAXII and STIX leave empty lists out. */
export function asList<Item>(
  value: unknown,
  at: string,
  read: (item: unknown, at: string) => Item,
): readonly Item[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return unexpected(at, 'list');
  return value.map((item, index) => read(item, `${at}[${index}]`));
}

export function asTexts(value: unknown, at: string): readonly string[] {
  return asList(value, at, asText);
}

function unexpected(at: string, wanted: string): never {
  throw new ClientError('unexpected-answer', `The server's answer has no ${wanted} at ${at}.`, {
    at,
  });
}
