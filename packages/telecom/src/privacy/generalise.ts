import { identifyIssuer } from 'e118-iin-list';
import { networkAtStart } from '../mobile/plmn.ts';
import { parseMsisdn } from '../numbering/msisdn.ts';
import type { Observable } from '../observable.ts';
import type { PersonalIdentifier } from './personal-identifier.ts';
import { personalIdentifier } from './personal-identifier.ts';

/** What may be told of a subscriber without saying which one it is. */
export type Generalised =
  /** Of an IMSI: the home network; `prefix` are its digits. */
  | { readonly kind: 'plmn'; readonly value: string; readonly prefix: string }
  /** Of an IMEI: the model. */
  | { readonly kind: 'tac'; readonly value: string; readonly prefix: string }
  /** Of a telephone number: all numbers of the same length with the digits of country and operator. */
  | {
      readonly kind: 'number-range';
      readonly value: string;
      readonly prefix: string;
      readonly from: string;
      readonly to: string;
    }
  /** Of a card: the digits of the issuer. */
  | { readonly kind: 'issuer'; readonly value: string; readonly prefix: string }
  /** Of a name at a domain: the domain. */
  | { readonly kind: 'domain'; readonly value: string };

/** What may travel instead of an observable; undefined for what identifies nobody, and where nothing is left that says anything. */
export function generalise(observable: Observable): Generalised | undefined {
  const identifier = personalIdentifier(observable);
  return identifier === undefined ? undefined : generaliseIdentifier(identifier);
}

/** The same for what an observable came down to. */
export function generaliseIdentifier({ of, normal }: PersonalIdentifier): Generalised | undefined {
  switch (of) {
    case 'imsi':
      return networkOf(normal);
    case 'imei':
      return { kind: 'tac', value: normal.slice(0, 8), prefix: normal.slice(0, 8) };
    case 'msisdn':
      return rangeOf(normal);
    case 'iccid':
      return issuerOf(normal);
    case 'eid':
      // GSMA SGP.29: 89, three digits for the country and three for the maker.
      return { kind: 'issuer', value: normal.slice(0, 8), prefix: normal.slice(0, 8) };
    case 'supi':
    case 'gpsi': {
      const domain = normal.slice(normal.lastIndexOf('@') + 1);
      return normal.includes('@') ? { kind: 'domain', value: domain } : undefined;
    }
    case 'pei':
      return undefined;
  }
}

/** A network that no list knows is not guessed at: how long its MNC is cannot be seen. */
function networkOf(imsi: string): Generalised | undefined {
  const network = networkAtStart(imsi);
  if (network === undefined) return undefined;
  const { mcc, mnc } = network;
  return { kind: 'plmn', value: `${mcc}-${mnc}`, prefix: `${mcc}${mnc}` };
}

/** Digits behind the calling code that say whose numbers they are, in most plans. */
const operatorDigits = 3;
/** Digits that are never told: ten thousand numbers stay together at the least. */
const hiddenDigits = 4;

/** The calling code and the three digits behind it, fewer where fewer than four would stay hidden. */
function rangeOf(number: string): Generalised | undefined {
  const parsed = parseMsisdn(number);
  if (!parsed.ok) return undefined;
  const digits = number.slice(1);
  const told = Math.min(parsed.value.callingCode.length + operatorDigits, digits.length - hiddenDigits);
  if (told < 1) return undefined;
  const prefix = digits.slice(0, told);
  const hidden = digits.length - told;
  const from = prefix + '0'.repeat(hidden);
  const to = prefix + '9'.repeat(hidden);
  return { kind: 'number-range', value: `${from}..${to}`, prefix, from, to };
}

/** ITU-T E.118: an issuer has up to seven digits, how many can be seen in ITU's list only. */
function issuerOf(iccid: string): Generalised | undefined {
  const issuer = identifyIssuer(iccid);
  if (issuer === undefined) return undefined;
  const value = String(issuer.iin);
  return { kind: 'issuer', value, prefix: value };
}
