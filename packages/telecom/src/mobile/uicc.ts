import { identifyIssuer } from 'e118-iin-list';
import { luhnHolds } from '../digits/luhn.ts';
import { mod97 } from '../digits/mod-97.ts';
import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';

/** A SIM card or profile: ITU-T E.118. */
export interface Iccid extends Understood<'iccid'> {
  /** Who issued it, as ITU lists them; undefined where the list knows none. */
  readonly issuer: string | undefined;
  /** ITU-T E.164 country code, as ITU lists it. */
  readonly callingCode: string | undefined;
}

/** An embedded SIM: GSMA SGP.29. */
export interface Eid extends Understood<'eid'> {}

const identifies: Doubt = { code: 'identifies-a-person', message: 'A SIM identifies a subscriber.' };

/** Reads 18 to 20 digits that begin with 89; the filler F at the end is left out. */
export function parseIccid(text: string): Parsed<Iccid> {
  const digits = tidy(text)
    .replace(/^iccid[-:]?/i, '')
    .replace(/[\s-]/g, '')
    .replace(/f+$/i, '');
  if (!/^89\d{16,18}$/.test(digits)) return notUnderstood('An ICCID is 18 to 20 digits that begin with 89.');
  const issuer = identifyIssuer(digits);
  const doubts: Doubt[] = [];
  if (!luhnHolds(digits)) {
    const message = 'Its last digit is no check digit of the others; cards are often printed without one.';
    doubts.push({ code: 'check-digit', message });
  }
  if (issuer === undefined)
    doubts.push({ code: 'not-assigned', message: 'The list of issuers knows no such beginning.' });
  doubts.push(identifies);
  return understood({
    kind: 'iccid',
    raw: text,
    value: digits,
    issuer: issuer?.companyName,
    callingCode: issuer === undefined ? undefined : String(issuer.countryCode),
    doubts,
  });
}

/** Reads 32 digits that begin with 89. */
export function parseEid(text: string): Parsed<Eid> {
  const digits = tidy(text)
    .replace(/^eid[-:]?/i, '')
    .replace(/[\s-]/g, '');
  if (!/^89\d{30}$/.test(digits)) return notUnderstood('An EID is 32 digits that begin with 89.');
  const doubts: Doubt[] =
    mod97(digits) === 1 ? [] : [{ code: 'check-digit', message: 'Its check digits do not hold.' }];
  return understood({ kind: 'eid', raw: text, value: digits, doubts: [...doubts, identifies] });
}
