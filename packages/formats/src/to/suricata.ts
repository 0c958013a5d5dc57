import type { ListedIndicator } from '../indicator/read-indicator.ts';
import type { Target, TargetKind } from '../indicator/target.ts';
import { uuidOfId } from '../indicator/uuid-of-id.ts';
import type { Loss, Written, WrittenFile } from '../loss.ts';
import type { Entry } from './entries.ts';
import { asciiOnly, entriesOf, isWireName, oneLine } from './entries.ts';
import { carriedRules, isCarried } from './suricata-carried.ts';
import {
  byteContent,
  byteLength,
  type SuricataMatch,
  textContent,
  textExpression,
} from './suricata-content.ts';
import { gtpElement, sipAddress, sipAgent, sipNumbers } from './suricata-signalling.ts';

const carries: ReadonlySet<TargetKind> = new Set<TargetKind>([
  'ipv4',
  'ipv6',
  'domain',
  'url',
  'user-agent',
  'certificate-sha1',
  'certificate-sha256',
  'sip-uri',
  'msisdn',
  'number-range',
  'imsi',
  'imsi-range',
  'imei',
  'tac',
  'plmn',
  'apn',
]);
/** Kinds of hashes with the keyword that looks for them in a list, a file beside the rules. */
const fileHashes = { md5: 'filemd5', sha1: 'filesha1', sha256: 'filesha256' } as const;
const hashKinds = ['md5', 'sha1', 'sha256'] as const satisfies readonly TargetKind[];

export interface SuricataOptions {
  /** The first rule's number; each rule has a number of its own above it, which its indicator decides. */
  readonly firstSid?: number;
  readonly action?: 'alert' | 'drop';
  /** Whether lists of hashes can stand beside the rules; where not, hashes are left out. */
  readonly files?: boolean;
}

/** Numbers that rules of this list may have: a million and more above the first. */
const sidRange = 1_048_576;

/**
 * Rules of Suricata 6 and newer: addresses, domains (DNS and TLS), URLs, user agents, certificates, SIP, GTP-C, lists of hashes. A rule keeps its number as long as its value
 * stays the same, and counts its revision by nothing: a changed indicator has another value, and so another rule.
 */
export function writeSuricata(
  indicators: readonly ListedIndicator[],
  options: SuricataOptions = {},
): Written {
  const { entries, losses } = entriesOf(withoutCarriedRules(indicators), {
    carries: options.files === true ? new Set([...carries, ...hashKinds]) : carries,
    format: options.files === true ? 'Suricata' : 'A rule of Suricata without files beside it',
    ports: true,
  });
  const more: Loss[] = [];
  const numbers = new Set<number>();
  const lines: string[] = [];
  const files: WrittenFile[] = [];
  for (const kind of hashKinds) {
    const own = entries.filter(({ target }) => target.kind === kind);
    const [first] = own;
    if (first === undefined) continue;
    const file = {
      name: `belltower-${kind}.list`,
      text: own.map(({ target }) => `${target.value}\n`).join(''),
    };
    files.push(file);
    const keyword = fileHashes[kind];
    lines.push(
      ruleOf(
        { head: 'ip any any -> any any', options: `${keyword}:${file.name}; ` },
        `file of a listed ${kind}`,
        { ...options, numbers },
      ),
    );
  }
  for (const entry of entries) {
    if (isFileHash(entry.target.kind)) continue;
    const bodies = matches(entry.target);
    if (typeof bodies === 'string') {
      more.push({ at: entry.indicator.id, what: entry.target.kind, why: bodies });
      continue;
    }
    for (const body of bodies) lines.push(rule(entry, body, { ...options, numbers }));
  }
  const carried = carriedRules(indicators, numbers);
  return {
    ...(files.length > 0 ? { files } : {}),
    text: [...lines, ...carried.lines].map((line) => `${line}\n`).join(''),
    count: lines.length + carried.lines.length,
    losses: [...losses, ...more, ...carried.losses],
  };
}

/** Rules of this language are carried as they are and are no loss here. */
function withoutCarriedRules(indicators: readonly ListedIndicator[]): readonly ListedIndicator[] {
  return indicators.filter(({ rule: own }) => own === undefined || !isCarried(own.language));
}

