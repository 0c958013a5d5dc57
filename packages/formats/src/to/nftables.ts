import type { ListedIndicator } from '../indicator/read-indicator.ts';
import type { TargetKind } from '../indicator/target.ts';
import type { Written } from '../loss.ts';
import { entriesOf } from './entries.ts';

const carries: ReadonlySet<TargetKind> = new Set<TargetKind>(['ipv4', 'ipv6', 'mac']);
const setTypes = { ipv4: 'ipv4_addr', ipv6: 'ipv6_addr', mac: 'ether_addr' } as const;

/**
 * Sets of nftables, to be loaded with `nft -f`; loading again replaces what they hold at once, and leaves everything else in the table
 * alone. What to do with them is a rule of the operator's in a chain of the same table, as sets are known nowhere else: `ip saddr
 * @belltower_ipv4 drop`.
 */
export function writeNftables(
  indicators: readonly ListedIndicator[],
  { table = 'belltower' }: { readonly table?: string } = {},
): Written {
  const { entries, losses } = entriesOf(indicators, { carries, format: 'A set of nftables' });
  const kinds = ['ipv4', 'ipv6', 'mac'] as const;
  const sets = kinds.map((kind) => {
    const flags = kind === 'mac' ? '' : '    flags interval\n    auto-merge\n';
    return `  set belltower_${kind} {\n    type ${setTypes[kind]}\n${flags}  }\n`;
  });
  const contents = kinds.map((kind) => {
    const values = entries.filter(({ target }) => target.kind === kind).map(({ target }) => target.value);
    const set = `inet ${table} belltower_${kind}`;
    const more = values.length === 0 ? '' : `add element ${set} {\n  ${values.join(',\n  ')}\n}\n`;
    return `flush set ${set}\n${more}`;
  });
  const text = `table inet ${table} {\n${sets.join('\n')}}\n${contents.join('')}`;
  return { text, count: entries.length, losses };
}
