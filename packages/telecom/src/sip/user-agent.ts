import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';

/** What a SIP client or server says that it is: RFC 3261 §20.41 and §20.35. `value` is the text as it is sent. */
export interface SipUserAgent extends Understood<'sip-user-agent'> {
  /** The scanner or test tool that calls itself so. */
  readonly tool: string | undefined;
}

/**
 * Names that scanners and tools for testing send, as published block lists of Kamailio, Asterisk and firewalls have them. Anybody can send
 * another name, and some of the tools are used by operators as well.
 */
const tools: readonly (readonly [part: string, tool: string])[] = [
  ['friendly-scanner', 'SIPVicious, a scanner'],
  ['friendly-request', 'a scanner'],
  ['sipvicious', 'SIPVicious, a scanner'],
  ['sundayddr', 'a scanner for extensions'],
  ['pplsip', 'a scanner'],
  ['sip-scan', 'a scanner'],
  ['siparmyknife', 'SIP Army Knife, a fuzzer'],
  ['sipcli', 'sipcli, a tool that is used for toll fraud'],
  ['vaxsipuseragent', 'VaxVoIP, a library that is used for toll fraud'],
  ['iwar', 'iWar, a war dialer'],
  ['sivus', 'SiVuS, a scanner'],
  ['smap', 'smap, a scanner'],
  ['svmap', 'SIPVicious, a scanner'],
  ['svwar', 'SIPVicious, a scanner for extensions'],
  ['svcrack', 'SIPVicious, a password guesser'],
  ['sippts', 'SIPPTS, a test suite'],
  ['sipsak', 'sipsak, a tool for testing'],
  ['sipp', 'SIPp, a traffic generator'],
];

/** Reads `User-Agent: …`, `Server: …` and the text alone. */
export function parseSipUserAgent(text: string): Parsed<SipUserAgent> {
  const value = tidy(text)
    .replace(/^(?:(?:sip[-\s])?user-?agent|server|ua)[:=]\s*/i, '')
    .replace(/\s+/g, ' ');
  if (value === '' || value.length > 256) return notUnderstood('A user agent is 1 to 256 characters.');
  if (/\p{Cc}/u.test(value)) return notUnderstood('A user agent has no control characters.');
  const tool = scannerOf(value);
  const doubts: readonly Doubt[] =
    tool === undefined ? [] : [{ code: 'hostile', message: `It is the name of ${tool}.` }];
  return understood({ kind: 'sip-user-agent', raw: text, value, tool, doubts });
}

/** The scanner or tool whose name a text has in it, at the beginning of a word. */
function scannerOf(value: string): string | undefined {
  const lower = value.toLowerCase();
  const found = tools.find(([part]) => {
    const at = lower.indexOf(part);
    return at === 0 || (at > 0 && !/[a-z0-9]/.test(lower[at - 1] ?? ''));
  });
  return found?.[1];
}
