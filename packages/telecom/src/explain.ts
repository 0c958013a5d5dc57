import { sliceTypes } from './five-g/network-function.ts';
import { countriesOf, findNetwork, type KnownNetwork } from './mobile/plmn.ts';
import type { Observable, ObservableKind } from './observable.ts';
import { observableKindNames, observableKinds } from './observable.ts';
import type { Doubt } from './parsed.ts';
import { numberingPlans } from './signalling/global-title.ts';
import { categorySources, screeningCategories } from './signalling/map-operations.ts';
import { pointCodeFormats } from './signalling/point-code.ts';

/** One thing that a text can be. */
export interface Explanation {
  readonly observable: Observable;
  readonly title: string;
  readonly standard: string;
  readonly personal: boolean;
  /** Name and value, for a person to read. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly doubts: readonly Doubt[];
}

/**
 * What a text can be, the most likely first; nothing where it fits no kind. A text that names its kind (`imsi:…`, a URI, a domain
 * of 3GPP) has one reading; a bare string of digits has several, ranked by how much speaks against each.
 */
export function explain(
  text: string,
  kinds: readonly ObservableKind[] = observableKindNames,
): readonly Explanation[] {
  const { named, rest } = namedKind(text, kinds);
  const readings = (named === undefined ? kinds : [named]).flatMap((kind) => {
    const parsed = observableKinds[kind].parse(rest);
    return parsed.ok ? [explanation(parsed.value)] : [];
  });
  const telling = readings.find(isSelfEvident);
  if (telling !== undefined) return [telling, ...readings.filter((one) => sameThing(one, telling))];
  return readings.toSorted((one, other) => weight(one) - weight(other));
}

/** Kinds whose form leaves no room for another. */
const selfEvident: ReadonlySet<ObservableKind> = new Set<ObservableKind>([
  'passport',
  'sip-uri',
  'tel-uri',
  'suci',
  'supi',
  'gpsi',
  'pei',
  'nf-instance',
  'amf-id',
  '3gpp-domain',
  'diameter-session-id',
  'signalling-operation',
  'eid',
]);

function isSelfEvident({ observable }: Explanation): boolean {
  return selfEvident.has(observable.kind) || (observable.kind === 'apn' && observable.plmn !== undefined);
}

/** A domain of 3GPP is a Diameter identity as well, and it helps to say so. */
function sameThing({ observable }: Explanation, telling: Explanation): boolean {
  return telling.observable.kind === '3gpp-domain' && observable.kind === 'diameter-identity';
}

function namedKind(text: string, kinds: readonly ObservableKind[]) {
  const [, name = '', rest = ''] =
    /^\s*([a-z0-9-]{2,24})\s*[:=]\s*(?!\/\/)(\S.*)$/is.exec(text.slice(0, 10_000)) ?? [];
  const lower = name.toLowerCase();
  const alias = aliases.get(lower) ?? lower;
  const named = kinds.find((kind) => kind === alias);
  return named === undefined ? { named, rest: text } : { named, rest };
}

const aliases: ReadonlyMap<string, ObservableKind> = new Map([
  ['gt', 'global-title'],
  ['pc', 'point-code'],
  ['dnn', 'apn'],
  ['phone', 'msisdn'],
  ['tel-number', 'msisdn'],
  ['range', 'number-range'],
  ['sender', 'sms-sender'],
  ['cli', 'msisdn'],
  ['realm', 'diameter-identity'],
  ['host', 'diameter-identity'],
  ['nssai', 's-nssai'],
]);

/** What speaks against a reading; ties go by the order of the kinds. */
const weights: Readonly<Record<Doubt['code'], number>> = {
  'check-digit': 60,
  'not-assigned': 50,
  'not-valid': 20,
  'not-standard': 30,
  ambiguous: 10,
  'test-value': 5,
  'private-use': 5,
  rewritten: 10,
  'identifies-a-person': 0,
  temporary: 0,
};
/** Kinds that nearly any text fits. */
const vague: Readonly<Partial<Record<ObservableKind, number>>> = {
  'global-title': 15,
  'sms-sender': 90,
  apn: 80,
  tadig: 40,
  tac: 40,
};

function weight({ observable }: Explanation): number {
  const against = observable.doubts.reduce((sum, { code }) => sum + weights[code], 0);
  return against + (vague[observable.kind] ?? 0) + observableKindNames.indexOf(observable.kind) / 100;
}

function explanation(observable: Observable): Explanation {
  const { title, standard, personal } = observableKinds[observable.kind];
  return { observable, title, standard, personal, facts: factsOf(observable), doubts: observable.doubts };
}

type Fact = readonly [name: string, value: string];

function factsOf(observable: Observable): readonly Fact[] {
  switch (observable.kind) {
    case 'msisdn':
      return facts(
        country(observable.country),
        ['calling code', `+${observable.callingCode}`],
        ['use', readable(observable.use)],
      );
    case 'number-range':
      return facts(
        ['from', observable.open ? undefined : observable.from],
        ['to', observable.open ? undefined : observable.to],
        ['common beginning', observable.prefix],
      );
    case 'global-title':
      return facts(
        ['numbering plan', numberingPlans[observable.numberingPlan].title],
        country(observable.country),
        network(observable.network),
        ['prefix', observable.isPrefix ? 'all titles that begin so' : undefined],
      );
    case 'point-code':
      return facts(
        ['format', pointCodeFormats[observable.format].title],
        ['number', String(observable.number)],
      );
    case 'signalling-operation': {
      const { operation } = observable;
      const categories = Object.entries(operation?.categories ?? {});
      return [
        ...facts(
          ['operation', operation?.name],
          ['status', operation?.legacy ? 'of earlier releases' : undefined],
        ),
        ...categories.map(
          ([source, category]): Fact => [
            `category ${category}`,
            `${screeningCategories[category]} (${source === 'sigfw' || source === 'p1-2017' ? categorySources[source] : source})`,
          ],
        ),
      ];
    }
    case 'imsi':
      return facts(...homeOf(observable.mcc, observable.network));
    case 'plmn':
      return facts(...homeOf(observable.mcc, observable.network));
    case 'imei':
    case 'imeisv':
      return facts(['type allocation code', observable.tac]);
    case 'iccid':
      return facts(
        ['issuer', observable.issuer],
        ['calling code', observable.callingCode && `+${observable.callingCode}`],
      );
    case 'cell':
      return facts(
        ['form', observable.form.toUpperCase()],
        ['area', observable.area],
        ['cell', observable.cell],
        ...homeOfPlmn(observable.plmn),
      );
    case 'apn':
      return facts(['network', observable.networkId], ...homeOfPlmn(observable.plmn));
    case '3gpp-domain':
      return facts(
        ['what', observable.subdomain || undefined],
        ['known to', observable.isPublic ? 'the public DNS' : 'networks in roaming only'],
        ...homeOfPlmn(observable.plmn),
      );
    case 'teid':
      return facts(['number', String(observable.number)]);
    case 'diameter-identity':
      return facts(
        ['port', observable.uri && String(observable.uri.port)],
        ['transport', observable.uri?.transport],
        ...homeOfPlmn(observable.plmn),
      );
    case 'diameter-session-id':
      return facts(['made by', observable.origin]);
    case 'sip-uri':
      return facts(
        ['user', observable.user],
        ['host', observable.host],
        ['telephone number', observable.msisdn],
      );
    case 'tel-uri':
      return facts(['telephone number', observable.msisdn], ['holds in', observable.context]);
    case 'passport':
      return facts(
        ['extension', observable.extension],
        ['attestation', observable.attestation],
        ['from', observable.from],
        ['to', observable.to.join(', ') || undefined],
        ['origin', observable.origId],
      );
    case 'sms-sender':
      return facts(
        ['form', observable.form.replace('-', ' ')],
        ['looks like', observable.lookalike === observable.value ? undefined : observable.lookalike],
      );
    case 'supi':
    case 'suci':
      return facts(...homeOfPlmn(observable.plmn));
    case 's-nssai':
      return facts(
        [
          'slice type',
          `${observable.sst}${sliceTypes.has(observable.sst) ? `, ${sliceTypes.get(observable.sst)}` : ''}`,
        ],
        ['differentiator', observable.sd],
      );
    case 'amf-id':
      return facts(
        ['region', String(observable.region)],
        ['set', String(observable.set)],
        ['pointer', String(observable.pointer)],
      );
    case 'tac':
    case 'eid':
    case 'tadig':
    case 'gpsi':
    case 'pei':
    case 'nf-instance':
      return [];
  }
}

function facts(...all: readonly (readonly [string, string | undefined])[]): readonly Fact[] {
  return all.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, value] as const],
  );
}

function country(code: string | undefined): readonly [string, string | undefined] {
  return ['country', code === undefined ? undefined : countryName(code)];
}

function network(known: KnownNetwork | undefined): readonly [string, string | undefined] {
  return [
    'network',
    known === undefined
      ? undefined
      : [known.operator, `${known.mcc}-${known.mnc}`].filter(Boolean).join(', '),
  ];
}

function homeOf(mcc: string, known: KnownNetwork | undefined) {
  const [only, ...others] = countriesOf(mcc);
  return [country(known?.country ?? (others.length === 0 ? only : undefined)), network(known)];
}

function homeOfPlmn(plmn: string | undefined) {
  if (plmn === undefined) return [];
  const [mcc = '', mnc = ''] = plmn.split('-');
  return homeOf(mcc, findNetwork(mcc, mnc));
}

const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** The English name of a country, with its ISO 3166-1 alpha-2 code. */
export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? `${names.of(code)} (${code})` : code;
}

function readable(use: string | undefined): string | undefined {
  return use?.toLowerCase().replaceAll('_', ' ');
}
