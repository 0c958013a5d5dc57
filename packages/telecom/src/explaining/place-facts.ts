import { countriesOf, findNetwork, type KnownNetwork } from '../mobile/plmn.ts';
import type { CallingCode } from '../numbering/calling-code.ts';
import { countryName } from './country-name.ts';

/** A country by its code; nothing to say without one. */
export function country(code: string | undefined): readonly [string, string | undefined] {
  return ['country', code === undefined ? undefined : countryName(code)];
}

/** One country, or those of which it is one; +1 has too many to list. */
export function countryOrCountries(
  code: string | undefined,
  callingCode: CallingCode | undefined,
): readonly [string, string | undefined] {
  const countries = code === undefined ? (callingCode?.countries ?? []) : [code];
  if (countries.length < 2) return country(countries[0]);
  return [
    'country',
    countries.length > 4
      ? `one of the ${countries.length} of +${callingCode?.code}`
      : `one of ${countries.map(countryName).join(', ')}`,
  ];
}

/** A calling code with +, and what it is for where no country has it. */
export function callingCode(code: string, known: CallingCode | undefined): string {
  return known?.service === undefined ? `+${code}` : `+${code}, ${known.service}`;
}

/** A network with brand, operator and PLMN. */
export function network(known: KnownNetwork | undefined): readonly [string, string | undefined] {
  return [
    'network',
    known === undefined
      ? undefined
      : [known.operator, `${known.mcc}-${known.mnc}`].filter(Boolean).join(', '),
  ];
}

/** Country and network of an MCC, of which the network may not be known. */
export function homeOf(mcc: string, known: KnownNetwork | undefined) {
  const countries = known?.country === undefined ? [...countriesOf(mcc)] : [known.country];
  const [only] = countries;
  // Networks of no country have none, and some codes have too many to list.
  if (known !== undefined && known.country === undefined) return [network(known)];
  if (countries.length < 2) return [country(only), network(known)];
  const names =
    countries.length > 4
      ? `${countries.length} that share MCC ${mcc}`
      : countries.map(countryName).join(', ');
  return [['country', `one of ${names}`] as const, network(known)];
}

/** Country and network of a PLMN, as mcc-mnc. */
export function homeOfPlmn(plmn: string | undefined) {
  if (plmn === undefined) return [];
  const [mcc = '', mnc = ''] = plmn.split('-');
  return homeOf(mcc, findNetwork(mcc, mnc));
}
