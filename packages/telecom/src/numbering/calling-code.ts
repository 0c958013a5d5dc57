import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';

/** What telephone numbers begin with: ITU-T E.164, list of assigned codes. */
export interface CallingCode {
  /** Without + */
  readonly code: string;
  /** ISO 3166-1 alpha-2, the one with most numbers first; none for global services. */
  readonly countries: readonly string[];
  /** What a code is for that no country has. */
  readonly service: string | undefined;
  /** Whether calls to it go over satellites. */
  readonly satellite: boolean;
}

interface Service {
  readonly title: string;
  readonly satellite?: true;
}

/** Codes that no country has, and parts of them that one network has: ITU-T E.164.1. The longest one holds. */
const services: ReadonlyMap<string, Service> = new Map<string, Service>([
  ['800', { title: 'international freephone' }],
  ['808', { title: 'international shared cost service' }],
  ['870', { title: 'Inmarsat', satellite: true }],
  ['878', { title: 'universal personal numbers' }],
  ['881', { title: 'global mobile satellite systems', satellite: true }],
  ['8816', { title: 'Iridium', satellite: true }],
  ['8817', { title: 'Iridium', satellite: true }],
  ['8818', { title: 'Globalstar', satellite: true }],
  ['8819', { title: 'Globalstar', satellite: true }],
  ['882', { title: 'international networks' }],
  ['88216', { title: 'Thuraya', satellite: true }],
  ['883', { title: 'international networks' }],
  ['888', { title: 'disaster relief' }],
  ['979', { title: 'international premium rate service' }],
]);

/** Whose code it is first where several countries share one. */
const first: Readonly<Record<string, string>> = {
  1: 'US',
  7: 'RU',
  39: 'IT',
  44: 'GB',
  47: 'NO',
  61: 'AU',
  212: 'MA',
  262: 'RE',
  290: 'SH',
  358: 'FI',
  590: 'GP',
  599: 'CW',
};

let known: ReadonlyMap<string, readonly string[]> | undefined;

/** The calling code at the beginning of digits without +; undefined where it is none. No code begins another. */
export function callingCodeOf(digits: string): CallingCode | undefined {
  known ??= countriesByCode();
  for (const length of [1, 2, 3]) {
    const code = digits.slice(0, length);
    const countries = known.get(code);
    if (countries !== undefined) return { code, countries, service: undefined, satellite: false };
  }
  const code = digits.slice(0, 3);
  const service = [5, 4, 3]
    .map((length) => services.get(digits.slice(0, length)))
    .find((one) => one !== undefined);
  if (service === undefined || !services.has(code)) return undefined;
  return { code, countries: [], service: service.title, satellite: service.satellite === true };
}

function countriesByCode(): ReadonlyMap<string, readonly string[]> {
  const byCode = new Map<string, string[]>();
  for (const country of getCountries()) {
    const code = getCountryCallingCode(country);
    const countries = byCode.get(code) ?? [];
    byCode.set(code, first[code] === country ? [country, ...countries] : [...countries, country]);
  }
  return byCode;
}
