import type { Observable, ObservableKind } from '../observable.ts';
import { isObservableKind, observableKinds } from '../observable.ts';
import { isNumberingPlan, parseGlobalTitle } from '../signalling/global-title.ts';

/**
 * The observable that a STIX object is, of a telecom type or a domain name of 3GPP; undefined for any other object and for values
 * that are none. Telephone numbers are read with and without `+`.
 */
export function observableOfSco(object: Readonly<Record<string, unknown>>): Observable | undefined {
  const found = textOf(object);
  if (found === undefined) return undefined;
  const plan = object['numbering_plan'];
  const parsed =
    found.kind === 'global-title' && typeof plan === 'string' && isNumberingPlan(plan)
      ? parseGlobalTitle(found.text, plan)
      : observableKinds[found.kind].parse(found.text);
  return parsed.ok ? parsed.value : undefined;
}

interface Text {
  readonly kind: ObservableKind;
  readonly text: string;
}

function textOf(object: Readonly<Record<string, unknown>>): Text | undefined {
  const of = (name: string): string | undefined => {
    const value = Object.hasOwn(object, name) ? object[name] : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  const value = of('value');
  const idType = of('id_type') ?? '';
  switch (of('type')) {
    case 'phone-number':
      return text('msisdn', value?.replace(/^\+?/, '+'));
    case 'phone-number-range':
      return text('number-range', rangeText(of('prefix'), of('range_start'), of('range_end')));
    case 'ss7-global-title':
      return text('global-title', value);
    case 'ss7-point-code':
      return text('point-code', joined(':', of('format'), value));
    case 'mobile-subscriber-id':
    case 'mobile-equipment-id':
    case 'uicc-id':
      return isObservableKind(idType) ? text(idType, value) : undefined;
    case 'mobile-network-id':
      return text('plmn', of('plmn')) ?? text('tadig', of('tadig'));
    case 'mobile-cell':
      return text('cell', joined(':', of('cell_type'), joined('-', of('plmn'), value)));
    case 'diameter-node':
      return text('diameter-identity', value);
    case 'telecom-nf':
      return text('nf-instance', joined(':', 'nf', of('nf_instance_id')));
    case 'network-slice':
      return text('s-nssai', joined(':', 's-nssai', value));
    case 'access-point-name':
      return text('apn', value);
    case 'sip-identity':
      return text(value !== undefined && /^tel:/i.test(value) ? 'tel-uri' : 'sip-uri', value);
    case 'sms-sender':
      return text('sms-sender', value);
    case 'gtp-tunnel':
      return text('teid', of('teid'));
    case 'domain-name':
      return text('3gpp-domain', value);
    default:
      return undefined;
  }
}

function text(kind: ObservableKind, of: string | undefined): Text | undefined {
  return of === undefined ? undefined : { kind, text: of };
}

function joined(by: string, ...parts: readonly (string | undefined)[]): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join(by);
}

function rangeText(
  prefix: string | undefined,
  start: string | undefined,
  end: string | undefined,
): string | undefined {
  return prefix === undefined ? joined('..', start, end) : `${prefix}*`;
}
