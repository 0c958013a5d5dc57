import { all } from 'mcc-mnc-list';
import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';

/** A mobile network: ITU-T E.212, TS 23.003 §2.2 and §12.1. The length of the MNC is part of it: 206-01 is not 206-001. */
export interface Plmn extends Understood<'plmn'> {
  readonly mcc: string;
  readonly mnc: string;
  readonly network: KnownNetwork | undefined;
}

/** What the public lists say of a network. */
export interface KnownNetwork {
  readonly mcc: string;
  readonly mnc: string;
  /** ISO 3166-1 alpha-2; undefined for international networks. */
  readonly country: string | undefined;
  readonly operator: string | undefined;
  readonly operational: boolean;
}

/** Reads `206-01`, `20601` and `206 01`. */
export function parsePlmn(text: string): Parsed<Plmn> {
  const [, mcc = '', mnc = ''] = /^(\d{3})[-\s/]?(\d{2,3})$/.exec(tidy(text)) ?? [];
  if (mcc === '')
    return notUnderstood('A network is an MCC of three and an MNC of two or three digits, as in 206-01.');
  return understood({
    kind: 'plmn',
    raw: text,
    value: `${mcc}-${mnc}`,
    mcc,
    mnc,
    network: findNetwork(mcc, mnc),
    doubts: networkDoubts(mcc, mnc),
  });
}

/** What there is to say against a network: test, private, not known, no longer in operation. */
export function networkDoubts(mcc: string, mnc: string): readonly Doubt[] {
  if (mcc === '001') return [{ code: 'test-value', message: 'MCC 001 is for test networks.' }];
  if (mcc === '999')
    return [
      { code: 'private-use', message: 'MCC 999 is for private networks: the same code is used by many.' },
    ];
  const network = findNetwork(mcc, mnc);
  if (network === undefined) {
    const message =
      countriesOf(mcc).size === 0 ? `No country has MCC ${mcc}.` : `No network ${mcc}-${mnc} is known.`;
    return [{ code: 'not-assigned', message }];
  }
  return network.operational
    ? []
    : [{ code: 'not-valid', message: `${mcc}-${mnc} is not in operation today.` }];
}

/** The network with exactly this MCC and MNC. */
export function findNetwork(mcc: string, mnc: string): KnownNetwork | undefined {
  return index().networks.get(`${mcc}-${mnc}`);
}

/**
 * The network at the beginning of a string of digits. Where both an MNC of three and one of two digits would do, the
 * longer one is it: no country uses both for the same digits.
 */
export function networkAtStart(digits: string): KnownNetwork | undefined {
  const mcc = digits.slice(0, 3);
  return findNetwork(mcc, digits.slice(3, 6)) ?? findNetwork(mcc, digits.slice(3, 5));
}

/** The countries that have an MCC; none for one that is not assigned, or for international networks. */
export function countriesOf(mcc: string): ReadonlySet<string> {
  return index().countries.get(mcc) ?? new Set();
}

interface Index {
  readonly networks: ReadonlyMap<string, KnownNetwork>;
  readonly countries: ReadonlyMap<string, ReadonlySet<string>>;
}

let built: Index | undefined;

/** Built when first asked for: the list has three thousand rows. */
function index(): Index {
  built ??= buildIndex();
  return built;
}

function buildIndex(): Index {
  const rows = all().flatMap((row) => networkRow(row));
  const countries = new Map<string, Set<string>>();
  for (const { mcc, country } of rows) {
    const known = countries.get(mcc) ?? new Set();
    countries.set(mcc, country === undefined ? known : known.add(country));
  }
  const networks = new Map<string, KnownNetwork>();
  for (const row of rows) {
    const key = `${row.mcc}-${row.mnc}`;
    const known = networks.get(key);
    if (row.mnc !== '' && (known === undefined || rank(row) > rank(known))) networks.set(key, row);
  }
  return { networks, countries };

  /** The list names networks of the past, and the islands that a network of the mainland serves, beside it. */
  function rank({ mcc, country, operational }: KnownNetwork): number {
    return (operational ? 2 : 0) + (country === mainCountries.get(mcc) ? 1 : 0);
  }
}

/** Whose MCC it is first where islands and neighbours share it: ITU-T E.212, annex. */
const mainCountries: ReadonlyMap<string, string> = new Map([
  ['234', 'GB'],
  ['255', 'UA'],
  ['270', 'LU'],
  ['310', 'US'],
  ['311', 'US'],
  ['313', 'US'],
  ['505', 'AU'],
]);

/** A row with a whole MCC; its MNC is empty where the list gives none, or a range. */
function networkRow(row: {
  mcc: string | null;
  mnc: string | null;
  countryCode: string | null;
  brand: string | null;
  operator: string | null;
  status: string;
}): readonly KnownNetwork[] {
  const { mcc, mnc, countryCode, brand, operator, status } = row;
  if (mcc === null || !/^\d{3}$/.test(mcc)) return [];
  const names = [brand, operator].filter((name) => name !== null && name !== '');
  return [
    {
      mcc,
      mnc: mnc !== null && /^\d{2,3}$/.test(mnc) ? mnc : '',
      country: /^[A-Z]{2}/.exec(countryCode ?? '')?.[0],
      operator: names.length === 0 ? undefined : [...new Set(names)].join(', '),
      operational: status === 'Operational',
    },
  ];
}
