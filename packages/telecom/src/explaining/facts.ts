import { sliceTypes } from '../five-g/network-function.ts';
import { reportingBodies } from '../mobile/reporting-bodies.ts';
import { callingCodeOf } from '../numbering/calling-code.ts';
import { rangeHolderOf } from '../numbering/range-holder.ts';
import type { Observable } from '../observable.ts';
import { numberingPlans } from '../signalling/global-title.ts';
import { pointCodeFormats } from '../signalling/point-code.ts';
import {
  attestations,
  categoryFacts,
  emergencies,
  protectionSchemes,
  sectorOf,
  signallingArea,
} from './code-facts.ts';
import { type Fact, facts } from './fact.ts';
import { callingCode, country, countryOrCountries, homeOf, homeOfPlmn, network } from './place-facts.ts';

/** What there is to say about an identifier beside its kind. */
export function factsOf(observable: Observable): readonly Fact[] {
  switch (observable.kind) {
    case 'msisdn':
      return facts(
        countryOrCountries(observable.country, callingCodeOf(observable.value.slice(1))),
        ['calling code', callingCode(observable.callingCode, callingCodeOf(observable.value.slice(1)))],
        ['use', readable(observable.use)],
        ['range given to', observable.rangeHolder],
      );
    case 'number-range': {
      const code = callingCodeOf(observable.prefix);
      return facts(
        ['from', observable.open ? undefined : observable.from],
        ['to', observable.open ? undefined : observable.to],
        ['common beginning', observable.prefix],
        [
          'how many',
          observable.open ? undefined : String(BigInt(observable.to) - BigInt(observable.from) + 1n),
        ],
        countryOrCountries(undefined, code),
        ['calling code', code && callingCode(code.code, code)],
        ['range given to', rangeHolderOf(observable.prefix)],
      );
    }
    case 'global-title':
      return facts(
        ['numbering plan', numberingPlans[observable.numberingPlan].title],
        countryOrCountries(observable.country, observable.callingCode),
        [
          'calling code',
          observable.callingCode && callingCode(observable.callingCode.code, observable.callingCode),
        ],
        network(observable.network),
        ['range given to', observable.rangeHolder],
        ['prefix', observable.isPrefix ? 'all titles that begin so' : undefined],
      );
    case 'point-code':
      return facts(
        ['format', pointCodeFormats[observable.format].title],
        ['number', String(observable.number)],
        ...(observable.format === 'itu-14' ? signallingArea(observable.number) : []),
      );
    case 'signalling-operation': {
      const { operation } = observable;
      return [
        ...facts(
          ['operation', operation?.name],
          ['status', operation?.legacy ? 'of earlier releases' : undefined],
        ),
        ...categoryFacts(operation?.categories),
      ];
    }
    case 'imsi':
      return facts(...homeOf(observable.mcc, observable.network));
    case 'plmn':
      return facts(...homeOf(observable.mcc, observable.network));
    case 'imei':
    case 'imeisv':
      return facts(
        ['type allocation code', observable.tac],
        ['given out by', reportingBodies.get(observable.tac.slice(0, 2))],
        ['software version', observable.kind === 'imeisv' ? observable.value.slice(14) : undefined],
      );
    case 'tac':
      return facts(['given out by', reportingBodies.get(observable.value.slice(0, 2))]);
    case 'tadig':
      return facts(country(observable.country));
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
        ...(observable.form === 'ecgi' && observable.cell !== undefined ? sectorOf(observable.cell) : []),
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
        ['attestation', observable.attestation && attestations[observable.attestation]],
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
      return facts(...homeOfPlmn(observable.plmn));
    case 'suci':
      return facts(
        [
          'protection',
          protectionSchemes[observable.protectionScheme] ?? `scheme ${observable.protectionScheme}`,
        ],
        ['routing indicator', observable.routingIndicator],
        ...homeOfPlmn(observable.plmn),
      );
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
    case 'short-number':
      return facts(
        ['emergency number', emergencies[observable.emergency ?? 'none']],
        ['service', observable.harmonised ? 'of social value, harmonised in Europe' : undefined],
      );
    case 'subsystem':
    case 'network-indicator':
      return facts(['name', observable.name]);
    case 'application-context':
      return facts(
        ['protocol', observable.protocol?.toUpperCase()],
        ['name', observable.name],
        [
          observable.protocol === 'cap' ? 'phase' : 'version',
          observable.version === undefined ? undefined : String(observable.version),
        ],
      );
    case 'diameter-application':
      return facts(['name', observable.name]);
    case 'diameter-command':
      return [
        ...facts(
          ['name', observable.command && `${observable.command.name}-Request/Answer`],
          ['short', observable.command?.abbreviation],
        ),
        ...categoryFacts(observable.command?.categories),
      ];
    case 'gtp-message':
      return facts(['version', String(observable.version)], ['message', observable.name]);
    case 'gtp-interface':
      return facts(
        ['from and to', observable.description],
        ['versions of GTP', observable.versions.join(', ')],
        ['between networks', observable.betweenNetworks ? 'yes' : 'no'],
      );
    case 'temporary-identity':
      return facts(
        ['form', observable.form.toUpperCase()],
        ['node', observable.node],
        ['number', observable.number],
        ...homeOfPlmn(observable.plmn),
      );
    case 'serving-node':
      return facts(
        ['form', observable.form.toUpperCase()],
        ['node', observable.node],
        ...homeOfPlmn(observable.plmn),
      );
    case 'location-area':
      return facts(
        ['form', observable.form.toUpperCase()],
        ['location area', String(observable.area)],
        [
          observable.form === 'rai' ? 'routing area' : 'service area',
          observable.part === undefined ? undefined : String(observable.part),
        ],
        ...homeOfPlmn(observable.plmn),
      );
    case 'radio-cell':
      return facts(
        ['access', observable.form === 'nr' ? '5G (NR)' : '4G (E-UTRA)'],
        ...(observable.form === 'eutra' ? sectorOf(observable.cell) : []),
      );
    case 'standalone-network':
      return facts(...homeOfPlmn(observable.plmn));
    case 'nf-type':
      return facts(['what it does', observable.description]);
    case 'sip-user-agent':
      return facts(['tool', observable.tool]);
    case 'sip-call-id':
      return facts(['made at', observable.host]);
    case 'national-number':
    case 'autonomous-system':
    case 'eid':
    case 'gpsi':
    case 'pei':
    case 'nf-instance':
      return [];
  }
}

function readable(use: string | undefined): string | undefined {
  return use?.toLowerCase().replaceAll('_', ' ');
}
