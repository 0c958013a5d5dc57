import type { ListedIndicator } from '../indicator/read-indicator.ts';
import type { TargetKind } from '../indicator/target.ts';
import type { Written } from '../loss.ts';
import { entriesOf } from './entries.ts';

const carries: ReadonlySet<TargetKind> = new Set<TargetKind>(['ipv4', 'ipv6', 'mac']);
const setTypes = { ipv4: 'ipv4_addr', ipv6: 'ipv6_addr', mac: 'ether_addr' } as const;

/**
 * Sets of nftables in a table of their own, to be loaded with `nft -f`; loading again replaces them at once. What to do with them is a rule
 * of the operator's: `ip saddr @belltower_ipv4 drop`.
 */
export function writeNftables(
  indicators: readonly ListedIndicator[],
  { table = 'belltower' }: { readonly table?: string } = {},
): Written {
  const { entries, losses } = entriesOf(indicators, { carries, format: 'A set of nftables' });
  const sets = (['ipv4', 'ipv6', 'mac'] as const).map((kind) => {
    const values = entries.filter(({ target }) => target.kind === kind).map(({ target }) => target.value);
    const flags = kind === 'mac' ? '' : '    flags interval\n    auto-merge\n';
    const elements =
      values.length === 0 ? '' : `    elements = {\n      ${values.join(',\n      ')}\n    }\n`;
    return `  set belltower_${kind} {\n    type ${setTypes[kind]}\n${flags}${elements}  }\n`;
  });
  // Named first so that deleting does not fail where there is none yet.
  const text = `table inet ${table}\ndelete table inet ${table}\ntable inet ${table} {\n${sets.join('\n')}}\n`;
  return { text, count: entries.length, losses };
}
