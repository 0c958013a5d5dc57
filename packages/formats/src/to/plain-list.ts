import type { ListedIndicator } from '../indicator/read-indicator.ts';
import type { TargetKind } from '../indicator/target.ts';
import { openKinds } from '../indicator/target.ts';
import type { Written } from '../loss.ts';
import { entriesOf, oneLine } from './entries.ts';

/** One value on each line, and nothing else: what firewalls and proxies load as an external list. */
export function writePlainList(
  indicators: readonly ListedIndicator[],
  { kinds = openKinds }: { readonly kinds?: readonly TargetKind[] } = {},
): Written {
  const { entries, losses } = entriesOf(indicators, { carries: new Set(kinds), format: 'This list' });
  // A line break inside a value would be two values.
  const lines = entries.map(({ target }) => oneLine(target.value, 4_096)).filter((line) => line !== '');
  return { text: lines.map((line) => `${line}\n`).join(''), count: lines.length, losses };
}