/** What rules look for, or why none can. */
function matches(target: Target): readonly SuricataMatch[] | string {
  const { kind, value, port } = target;
  const content = textContent(value);
  switch (kind) {
    case 'ipv4':
    case 'ipv6':
      // A port belongs to a protocol that has ports.
      return (port === undefined ? ['ip'] : ['tcp', 'udp']).map((protocol) => ({
        head: `${protocol} $HOME_NET any -> ${kind === 'ipv6' ? `[${value}]` : value} ${port ?? 'any'}`,
        options: '',
      }));
    case 'domain':
      if (!isWireName(value)) return asciiOnly;
      return [
        {
          head: 'dns $HOME_NET any -> any any',
          options: `dns.query; content:"${content}"; nocase; endswith; ${boundary(value)}`,
        },
        {
          head: 'tls $HOME_NET any -> $EXTERNAL_NET any',
          options: `tls.sni; content:"${content}"; nocase; endswith; ${boundary(value)}`,
        },
      ];
    case 'url':
      return urlMatch(value);
    case 'user-agent':
      return [
        {
          head: 'http $HOME_NET any -> $EXTERNAL_NET any',
          options: `http.user_agent; content:"${content}"; bsize:${byteLength(value)}; `,
        },
        sipAgent(value),
      ];
    case 'certificate-sha1':
      return [
        {
          head: 'tls any any -> any any',
          options: `tls.cert_fingerprint; content:"${value.replace(/(..)(?=.)/g, '$1:').toLowerCase()}"; `,
        },
      ];
    case 'certificate-sha256':
      return [
        {
          head: 'tls any any -> any any',
          options: `tls.certs; to_sha256; content:"${byteContent(value)}"; `,
        },
      ];
    case 'sip-uri':
      return sipAddress(value);
    case 'number-range':
      return sipNumbers(target);
    case 'msisdn':
      return [...sipNumbers(target), ...gtpElement(target)];
    default: {
      const found = gtpElement(target);
      return found.length > 0
        ? found
        : 'Suricata compares whole bytes of GTP-C, and this value is none there.';
    }
  }
}

function isFileHash(kind: TargetKind): boolean {
  return Object.hasOwn(fileHashes, kind);
}

/** The value itself or names below it, and not names that only end alike. */
function boundary(domain: string): string {
  return `pcre:"/(?:^|[.])${textExpression(domain)}$/i"; `;
}

function urlMatch(url: string): readonly SuricataMatch[] | string {
  const [, host = '', path = '/'] =
    /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]+)([/?][^#]*)?/i.exec(url) ?? [];
  const name = host.replace(/:\d+$/, '').toLowerCase();
  if (/^https:/i.test(url)) {
    if (path !== '/')
      return 'Of an encrypted connection only the name is seen: looking for the host would find more than this address.';
    if (/^\[|^\d+(?:\.\d+){3}$/.test(name)) return 'Encrypted connections to a bare address name nobody.';
    return [
      {
        head: 'tls $HOME_NET any -> $EXTERNAL_NET any',
        options: `tls.sni; content:"${textContent(name)}"; bsize:${byteLength(name)}; nocase; `,
      },
    ];
  }
  const options = `http.host; content:"${textContent(name)}"; bsize:${byteLength(name)}; http.uri; content:"${textContent(path)}"; startswith; `;
  return [{ head: 'http $HOME_NET any -> $EXTERNAL_NET any', options }];
}

function rule({ target, indicator }: Entry, match: SuricataMatch, more: RuleOptions): string {
  const uuid = uuidOfId(indicator.id);
  const about = `reference:url,belltower.invalid/${uuid}; metadata:indicator ${uuid}; `;
  const { head, options } = match;
  return ruleOf({ head, options: `${options}${about}` }, `${target.kind} ${indicator.name || indicator.id}`, {
    ...more,
    of: match,
  });
}

interface RuleOptions extends SuricataOptions {
  /** Numbers that rules have already. */
  readonly numbers: Set<number>;
  /** What its number is made of, if not of all that it says. */
  readonly of?: SuricataMatch;
}

function ruleOf(
  match: SuricataMatch,
  says: string,
  { action = 'alert', firstSid = 9_000_000, numbers, of = match }: RuleOptions,
): string {
  let sid = firstSid + (numberOf(`${of.head} ${of.options}`) % sidRange);
  while (numbers.has(sid)) sid += 1;
  numbers.add(sid);
  const { head, options } = match;
  return `${action} ${head} (msg:"${quoteMessage(`Belltower ${says}`)}"; ${options}sid:${sid}; rev:1;)`;
}

/** A number that the same text always gives: FNV-1a over its UTF-16 units. */
function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}

function quoteMessage(text: string): string {
  return oneLine(text, 120).replace(/["\\;|]/g, ' ');
}
