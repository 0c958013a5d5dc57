import { countryCodes } from '@belltower/stix';
import { slugOf } from './slug.ts';

let codes: ReadonlyMap<string, string> | undefined;

/** The ISO 3166-1 alpha-2 code of a country by its English name; undefined where no country is called so. */
export function countryNamed(name: string): string | undefined {
  if (codes === undefined) {
    const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });
    codes = new Map([...countryCodes].map((code) => [slugOf(names.of(code) ?? code), code]));
  }
  return codes.get(slugOf(name));
}
