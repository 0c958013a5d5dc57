import type { ListedIndicator } from '../indicator/read-indicator.ts';
import type { Target, TargetKind } from '../indicator/target.ts';
import type { Loss, Written } from '../loss.ts';
import { entriesOf, oneLine } from './entries.ts';

export interface RpzOptions {
  /** Name of the zone, without a dot at its end. */
  readonly zone: string;
  /** Number of the zone's version: what it was made of, so that resolvers notice a change. At most 2^32 - 1. */
  readonly serial: number;
  /** What a resolver answers: `nxdomain` says that there is no such name, `nodata` that it has no records, `drop` nothing. */
  readonly action?: 'nxdomain' | 'nodata' | 'drop';
  /** Whether names below a domain are blocked as well. */
  readonly subdomains?: boolean;
}

const actions = { nxdomain: '.', nodata: '*.', drop: 'rpz-drop.' } as const;
const carries: ReadonlySet<TargetKind> = new Set<TargetKind>(['domain', 'url', 'ipv4', 'ipv6']);

/** A response policy zone, as BIND, Unbound and PowerDNS load it: domains by name, addresses by what a name resolves to. */
export function writeRpz(indicators: readonly ListedIndicator[], options: RpzOptions): Written {
  const { zone, serial, action = 'nxdomain', subdomains = true } = options;
  const { entries, losses } = entriesOf(indicators, { carries, format: 'A response policy zone' });
  const more: Loss[] = [];
  const records = new Map<string, string>();
  for (const { target, indicator } of entries) {
    const owner = ownerOf(target);
    if (owner === undefined) {
      const why =
        target.kind === 'url'
          ? 'A resolver sees names and no paths: blocking the host would block more.'
          : 'It is no name that a zone can hold.';
      more.push({ at: indicator.id, what: `${target.kind} ${oneLine(target.value, 80)}`, why });
      continue;
    }
    const comment = oneLine(indicator.name, 80) || oneLine(indicator.id, 80);
    records.set(owner, `${owner} CNAME ${actions[action]} ; ${comment}\n`);
    if (subdomains && target.kind !== 'ipv4' && target.kind !== 'ipv6')
      records.set(`*.${owner}`, `*.${owner} CNAME ${actions[action]}\n`);
  }
  const head = [
    `$ORIGIN ${zone}.\n`,
    '$TTL 300\n',
    `@ SOA localhost. hostmaster.localhost. ${serial} 300 60 604800 60\n`,
    '@ NS localhost.\n',
  ];
  return { text: [...head, ...records.values()].join(''), count: records.size, losses: [...losses, ...more] };
}

/** The left side of a record, relative to the zone: a name, or an address as RPZ writes it, backwards behind its prefix length. */
function ownerOf({ kind, value }: Target): string | undefined {
  switch (kind) {
    case 'domain':
      return nameOf(value);
    case 'url':
      return nameOf(/^[a-z][a-z0-9+.-]*:\/\/([^/?#@:[\]]+)(?::\d+)?\/?$/i.exec(value)?.[1] ?? '');
    case 'ipv4': {
      const [address = '', length = '32'] = value.split('/');
      const reversed = address.split('.').reverse().join('.');
      return /^\d+(?:\.\d+){3}$/.test(reversed) ? `${length}.${reversed}.rpz-ip` : undefined;
    }
    case 'ipv6': {
      const [address = '', length = '128'] = value.split('/');
      const groups = address.split(':').reverse();
      return `${length}.${groups
        .map((group) => group || 'zz')
        .join('.')
        .replace(/(?:zz\.)+zz|zz/, 'zz')}.rpz-ip`;
    }
    default:
      return undefined;
  }
}

/**
 * A name in ASCII, of labels that DNS allows, short enough to stand below the zone. One that ends as RPZ's own triggers do (`rpz-ip`,
 * `rpz-client-ip`) would be one.
 */
function nameOf(domain: string): string | undefined {
  const name = domain.toLowerCase().replace(/\.$/, '');
  const ok =
    name.length <= 200 &&
    name.split('.').length > 1 &&
    name.split('.').every((label) => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label));
  return ok && !/^\d+(?:\.\d+)*$|(?:^|\.)rpz-[^.]*$/.test(name) ? name : undefined;
}
