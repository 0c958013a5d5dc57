import type { ValueForm } from '@belltower/stix';
import { parseDiameterIdentity } from '../diameter/diameter-identity.ts';
import { parseNfInstance, parseSNssai } from '../five-g/network-function.ts';
import { parseGpsi, parsePei, parseSuci, parseSupi } from '../five-g/subscription.ts';
import { parseSmsSender } from '../messaging/sms-sender.ts';
import type { CellForm } from '../mobile/cell.ts';
import { parseCell } from '../mobile/cell.ts';
import { parseImei, parseImeisv, parseTac } from '../mobile/imei.ts';
import { parseImsi } from '../mobile/imsi.ts';
import { parsePlmn } from '../mobile/plmn.ts';
import { parseTadig } from '../mobile/tadig.ts';
import { parseEid, parseIccid } from '../mobile/uicc.ts';
import { parseApn } from '../packet/apn.ts';
import { parseTeid } from '../packet/teid.ts';
import type { Parsed } from '../parsed.ts';
import { parseGlobalTitle } from '../signalling/global-title.ts';
import type { PointCodeFormat } from '../signalling/point-code.ts';
import { parsePointCode, pointCodeFormatNames, pointCodeFormats } from '../signalling/point-code.ts';
import { parseSipUri, parseTelUri } from '../sip/sip-uri.ts';

type Parse = (text: string) => Parsed<{ readonly value: string }>;

/** The normal form that a parser of this package gives; undefined for what it does not read. */
function normalBy(parse: Parse): (text: string) => string | undefined {
  return (text) => {
    const parsed = parse(text);
    return parsed.ok ? parsed.value.value : undefined;
  };
}

/** A form that a regular expression says whole: only what is not of it is given to the parser, for a hint. */
function form(words: string, pattern: string, parse: Parse): ValueForm {
  return { words, pattern, normal: normalBy(parse) };
}

/** A form of which a regular expression says a part. */
function partialForm(words: string, pattern: string, parse: Parse): ValueForm {
  return { ...form(words, pattern, parse), partial: true };
}

/**
 * A telephone number as the type `phone-number` has it. Plans change faster than lists of them, so that any number that E.164 can
 * have is one.
 */
export const e164Form: ValueForm = {
  words: 'a telephone number of ITU-T E.164: 5 to 15 digits without +, the first of them not 0',
  pattern: '[1-9][0-9]{4,14}',
  accepts: '[+][1-9][0-9]{4,14}',
  normal: (text) => text.replace(/^\+/, ''),
};

export const countryForm: ValueForm = {
  words: 'a country code of ISO 3166-1 alpha-2, in capitals',
  pattern: '[A-Z]{2}',
};

export const country3Form: ValueForm = {
  words: 'a country code of ISO 3166-1 alpha-3, in capitals',
  pattern: '[A-Z]{3}',
};

export const rangeEndForm: ValueForm = { words: '1 to 15 digits', pattern: '[0-9]{1,15}' };

export const globalTitleForm = form(
  'a global title: 1 to 20 digits, those above 9 as capitals A to F, with * behind them for a prefix',
  '[0-9A-F]{1,20}[*]?',
  (text) => {
    // The plan is a property of its own, and may not stand in the value as well.
    const parsed = parseGlobalTitle(text);
    if (!parsed.ok || parsed.value.numberingPlan === 'e164') return parsed;
    return { ok: false, reason: 'The numbering plan has a property of its own.' };
  },
);

/** Regular expressions for the numbers of so many bits. */
const numbersOfBits: Readonly<Record<number, string>> = {
  3: '[0-7]',
  4: '(?:1[0-5]|[0-9])',
  5: '(?:3[01]|[12]?[0-9])',
  6: '(?:6[0-3]|[1-5]?[0-9])',
  7: '(?:12[0-7]|1[01][0-9]|[1-9]?[0-9])',
  8: '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])',
};
const octetInThreeDigits = '(?:25[0-5]|2[0-4][0-9]|[01][0-9]{2})';

function pointCodeForm(format: PointCodeFormat): ValueForm {
  const { bits, title } = pointCodeFormats[format];
  const parts = bits.map((count) =>
    format === 'itu-14' && count === 8 ? octetInThreeDigits : (numbersOfBits[count] ?? '[0-9]+'),
  );
  return {
    words: `a point code (${title}) in its parts`,
    pattern: parts.join('-'),
    normal: (text) => {
      const parsed = parsePointCode(text, format);
      return parsed.ok && parsed.value.format === format ? parsed.value.display : undefined;
    },
  };
}

export const pointCodeForms: Readonly<Record<string, ValueForm>> = Object.fromEntries(
  pointCodeFormatNames.map((format) => [format, pointCodeForm(format)]),
);

const imsiForm = form('an IMSI: 6 to 15 digits', '[0-9]{6,15}', parseImsi);

