import type { ListedIndicator } from '../indicator/read-indicator.ts';
import type { TargetKind } from '../indicator/target.ts';
import type { Written } from '../loss.ts';
import { entriesOf } from './entries.ts';

const carries: ReadonlySet<TargetKind> = new Set<TargetKind>(['ipv4', 'ipv6']);

/** Prefix lists in the style of Cisco IOS, which many other routers read as well. */
export function writeCiscoPrefixLists(
  indicators: readonly ListedIndicator[],
  { name = 'BELLTOWER' }: { readonly name?: string } = {},
): Written {
  const { entries, losses } = entriesOf(indicators, { carries, format: 'A prefix list' });
  const lines: string[] = [];
  for (const [kind, command, all] of [
    ['ipv4', 'ip', 32],
    ['ipv6', 'ipv6', 128],
  ] as const) {
    const values = entries.filter(({ target }) => target.kind === kind).map(({ target }) => target.value);
    if (values.length > 0) lines.push(`no ${command} prefix-list ${name}`);
    for (const [index, value] of values.entries()) {
      const prefix = value.includes('/') ? value : `${value}/${all}`;
      const more = prefix.endsWith(`/${all}`) ? '' : ` le ${all}`;
      lines.push(`${command} prefix-list ${name} seq ${(index + 1) * 5} permit ${prefix}${more}`);
    }
  }
  return { text: lines.map((line) => `${line}\n`).join(''), count: entries.length, losses };
}
