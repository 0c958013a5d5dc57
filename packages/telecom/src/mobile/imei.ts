import { luhnCheckDigit, luhnHolds } from '../digits/luhn.ts';
import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';

/** A device: TS 23.003 §6.2.1. `value` has 15 digits, the last of them the check digit. */
export interface Imei extends Understood<'imei'> {
  /** Type allocation code: maker and model. */
  readonly tac: string;
}

/** A device with the version of its software: TS 23.003 §6.2.2. Sixteen digits and no check digit. */
export interface Imeisv extends Understood<'imeisv'> {
  readonly tac: string;
  /** The same device without its software version. */
  readonly imei: string;
}

/** A type allocation code, the first eight digits of an IMEI: TS 23.003 §6.2. Tells a model and no person. */
export interface Tac extends Understood<'tac'> {}

const identifies: Doubt = {
  code: 'identifies-a-person',
  message: 'An IMEI identifies the device of a person.',
};

/** Reads 15 digits, or 14 without the check digit, with or without separators. */
export function parseImei(text: string): Parsed<Imei> {
  const digits = bareDigits(text, /^imei[-:]?/i);
  if (!/^\d{14,15}$/.test(digits))
    return notUnderstood('An IMEI is 15 digits, or 14 without its check digit.');
  const body = digits.slice(0, 14);
  const value = `${body}${luhnCheckDigit(body)}`;
  const doubts: Doubt[] = [];
  const check = value.at(-1);
  if (digits.length === 14)
    doubts.push({ code: 'ambiguous', message: `It has no check digit; ${check} was put behind it.` });
  else if (!luhnHolds(digits))
    doubts.push({
      code: 'check-digit',
      message: digits.endsWith('0')
        ? `Its check digit should be ${check}: networks send 0 in its place.`
        : `Its check digit should be ${check}: it was mistyped, or the device is forged.`,
    });
  if (/^0+$/.test(body))
    doubts.push({ code: 'test-value', message: 'All digits are 0: a device without identity.' });
  doubts.push(identifies);
  return understood({ kind: 'imei', raw: text, value, tac: body.slice(0, 8), doubts });
}

/** Reads 16 digits. */
export function parseImeisv(text: string): Parsed<Imeisv> {
  const digits = bareDigits(text, /^imeisv[-:]?/i);
  if (!/^\d{16}$/.test(digits)) return notUnderstood('An IMEISV is 16 digits.');
  const body = digits.slice(0, 14);
  return understood({
    kind: 'imeisv',
    raw: text,
    value: digits,
    tac: body.slice(0, 8),
    imei: `${body}${luhnCheckDigit(body)}`,
    doubts: [identifies],
  });
}

/** Reads 8 digits. */
export function parseTac(text: string): Parsed<Tac> {
  const digits = bareDigits(text, /^tac[-:]?/i);
  if (!/^\d{8}$/.test(digits)) return notUnderstood('A type allocation code is 8 digits.');
  return understood({ kind: 'tac', raw: text, value: digits, doubts: [] });
}

function bareDigits(text: string, prefix: RegExp): string {
  return tidy(text)
    .replace(prefix, '')
    .replace(/[\s\-/.]/g, '');
}
