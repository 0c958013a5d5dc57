import type { ListedIndicator } from '../indicator/read-indicator.ts';
import type { Target, TargetKind } from '../indicator/target.ts';
import type { Written } from '../loss.ts';
import { asciiOnly, type Entry, entriesOf, isWireName, oneLine } from './entries.ts';

const types: ReadonlyMap<TargetKind, string> = new Map([
  ['ipv4', 'Intel::ADDR'],
  ['ipv6', 'Intel::ADDR'],
  ['domain', 'Intel::DOMAIN'],
  ['url', 'Intel::URL'],
  ['email', 'Intel::EMAIL'],
  ['user-agent', 'Intel::SOFTWARE'],
  ['md5', 'Intel::FILE_HASH'],
  ['sha1', 'Intel::FILE_HASH'],
  ['sha256', 'Intel::FILE_HASH'],
  ['file-name', 'Intel::FILE_NAME'],
  ['certificate-sha1', 'Intel::CERT_HASH'],
]);

/** A file for Zeek's intelligence framework: fields divided by tabs. */
export function writeZeekIntel(indicators: readonly ListedIndicator[]): Written {
  const { entries, losses } = entriesOf(indicators, {
    carries: new Set(types.keys()),
    format: 'An intelligence file of Zeek',
  });
  const isWire = ({ target }: Entry) => target.kind !== 'domain' || isWireName(target.value);
  const lines = entries
    .filter(isWire)
    .map(({ target, indicator }) =>
      [withoutScheme(target), typeOf(target), 'belltower', oneLine(indicator.name), indicator.id]
        .map(field)
        .join('\t'),
    );
  const more = entries
    .filter((entry) => !isWire(entry))
    .map(({ indicator }) => ({ at: indicator.id, what: 'domain', why: asciiOnly }));
  const head = '#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc\tmeta.url\n';
  return {
    text: head + lines.map((line) => `${line}\n`).join(''),
    count: lines.length,
    losses: [...losses, ...more],
  };
}

function typeOf({ kind, value }: Target): string {
  return value.includes('/') && (kind === 'ipv4' || kind === 'ipv6')
    ? 'Intel::SUBNET'
    : (types.get(kind) ?? '');
}

/** Zeek has URLs without their scheme. */
function withoutScheme({ kind, value }: Target): string {
  return kind === 'url' ? value.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '') : value;
}

/** What Zeek would take for an escape, a comment or the lack of a value stands as the byte that it is. */
function field(text: string): string {
  const line = oneLine(text, 2_048).replaceAll('\\', '\\x5c');
  if (line === '-') return '\\x2d';
  return line.replace(/^#/, '\\x23') || '-';
}
