import { parseMsisdn } from '../numbering/msisdn.ts';
import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';

/** An address of SIP: RFC 3261 §19.1. Scheme and host in small letters, the user as it is written, no default port. */
export interface SipUri extends Understood<'sip-uri'> {
  readonly secure: boolean;
  readonly user: string | undefined;
  readonly host: string;
  readonly port: number | undefined;
  /** Where the user part is a telephone number: E.164 with `+`. */
  readonly msisdn: string | undefined;
}

/** A telephone number as a URI: RFC 3966. */
export interface TelUri extends Understood<'tel-uri'> {
  /** E.164 with `+`; undefined for a local number. */
  readonly msisdn: string | undefined;
  /** Where a local number holds. */
  readonly context: string | undefined;
}

const userInfo = String.raw`(?:([\w\-.!~*'()&=+$,;?/%#]{1,256})(?::[^@\s]{0,128})?@)?`;
const host = String.raw`(\[[0-9a-f:.]{2,45}\]|[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\.?)`;
const sipForm = new RegExp(
  String.raw`^(sips?):${userInfo}${host}(?::(\d{1,5}))?((?:;[^;?\s]{1,300}){0,30})(?:\?\S{0,500})?$`,
  'i',
);

/** Reads `sip:+32475123456@ims.example;user=phone`. A password in it is left out of the value; parameters and headers too. */
export function parseSipUri(text: string): Parsed<SipUri> {
  const found = sipForm.exec(tidy(text).replace(/^<(.*)>$/, '$1'));
  if (found === null) return notUnderstood('A SIP address is sip:user@host or sips:user@host.');
  const [, scheme = '', user, written = '', portText, parameters = ''] = found;
  const secure = scheme.toLowerCase() === 'sips';
  const port = portText === undefined ? undefined : Number(portText);
  if (port !== undefined && (port < 1 || port > 65_535))
    return notUnderstood('A port is a number from 1 to 65535.');
  const kept = port === (secure ? 5061 : 5060) ? undefined : port;
  const name = written.toLowerCase().replace(/\.$/, '');
  const isPhone = /;user=phone(?:;|$)/i.test(parameters) || (user !== undefined && /^\+\d{7,15}$/.test(user));
  const number = isPhone && user !== undefined ? parseMsisdn(user.split(';')[0] ?? '') : undefined;
  const msisdn = number?.ok === true ? number.value.value : undefined;
  const doubts: Doubt[] =
    msisdn === undefined ? [] : [{ code: 'identifies-a-person', message: 'It holds a telephone number.' }];
  const value = `${secure ? 'sips' : 'sip'}:${user === undefined ? '' : `${user}@`}${name}${kept === undefined ? '' : `:${kept}`}`;
  return understood({
    kind: 'sip-uri',
    raw: text,
    value,
    secure,
    user,
    host: name,
    port: kept,
    msisdn,
    doubts,
  });
}

/** Reads `tel:+32-475-12.34.56` and `tel:1234;phone-context=example.org`. */
export function parseTelUri(text: string): Parsed<TelUri> {
  const [, written = '', parameters = ''] =
    /^tel:(\+?[\d\-.()*#a-f]{1,40})((?:;[^;\s]{1,300}){0,30})$/i.exec(tidy(text)) ?? [];
  const digits = written.replace(/[-.()]/g, '');
  if (!/\d/.test(digits)) return notUnderstood('A telephone URI is tel: and a number.');
  const context = /;phone-context=([^;]+)/i.exec(parameters)?.[1]?.toLowerCase();
  if (!digits.startsWith('+')) {
    const doubts: readonly Doubt[] =
      context === undefined
        ? [
            {
              code: 'not-standard',
              message: 'A local number needs a phone-context to mean something elsewhere.',
            },
          ]
        : [];
    const value = `tel:${digits}${context === undefined ? '' : `;phone-context=${context}`}`;
    return understood({ kind: 'tel-uri', raw: text, value, msisdn: undefined, context, doubts });
  }
  const number = parseMsisdn(digits);
  if (!number.ok) return number;
  const { value } = number.value;
  const doubts: readonly Doubt[] =
    context === undefined
      ? number.value.doubts
      : [
          ...number.value.doubts,
          {
            code: 'not-standard',
            message: 'A number with a + has no phone-context: it means the same everywhere.',
          },
        ];
  return understood({
    kind: 'tel-uri',
    raw: text,
    value: `tel:${value}`,
    msisdn: value,
    context: undefined,
    doubts,
  });
}
