import { closestName } from '@belltower/stix';
import { CommandError } from '../command-error.ts';

/** `a,b` as a list; an empty text is an empty list. */
export function commaList(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Collects an option that may be given several times. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

const scopes = ['read', 'publish', 'manage', 'red'];

/** Scopes of a token, separated by commas. */
export function scopeList(text: string): readonly string[] {
  const list = commaList(text);
  const unknown = list.find((scope) => !scopes.includes(scope));
  if (unknown === undefined && list.length > 0) return list;
  const near = unknown === undefined ? undefined : closestName(unknown, scopes);
  const what = unknown === undefined ? 'A token needs a scope.' : `"${unknown}" is no scope.`;
  throw new CommandError(what, {
    advice: `${near === undefined ? '' : `Is ${near} meant? `}Scopes are ${scopes.join(', ')}, with commas between them.`,
  });
}

/** A whole number, 0 or more. */
export function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new CommandError(`"${text}" is not a whole number.`);
}
