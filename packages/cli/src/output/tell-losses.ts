import type { Loss } from '@belltower/formats';
import { printable } from './printable.ts';
import { note, styledForErrors } from './terminal.ts';

/** Losses that a person is shown one by one. */
const shownLosses = 10;

/** Tells on standard error what did not come along. */
export function tellLosses(losses: readonly Loss[]): void {
  for (const { at, what, why } of losses.slice(0, shownLosses))
    note(
      `${styledForErrors('yellow', 'left out')} ${printable(what)} of ${printable(at)}: ${printable(why)}`,
    );
  if (losses.length > shownLosses) note(`and ${losses.length - shownLosses} more (--json tells all).`);
}
