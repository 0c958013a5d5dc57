import type { Target, TargetKind } from '../indicator/target.ts';
import type { YamlValue } from './yaml-document.ts';

/** Where a rule looks, and for what. */
export interface SigmaSource {
  /** Part of the rule's name, and with the indicator what its id is made of. */
  readonly name: string;
  readonly says: string;
  /** Categories and fields are those of Sigma's taxonomy (version 2.1), but for mail, which has none there. */
  readonly logsource: Readonly<Record<string, string>>;
  readonly kinds: readonly TargetKind[];
  /** Alternatives: each a selection of fields, or a list of words. Without any no target is one that this source can show. */
  readonly select: (targets: readonly Target[]) => readonly YamlValue[];
  readonly falsePositive: string;
}

export const sigmaSources: readonly SigmaSource[] = [
  {
    name: 'dns',
    says: 'asked for in DNS',
    logsource: { category: 'dns' },
    kinds: ['domain'],
    select: (targets) => nameOrBelow('query', targets),
    falsePositive: 'Names that share their place with others, or have a new owner',
  },
  {
    name: 'proxy-host',
    says: 'visited through a proxy',
    logsource: { category: 'proxy' },
    kinds: ['domain'],
    select: (targets) => nameOrBelow('cs-host', targets),
    falsePositive: 'Names that share their place with others, or have a new owner',
  },
  {
    name: 'proxy-url',
    says: 'visited through a proxy',
    logsource: { category: 'proxy' },
    kinds: ['url'],
    // An address without a path is asked for with one.
    select: (targets) =>
      oneOf(
        'c-uri|startswith',
        targets.map(({ value }) =>
          escapeSigma(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*$/i.test(value) ? `${value}/` : value),
        ),
      ),
    falsePositive: 'Pages of others that were broken into, and are clean again',
  },
  {
    name: 'firewall',
    says: 'seen by a firewall',
    logsource: { category: 'firewall' },
    kinds: ['ipv4', 'ipv6'],
    select: addresses,
    falsePositive: 'Addresses that many share, or that have a new owner',
  },
  {
    name: 'process',
    says: 'run as a program',
    logsource: { category: 'process_creation' },
    kinds: ['md5', 'sha1', 'sha256'],
    select: (targets) =>
      oneOf(
        'Hashes|contains',
        targets.map(({ kind, value }) => `${kind.toUpperCase()}=${value.toUpperCase()}`),
      ),
    falsePositive: 'Tools that administrators use as well',
  },
  {
    name: 'file',
    says: 'written as a file',
    logsource: { category: 'file_event' },
    kinds: ['file-name'],
    select: (targets) =>
      oneOf(
        'TargetFilename|endswith',
        targets.flatMap(({ value }) => pathsOf(value).map(escapeSigma)),
      ),
    falsePositive: 'Other files of the same name',
  },
  {
    name: 'user-agent',
    says: 'named by a client of a proxy',
    logsource: { category: 'proxy' },
    kinds: ['user-agent'],
    select: (targets) =>
      oneOf(
        'c-useragent',
        targets.map(({ value }) => escapeSigma(value)),
      ),
    falsePositive: 'Programs that call themselves by the same name',
  },
  {
    name: 'mail',
    says: 'in a log of mail',
    logsource: { category: 'email', definition: 'Logs of mail servers and of what filters mail' },
    kinds: ['email'],
    select: (targets) => [targets.map(({ value }) => escapeSigma(value))],
    falsePositive: 'Senders whose address others have forged',
  },
];

/** Backslashes and what would be a wildcard stand for themselves (Sigma rules 2.0, Escaping). */
function escapeSigma(text: string): string {
  return text.replace(/[\\*?]/g, '\\$&');
}

function oneOf(field: string, values: readonly string[]): readonly YamlValue[] {
  return values.length === 0 ? [] : [{ [field]: values }];
}

function nameOrBelow(field: string, targets: readonly Target[]): readonly YamlValue[] {
  const names = targets.map(({ value }) => escapeSigma(value));
  return [
    ...oneOf(field, names),
    ...oneOf(
      `${field}|endswith`,
      names.map((name) => `.${name}`),
    ),
  ];
}

/** Whoever is connected to or connects, and where a port is said, is connected to on that port. */
function addresses(targets: readonly Target[]): readonly YamlValue[] {
  const values = (isRange: boolean) =>
    targets
      .filter(({ value, port }) => port === undefined && value.includes('/') === isRange)
      .map(({ value }) => value);
  const withPort = targets
    .filter(({ port }) => port !== undefined)
    .map(({ value, port = 0 }) => ({
      [value.includes('/') ? 'dst_ip|cidr' : 'dst_ip']: value,
      dst_port: port,
    }));
  return [
    ...['dst_ip', 'src_ip'].flatMap((field) => oneOf(field, values(false))),
    ...['dst_ip', 'src_ip'].flatMap((field) => oneOf(`${field}|cidr`, values(true))),
    ...withPort,
  ];
}

/** Ends of paths that a file of this name has, on any system; what is a path already is one. */
function pathsOf(name: string): readonly string[] {
  return /^(?:[\\/]|[a-z]:)/i.test(name) ? [name] : [`\\${name}`, `/${name}`];
}
