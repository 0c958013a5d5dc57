import type { ExtensionShape, StixId } from '@belltower/stix';
import { deterministicId } from '@belltower/stix';
import type { Observable } from '../observable.ts';
import * as shapes from './telecom-shapes.ts';

/** A STIX cyber-observable object with what contributes to its id. */
export interface TelecomSco {
  readonly type: string;
  readonly spec_version: '2.1';
  readonly id: StixId;
  readonly [property: string]: unknown;
}

/**
 * An object of a telecom type: `properties` with type, id and the extension that introduces it. Throws a `TypeError` where none of the
 * ID contributing properties is given.
 */
export function telecomSco(
  { name, contributing, definition }: ExtensionShape,
  properties: Readonly<Record<string, unknown>>,
): TelecomSco {
  const id = deterministicId({ ...properties, type: name }, contributing);
  if (id === undefined) throw new TypeError(`${name} without any of ${contributing?.join(', ')}`);
  return {
    type: name,
    spec_version: '2.1',
    id,
    ...properties,
    extensions: { [definition]: { extension_type: 'new-sco' } },
  };
}

/**
 * The STIX object of an observable. It holds what contributes to its id and nothing more, so that everybody who writes the same
 * observable writes the same object. Undefined for what is no thing that is observed but a part of a message or of a name:
 * operations, sessions, signed tokens, and the identifiers of AMFs, which mean something in a network only.
 */
export function telecomObservable(observable: Observable): TelecomSco | undefined {
  const { value } = observable;
  switch (observable.kind) {
    case 'msisdn':
      return telecomSco(shapes.phoneNumber, { value: value.slice(1) });
    case 'number-range': {
      const { open, from, to, prefix } = observable;
      return telecomSco(shapes.phoneNumberRange, open ? { prefix } : { range_start: from, range_end: to });
    }
    case 'global-title': {
      const { digits, isPrefix, numberingPlan } = observable;
      return telecomSco(shapes.ss7GlobalTitle, {
        value: isPrefix ? `${digits}*` : digits,
        numbering_plan: numberingPlan,
      });
    }
    case 'point-code':
      return telecomSco(shapes.ss7PointCode, { format: observable.format, value: observable.display });
    case 'imsi':
    case 'supi':
    case 'suci':
    case 'gpsi':
      return telecomSco(shapes.mobileSubscriberId, { id_type: observable.kind, value });
    case 'imei':
    case 'imeisv':
    case 'tac':
    case 'pei':
      return telecomSco(shapes.mobileEquipmentId, { id_type: observable.kind, value });
    case 'iccid':
    case 'eid':
      return telecomSco(shapes.uiccId, { id_type: observable.kind, value });
    case 'plmn':
      return telecomSco(shapes.mobileNetworkId, { plmn: value });
    case 'tadig':
      return telecomSco(shapes.mobileNetworkId, { tadig: value });
    case 'cell': {
      const { plmn, form } = observable;
      return telecomSco(shapes.mobileCell, {
        plmn,
        cell_type: form,
        value: value.slice(`${form}:${plmn}-`.length),
      });
    }
    case 'diameter-identity':
      return telecomSco(shapes.diameterNode, { value });
    case 'nf-instance':
      return telecomSco(shapes.telecomNf, { nf_instance_id: value });
    case 's-nssai':
      return telecomSco(shapes.networkSlice, { value });
    case 'apn':
      return telecomSco(shapes.accessPointName, { value });
    case 'sip-uri':
    case 'tel-uri':
      return telecomSco(shapes.sipIdentity, { value });
    case 'sms-sender':
      return telecomSco(shapes.smsSender, { value });
    case 'teid':
      return telecomSco(shapes.gtpTunnel, { teid: value });
    case '3gpp-domain': {
      const domain = { type: 'domain-name', spec_version: '2.1', value } as const;
      const id = deterministicId(domain);
      return id === undefined ? undefined : { ...domain, id };
    }
    case 'amf-id':
    case 'application-context':
    case 'autonomous-system':
    case 'diameter-application':
    case 'diameter-command':
    case 'gtp-interface':
    case 'gtp-message':
    case 'location-area':
    case 'national-number':
    case 'network-indicator':
    case 'nf-type':
    case 'radio-cell':
    case 'serving-node':
    case 'short-number':
    case 'sip-call-id':
    case 'sip-user-agent':
    case 'standalone-network':
    case 'subsystem':
    case 'temporary-identity':
    case 'diameter-session-id':
    case 'passport':
    case 'signalling-operation':
      return undefined;
  }
}
