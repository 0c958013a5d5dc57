import type { ListedIndicator } from '../indicator/read-indicator.ts';
import type { Target, TargetKind } from '../indicator/target.ts';
import { uuidOfId } from '../indicator/uuid-of-id.ts';
import type { Loss, Written } from '../loss.ts';
import type { Entry } from './entries.ts';
import { entriesOf, oneLine } from './entries.ts';
import { carriedRules, isCarried } from './suricata-carried.ts';

const carries: ReadonlySet<TargetKind> = new Set<TargetKind>([
  'ipv4',
  'ipv6',
  'domain',
  'url',
  'user-agent',
  'certificate-sha1',
  'sip-uri',
  'md5',
  'sha1',
  'sha256',
]);

export interface SuricataOptions {
  /** The first rule's number; each rule has a number of its own above it, which its indicator decides. */
  readonly firstSid?: number;
  readonly action?: 'alert' | 'drop';
}

/** Numbers that rules of this list may have: a million and more above the first. */
const sidRange = 1_048_576;

/**
 * Rules of Suricata 6 and newer: addresses, domains (DNS and TLS), URLs, user agents, certificates, SIP. A rule keeps its number as long as its value
 * stays the same, and counts its revision by nothing: a changed indicator has another value, and so another rule.
 */
export function writeSuricata(
  indicators: readonly ListedIndicator[],
  options: SuricataOptions = {},
): Written {
  const { entries, losses } = entriesOf(withoutCarriedRules(indicators), {
    carries,
    format: 'A rule of Suricata',
    ports: true,
  });
  const more: Loss[] = [];
  const numbers = new Set<number>();
  const lines: string[] = [];
  for (const entry of entries) {
    const bodies = matches(entry.target);
    if (typeof bodies === 'string') {
      more.push({ at: entry.indicator.id, what: entry.target.kind, why: bodies });
      continue;
    }
    for (const body of bodies) lines.push(rule(entry, body, { ...options, numbers }));
  }
  const carried = carriedRules(indicators, numbers);
  return {
    text: [...lines, ...carried.lines].map((line) => `${line}\n`).join(''),
    count: lines.length + carried.lines.length,
    losses: [...losses, ...more, ...carried.losses],
  };
}

/** Rules of this language are carried as they are and are no loss here. */
function withoutCarriedRules(indicators: readonly ListedIndicator[]): readonly ListedIndicator[] {
  return indicators.filter(({ rule: own }) => own === undefined || !isCarried(own.language));
}

interface Match {
  readonly head: string;
  readonly options: string;
}

/** What rules look for, or why none can. */
function matches({ kind, value, port }: Target): readonly Match[] | string {
  const content = quoteContent(value);
  switch (kind) {
    case 'ipv4':
    case 'ipv6':
      // A port belongs to a protocol that has ports.
      return (port === undefined ? ['ip'] : ['tcp', 'udp']).map((protocol) => ({
        head: `${protocol} $HOME_NET any -> ${kind === 'ipv6' ? `[${value}]` : value} ${port ?? 'any'}`,
        options: '',
      }));
    case 'domain':
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
      ];
    case 'certificate-sha1':
      return [
        {
          head: 'tls any any -> any any',
          options: `tls.cert_fingerprint; content:"${value.replace(/(..)(?=.)/g, '$1:').toLowerCase()}"; `,
        },
      ];
    case 'sip-uri':
      return [
        { head: 'sip any any -> any any', options: `sip.uri; content:"${content}"; startswith; nocase; ` },
      ];
    default:
      return 'Suricata looks for hashes in lists of files, not in rules: use the plain list with filesha256.';
  }
}

/** The value itself or names below it, and not names that only end alike. */
function boundary(domain: string): string {
  return `pcre:"/(?:^|\\.)${domain.replace(/[.\\+*?[^\]$(){}=!<>|:\-#/";]/g, (letter) => (/[";]/.test(letter) ? '.' : `\\${letter}`))}$/i"; `;
}

function urlMatch(url: string): readonly Match[] | string {
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
        options: `tls.sni; content:"${quoteContent(name)}"; bsize:${byteLength(name)}; nocase; `,
      },
    ];
  }
  const options = `http.host; content:"${quoteContent(name)}"; bsize:${byteLength(name)}; http.uri; content:"${quoteContent(path)}"; startswith; `;
  return [{ head: 'http $HOME_NET any -> $EXTERNAL_NET any', options }];
}

function rule(
  { target, indicator }: Entry,
  { head, options }: Match,
  more: SuricataOptions & { readonly numbers: Set<number> },
): string {
  const { action = 'alert', firstSid = 9_000_000, numbers } = more;
  let sid = firstSid + (numberOf(`${head} ${options}`) % sidRange);
  while (numbers.has(sid)) sid += 1;
  numbers.add(sid);
  const message = quoteMessage(`Belltower ${target.kind} ${indicator.name || indicator.id}`);
  return `${action} ${head} (msg:"${message}"; ${options}reference:url,belltower.invalid/${uuidOfId(indicator.id)}; metadata:indicator ${uuidOfId(indicator.id)}; sid:${sid}; rev:1;)`;
}

/** A number that the same text always gives: FNV-1a over its UTF-16 units. */
function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}

/** Bytes of a text in UTF-8. */
function byteLength(text: string): number {
  return encodeURIComponent(text.toWellFormed()).replace(/%../g, 'x').length;
}

/** A content in which everything that is not a plain character stands as hexadecimal bytes: nothing can end the rule early. */
function quoteContent(text: string): string {
  const bytes = encodeURIComponent(text.toWellFormed()).match(/%..|[^%]/g) ?? [];
  const hex = bytes.map((byte) =>
    byte.length === 1 ? byte : String.fromCharCode(Number.parseInt(byte.slice(1), 16)),
  );
  return hex
    .map((letter) =>
      /[a-zA-Z0-9 ./_?&=+@~,-]/.test(letter)
        ? letter
        : `|${letter.charCodeAt(0).toString(16).padStart(2, '0')}|`,
    )
    .join('')
    .replaceAll('||', ' ');
}

function quoteMessage(text: string): string {
  return oneLine(text, 120).replace(/["\\;|]/g, ' ');
}
