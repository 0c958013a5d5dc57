import { callingCodeOf } from './calling-code.ts';
import { rangeHoldersTable } from './range-holders-table.ts';

/**
 * To whom the range of a number was given, by its digits with the calling code and without +; undefined where the table does not say.
 * Numbers are taken along to other networks, so the number may be there no longer.
 */
export function rangeHolderOf(digits: string): string | undefined {
  const { code } = callingCodeOf(digits) ?? {};
  const holders = code === undefined ? undefined : holdersOf(code);
  if (code === undefined || holders === undefined) return undefined;
  for (let end = Math.min(digits.length, code.length + longestPrefix); end > code.length; end -= 1) {
    const name = holders.get(digits.slice(code.length, end));
    if (name !== undefined) return name;
  }
  return undefined;
}

/** Digits of the longest prefix of the table, without its calling code. */
const longestPrefix = 10;

const unpacked = new Map<string, ReadonlyMap<string, string>>();

/** Unpacked when a number of the calling code is first asked for. */
function holdersOf(code: string): ReadonlyMap<string, string> | undefined {
  const known = unpacked.get(code);
  const row = Object.hasOwn(rangeHoldersTable, code) ? rangeHoldersTable[code] : undefined;
  if (known !== undefined || row === undefined) return known;
  const holders = new Map<string, string>();
  for (const entry of row.split(';')) {
    const [name = '', prefixes = ''] = entry.split('=');
    for (const [, stem = '', last, whole = ''] of prefixes.matchAll(/(\d*)\[(\d+)\]|(\d+)/g)) {
      if (last === undefined) holders.set(whole, name);
      else for (const digit of last) holders.set(stem + digit, name);
    }
  }
  unpacked.set(code, holders);
  return holders;
}
