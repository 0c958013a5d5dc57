import type { ListedIndicator } from '../indicator/read-indicator.ts';
import type { TargetKind } from '../indicator/target.ts';
import { targetKinds } from '../indicator/target.ts';
import type { Written } from '../loss.ts';
import { entriesOf, oneLine } from './entries.ts';

/** An external list blocks what it holds, and nothing on the wire is an HMAC. */
const listed = targetKinds.filter((kind) => kind !== 'concealed');

/** One value on each line, and nothing else: what firewalls and proxies load as an external list. */
export function writePlainList(
  indicators: readonly ListedIndicator[],
  { kinds = listed }: { readonly kinds?: readonly TargetKind[] } = {},
): Written {
  const { entries, losses } = entriesOf(indicators, { carries: new Set(kinds), format: 'This list' });
  // A line break inside a value would be two values.
  const lines = entries.map(({ target }) => oneLine(target.value, 4_096)).filter((line) => line !== '');
  return { text: lines.map((line) => `${line}\n`).join(''), count: lines.length, losses };
}