export const subscriberForms = {
  imsi: imsiForm,
  supi: partialForm(
    'a SUPI: imsi-, nai-, gci- or gli- and what belongs behind it',
    'imsi-[0-9]{6,15}|(?:nai|gci|gli)-\\S+',
    parseSupi,
  ),
  suci: partialForm(
    'a SUCI: suci-, a type, its network or realm, routing, scheme, key and output, in small letters',
    'suci-[0-7]-\\S+',
    parseSuci,
  ),
  gpsi: partialForm(
    'a GPSI: msisdn- and 5 to 15 digits, or extid- and name@domain',
    'msisdn-[0-9]{5,15}|extid-[^@\\s]+@[^@\\s]+',
    parseGpsi,
  ),
} as const;

export const equipmentForms = {
  imei: partialForm('an IMEI: 15 digits, the last of them the check digit of Luhn', '[0-9]{15}', parseImei),
  imeisv: form('an IMEISV: 16 digits', '[0-9]{16}', parseImeisv),
  tac: form('a type allocation code: 8 digits', '[0-9]{8}', parseTac),
  pei: partialForm(
    'a PEI: imei-, imeisv-, mac- or eui- and what belongs behind it, in small letters',
    'imei-[0-9]{15}|imeisv-[0-9]{16}|mac-[0-9a-f]{2}(?:-[0-9a-f]{2}){5}(?:-untrusted)?|eui-[0-9a-f]{2}(?:-[0-9a-f]{2}){7}',
    parsePei,
  ),
} as const;

export const uiccForms = {
  iccid: form('an ICCID: 18 to 20 digits that begin with 89', '89[0-9]{16,18}', parseIccid),
  eid: form('an EID: 32 digits that begin with 89', '89[0-9]{30}', parseEid),
} as const;

export const plmnForm = form(
  'a network: an MCC of three and an MNC of two or three digits, as in 206-01',
  '[0-9]{3}-[0-9]{2,3}',
  parsePlmn,
);

export const tadigForm = form(
  'a TADIG code: three capital letters and two capital letters or digits',
  '[A-Z]{3}[A-Z0-9]{2}',
  parseTadig,
);

/** The identifier of a stand-alone non-public network: TS 23.003 §12.7. */
export const nidForm: ValueForm = {
  words: 'a network identifier: 11 hexadecimal digits in capitals',
  pattern: '[0-9A-F]{11}',
};

function cellForm(type: CellForm, words: string, pattern: string): ValueForm {
  // Any network will do: what is behind it is looked at.
  const network = `${type}:001-01-`;
  const normal = (text: string) => {
    const parsed = parseCell(`${network}${text}`);
    return parsed.ok && parsed.value.value.startsWith(network)
      ? parsed.value.value.slice(network.length)
      : undefined;
  };
  return { words, pattern, normal, partial: true };
}

export const cellForms = {
  cgi: cellForm(
    'cgi',
    'a location area and a cell with a hyphen between them, in decimal',
    '[0-9]{1,5}-[0-9]{1,5}',
  ),
  ecgi: cellForm('ecgi', 'a cell of 4G: 7 hexadecimal digits in capitals', '[0-9A-F]{7}'),
  ncgi: cellForm('ncgi', 'a cell of 5G: 9 hexadecimal digits in capitals', '[0-9A-F]{9}'),
  tai: cellForm(
    'tai',
    'a tracking area code: 4 or 6 hexadecimal digits in capitals',
    '[0-9A-F]{4}|[0-9A-F]{6}',
  ),
} as const;

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';

export const diameterForm = partialForm(
  'a Diameter identity: a fully qualified domain name in small letters, without a dot at its end',
  `(?:${label}[.]){1,40}[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?`,
  parseDiameterIdentity,
);

export const nfInstanceForm = form(
  'the id of a network function: a UUID in small letters',
  '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',
  (text) => parseNfInstance(`nf:${text}`),
);

export const sliceForm = partialForm(
  'a slice: a type from 0 to 255, and six hexadecimal digits in capitals where it has a differentiator',
  `${numbersOfBits[8]}(?:-[0-9A-F]{6})?`,
  (text) => parseSNssai(`s-nssai:${text}`),
);

export const apnForm = partialForm(
  'an APN or DNN: labels of small letters, digits and hyphens with dots between them, or *',
  `[*]|${label}(?:[.]${label})*`,
  parseApn,
);

export const sipForm = partialForm(
  'a URI of the scheme sip, sips or tel, without parameters that do not name somebody',
  '(?:sips?|tel):\\S+',
  (text) => (/^tel:/i.test(text) ? parseTelUri(text) : parseSipUri(text)),
);

export const senderForm = partialForm(
  'a sender: a name of up to 11 characters in small letters, a short code, or + and a number',
  '[^\\x00-\\x1f\\x7f]{1,16}',
  parseSmsSender,
);

export const teidForm = form(
  'a TEID: 0x and 8 hexadecimal digits in small letters',
  '0x[0-9a-f]{8}',
  (text) => parseTeid(text),
);

export const keyIdForm: ValueForm = {
  words: 'the name of a key: 1 to 64 letters, digits, dots, hyphens and underscores',
  pattern: '[A-Za-z0-9._-]{1,64}',
};

export const hmacForm: ValueForm = {
  words: 'an HMAC-SHA-256: 64 hexadecimal digits in small letters',
  pattern: '[0-9a-f]{64}',
};
