import { parseMsisdn } from '../numbering/msisdn.ts';
import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';

/** Who a short message says it is from: TS 23.040 §9.1.2.5. */
export interface SmsSender extends Understood<'sms-sender'> {
  readonly form: 'alphanumeric' | 'short-code' | 'number';
  /** Equal for names that look alike to a reader: small letters, digits that stand for letters and foreign letters replaced. */
  readonly lookalike: string;
}

/** The basic characters of the GSM 7 bit alphabet that a sender's name may have: TS 23.038 §6.2.1. */
const gsm7 = /^[@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]*$/;

/** Characters that are taken for others; what is not here stands for itself. */
const alike: ReadonlyMap<string, string> = new Map([
  ...Object.entries({
    0: 'o',
    1: 'l',
    3: 'e',
    4: 'a',
    5: 's',
    7: 't',
    8: 'b',
    '@': 'a',
    $: 's',
    '!': 'l',
    '|': 'l',
    i: 'l',
  }),
  ...Object.entries({
    а: 'a',
    е: 'e',
    о: 'o',
    р: 'p',
    с: 'c',
    у: 'y',
    х: 'x',
    і: 'l',
    ѕ: 's',
    к: 'k',
    м: 'm',
    т: 't',
    в: 'b',
    н: 'h',
  }),
  // Cyrillic, Latin and Greek letters that keyboards of one country have and readers of others do not tell apart.
  ...Object.entries({
    ј: 'j',
    һ: 'h',
    ԁ: 'd',
    ԛ: 'q',
    ԝ: 'w',
    ӏ: 'l',
    ү: 'y',
    п: 'n',
    ѵ: 'v',
    ɡ: 'g',
    ɑ: 'a',
  }),
  ...Object.entries({
    ı: 'l',
    ł: 'l',
    ø: 'o',
    đ: 'd',
    ĸ: 'k',
    ſ: 's',
    η: 'n',
    ω: 'w',
    χ: 'x',
    γ: 'y',
    σ: 'o',
  }),
  ...Object.entries({ 2: 'z', 9: 'g' }),
  ...Object.entries({ α: 'a', ο: 'o', ρ: 'p', ε: 'e', ι: 'l', κ: 'k', ν: 'v', τ: 't', υ: 'u', ß: 'b' }),
]);

/** Reads a name of up to 11 characters, a short code of 3 to 8 digits, or a number. */
export function parseSmsSender(text: string): Parsed<SmsSender> {
  const sender = tidy(text).replace(/^sms(?:-sender)?:\s*/i, '');
  if (sender === '') return notUnderstood('A sender has at least one character.');
  if (/^\d{3,8}$/.test(sender))
    return understood({
      kind: 'sms-sender',
      raw: text,
      value: sender,
      form: 'short-code',
      lookalike: sender,
      doubts: [],
    });
  if (/^\+?[\d\s()./-]{5,20}$/.test(sender)) {
    const number = parseMsisdn(sender);
    if (number.ok) {
      const { value, doubts } = number.value;
      return understood({ kind: 'sms-sender', raw: text, value, form: 'number', lookalike: value, doubts });
    }
  }
  // Digits that are no number of any plan are one of some country: no name has digits alone.
  if (/^\+?\d{1,15}$/.test(sender)) {
    const message = 'It is no international number: it means something in one country or network only.';
    const doubts: readonly Doubt[] = [{ code: 'not-standard', message }];
    return understood({
      kind: 'sms-sender',
      raw: text,
      value: sender,
      form: 'number',
      lookalike: sender,
      doubts,
    });
  }
  // İ has no small letter of its own: JavaScript makes an i and a dot above of it, which would be two characters.
  const value = sender.toLowerCase().replaceAll('i\u0307', 'i').normalize('NFKC');
  if ([...value].length > 11) return notUnderstood('The name of a sender has 11 characters at the most.');
  const doubts: Doubt[] = [];
  if (!gsm7.test(sender))
    doubts.push({
      code: 'not-standard',
      message: 'It has characters that the GSM alphabet lacks; they may imitate others.',
    });
  return understood({
    kind: 'sms-sender',
    raw: text,
    value,
    form: 'alphanumeric',
    lookalike: lookalikeOf(sender),
    doubts,
  });
}

function lookalikeOf(name: string): string {
  const letters = name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  return [...letters]
    .map((letter) => alike.get(letter) ?? letter)
    .join('')
    .replace(/[\s._-]/g, '')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w');
}

/** Whether two senders are different and a reader may take one for the other. */
export function sendersLookAlike(one: SmsSender, other: SmsSender): boolean {
  return one.value !== other.value && one.lookalike === other.lookalike;
}
