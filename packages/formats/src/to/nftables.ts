import type { ListedIndicator } from '../indicator/read-indicator.ts';
import type { TargetKind } from '../indicator/target.ts';
import type { Written } from '../loss.ts';
import { addressSegments } from './address-segments.ts';
import { type Entry, entriesOf } from './entries.ts';

const kinds = ['ipv4', 'ipv6', 'mac'] as const satisfies readonly TargetKind[];
const carries: ReadonlySet<TargetKind> = new Set(kinds);
const setTypes = { ipv4: 'ipv4_addr', ipv6: 'ipv6_addr', mac: 'ether_addr' } as const;

/**
 * Sets of nftables, to be loaded with `nft -f`; loading again replaces what they hold at once, and leaves everything else in the table
 * alone. What ends has a timeout, counted from `now`. What to do with them is a rule of the operator's in a chain of the same table, as
 * sets are known nowhere else: `ip saddr @belltower_ipv4 drop`.
 */
export function writeNftables(
  indicators: readonly ListedIndicator[],
  { now, table = 'belltower' }: { readonly now: string; readonly table?: string },
): Written {
  const { entries, losses } = entriesOf(indicators, { carries, format: 'A set of nftables' });
  const sets = kinds.map((kind) => {
    const flags = kind === 'mac' ? 'timeout' : 'interval, timeout';
    return `  set belltower_${kind} {\n    type ${setTypes[kind]}\n    flags ${flags}\n  }\n`;
  });
  const moment = Date.parse(now) / 1_000;
  const contents = kinds.map((kind) => {
    const values = elementsOf(kind, entries).map(({ value, until }) => {
      const left = Math.ceil(until - moment);
      return left < longest ? `${value} timeout ${Math.max(1, left)}s` : value;
    });
    const set = `inet ${table} belltower_${kind}`;
    const more = values.length === 0 ? '' : `add element ${set} {\n  ${values.join(',\n  ')}\n}\n`;
    return `flush set ${set}\n${more}`;
  });
  const text = `table inet ${table} {\n${sets.join('\n')}}\n${contents.join('')}`;
  return { text, count: entries.length, losses };
}

/** Seconds that a timeout has at the most, a hundred years; what lasts longer has none. */
const longest = 3_155_760_000;

interface Element {
  readonly value: string;
  readonly until: number;
}

/** What a set holds. `auto-merge` gives ranges that touch each other one end, so there are none that do but with ends of their own. */
function elementsOf(kind: (typeof kinds)[number], entries: readonly Entry[]): readonly Element[] {
  const own = entries
    .filter(({ target }) => target.kind === kind)
    .map(({ target: { value }, until }) => ({
      value,
      until: until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until) / 1_000,
    }));
  if (kind === 'mac') return own;
  return addressSegments(own, kind).map(({ from, to, until }) => ({
    value: from === to ? from : `${from}-${to}`,
    until,
  }));
}
