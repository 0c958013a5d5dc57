import type { Target } from '../indicator/target.ts';
import { numberPrefixes } from './number-prefixes.ts';
import { byteContent, type SuricataMatch, textContent, textExpression } from './suricata-content.ts';

/** A SIP address as who is called, and as who says to call (RFC 3261 §8.1.1). */
export function sipAddress(uri: string): readonly SuricataMatch[] {
  const [, scheme = '', rest = ''] = /^(sips?):(.*)$/.exec(uri) ?? [];
  return sipEnds({ content: textContent(rest), expression: `${scheme}:${textExpression(rest)}` });
}

/** Telephone numbers in SIP, with and without what stands before the country code (RFC 3261 §19.1.6). */
export function sipNumbers(target: Target): readonly SuricataMatch[] {
  return numberPrefixes(target).flatMap(({ digits, length }) => {
    const open = length === undefined ? '[0-9]*' : `[0-9]{${length - digits.length}}`;
    const more = length === digits.length ? '' : open;
    return sipEnds({ content: digits, expression: `(?:sips?|tel):(?:[+]|00)?${digits}${more}` });
  });
}

function sipEnds({
  content,
  expression,
}: {
  readonly content: string;
  readonly expression: string;
}): readonly SuricataMatch[] {
  const head = 'sip any any -> any any';
  return [
    { head, options: `sip.uri; content:"${content}"; nocase; pcre:"/^${expression}(?:[@:?\\x3b]|$)/i"; ` },
    // No keyword of Suricata 7 names the header From.
    {
      head,
      options: `content:"${content}"; nocase; pcre:"/^(?:From|f)[ \\t]*:[^\\r\\n]*${expression}(?:[@:>?\\x3b\\s])/im"; `,
    },
  ];
}

/** A program that says in SIP what it is called. */
export function sipAgent(name: string): SuricataMatch {
  return {
    head: 'sip any any -> any any',
    options: `content:"${textContent(name)}"; pcre:"/^(?i:User-Agent)[ \\t]*:[ \\t]*${textExpression(name)}[ \\t]*\\r?$/m"; `,
  };
}

/**
 * What GTP-C carries in information elements, of version 2 (TS 29.274 §8) and of version 1 (TS 29.060 §7.7). Suricata knows no GTP, so
 * the bytes of an element are looked for in what goes to the port of GTP-C.
 */
export function gtpElement({ kind, value }: Target): readonly SuricataMatch[] {
  switch (kind) {
    case 'imsi':
      return [gtp(element2('01', tbcd(value))), gtp(`02${tbcd(value).padEnd(16, 'f')}`)];
    case 'imei': {
      // The last digit is the check digit, for which networks send another.
      const begin = tbcd(value.slice(0, 14));
      return [gtp(`4b000800${begin}`), gtp(`9a0008${begin}`)];
    }
    case 'tac':
      return [gtp(`4b000800${tbcd(value)}`), gtp(`9a0008${tbcd(value)}`)];
    case 'msisdn': {
      const digits = value.replace(/^\+/, '');
      if (!/^\d{1,15}$/.test(digits)) return [];
      const number = tbcd(digits);
      // Version 1 says first that the number is international.
      return [gtp(element2('4c', number)), gtp(`86${hexLength(number.length / 2 + 1)}91${number}`)];
    }
    case 'plmn': {
      const [mcc = '', mnc = ''] = value.split('-');
      const [m1 = '', m2 = '', m3 = ''] = mcc;
      const [n1 = '', n2 = '', n3 = 'f'] = mnc;
      return [gtp(`53000300${m2}${m1}${n3}${m3}${n2}${n1}`)];
    }
    case 'imsi-range': {
      const [, digits = ''] = /^((?:\d\d){2,7})\*$/.exec(value) ?? [];
      return digits === '' ? [] : [gtp(`01000800${tbcd(digits)}`), gtp(`02${tbcd(digits)}`)];
    }
    case 'apn': {
      if (!/^[a-z0-9.-]+$/.test(value)) return [];
      const labels = value.split('.').map((label) => `${hexLength(label.length).slice(2)}${hexOf(label)}`);
      return [accessPoint('47', `00${labels.join('')}`), accessPoint('83', labels.join(''))];
    }
    default:
      return [];
  }
}

const gtpHead = 'udp any any -> any 2123';

function gtp(hex: string): SuricataMatch {
  return { head: gtpHead, options: `content:"${byteContent(hex)}"; ` };
}

/** Behind the type and two bytes of length, which is open: a name may go on with the network's own part. */
function accessPoint(type: string, hex: string): SuricataMatch {
  const options = `content:"|${type}|"; content:"${byteContent(hex)}"; nocase; distance:2; within:${hex.length / 2}; `;
  return { head: gtpHead, options };
}

function element2(type: string, hex: string): string {
  return `${type}${hexLength(hex.length / 2)}00${hex}`;
}

function hexLength(length: number): string {
  return length.toString(16).padStart(4, '0');
}

/** Digits in pairs, the second of each before the first, and ones to fill the last (TS 29.274 §8.3). */
function tbcd(digits: string): string {
  return digits.replace(/(.)(.?)/g, (_, first: string, second: string) => `${second || 'f'}${first}`);
}

function hexOf(text: string): string {
  return [...text].map((letter) => letter.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}
