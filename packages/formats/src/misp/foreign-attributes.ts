import type { StixTimestamp } from '@belltower/stix';
import { derivedUuid } from '../derived-uuid.ts';
import { readIndicators } from '../indicator/read-indicator.ts';
import type { Target, TargetKind } from '../indicator/target.ts';
import type { Json } from '../json.ts';
import type { Loss } from '../loss.ts';
import { secondsOf } from './misp-time.ts';

/** Types of attributes of MISP for kinds of values, with their categories. */
const attributeOfKind: Readonly<Record<TargetKind, readonly [type: string, category: string]>> = {
  ipv4: ['ip-dst', 'Network activity'],
  ipv6: ['ip-dst', 'Network activity'],
  domain: ['domain', 'Network activity'],
  url: ['url', 'Network activity'],
  email: ['email', 'Network activity'],
  mac: ['mac-address', 'Network activity'],
  asn: ['AS', 'Network activity'],
  md5: ['md5', 'Payload delivery'],
  sha1: ['sha1', 'Payload delivery'],
  sha256: ['sha256', 'Payload delivery'],
  sha512: ['sha512', 'Payload delivery'],
  'file-name': ['filename', 'Payload delivery'],
  'user-agent': ['user-agent', 'Network activity'],
  'certificate-sha1': ['x509-fingerprint-sha1', 'Network activity'],
  'certificate-sha256': ['x509-fingerprint-sha256', 'Network activity'],
  msisdn: ['phone-number', 'Person'],
  'number-range': ['text', 'Network activity'],
  'global-title': ['text', 'Network activity'],
  'point-code': ['text', 'Network activity'],
  imsi: ['text', 'Network activity'],
  'imsi-range': ['text', 'Network activity'],
  imei: ['text', 'Network activity'],
  tac: ['text', 'Network activity'],
  iccid: ['text', 'Network activity'],
  eid: ['text', 'Network activity'],
  cell: ['text', 'Network activity'],
  'nf-instance': ['text', 'Network activity'],
  's-nssai': ['text', 'Network activity'],
  concealed: ['text', 'Network activity'],
  plmn: ['text', 'Network activity'],
  'diameter-host': ['hostname', 'Network activity'],
  'diameter-realm': ['domain', 'Network activity'],
  'sip-uri': ['text', 'Network activity'],
  'sms-sender': ['text', 'Network activity'],
  apn: ['text', 'Network activity'],
};

/** Attributes for an object that did not come from MISP, without their tags; what no attribute can say is told. */
export function foreignAttributes(
  object: Json,
  { now, losses }: { readonly now: StixTimestamp; readonly losses: Loss[] },
): readonly Json[] {
  const id = text(object['id']);
  const common = {
    timestamp: secondsOf(text(object['modified']) || now),
    comment: text(object['name']) || (object['modified'] === undefined ? text(object['type']) : ''),
    distribution: '5',
  };
  const one = { uuid: text(object['id']).split('--')[1] ?? '' };
  switch (object['type']) {
    case 'vulnerability':
      return [
        {
          ...one,
          type: 'vulnerability',
          category: 'External analysis',
          value: text(object['name']),
          to_ids: false,
          ...common,
        },
      ];
    case 'note':
      return [
        {
          ...one,
          type: 'text',
          category: 'Other',
          value: text(object['content']),
          to_ids: false,
          ...common,
          comment: text(object['abstract']),
        },
      ];
    case 'indicator':
      break;
    default: {
      const observed = observedAttribute(object);
      if (observed !== undefined) return [{ ...one, ...observed, to_ids: false, ...common }];
      losses.push({
        at: id,
        what: text(object['type']) || 'object',
        why: 'An event of MISP has no attribute for objects of this type.',
      });
      return [];
    }
  }
  const { indicators, losses: more } = readIndicators([object], { now });
  losses.push(...more);
  return indicators.flatMap(({ targets, rule }) => {
    if (rule !== undefined)
      return [
        {
          ...one,
          type: rule.language,
          category: 'Artifacts dropped',
          value: rule.text,
          to_ids: true,
          ...common,
        },
      ];
    return targets.map((target) => ({
      uuid: targets.length === 1 ? one.uuid : derivedUuid(`${id} ${target.kind} ${target.value}`),
      ...typed(target),
      to_ids: attributeOfKind[target.kind][0] !== 'text',
      ...common,
    }));
  });
}

/** Types of attributes for what was observed and is for nobody to block; telecom's have none and are texts. */
const attributeOfObservable: ReadonlyMap<unknown, string> = new Map([
  ['ipv4-addr', 'ip-dst'],
  ['ipv6-addr', 'ip-dst'],
  ['domain-name', 'domain'],
  ['url', 'url'],
  ['email-addr', 'email'],
  ['mac-addr', 'mac-address'],
  ['phone-number', 'phone-number'],
  ['ss7-global-title', 'text'],
  ['ss7-point-code', 'text'],
  ['mobile-subscriber-id', 'text'],
  ['mobile-equipment-id', 'text'],
  ['uicc-id', 'text'],
  ['diameter-node', 'text'],
  ['access-point-name', 'text'],
  ['sip-identity', 'text'],
  ['sms-sender', 'text'],
]);

function observedAttribute({ type, value }: Json): Json | undefined {
  const attribute = attributeOfObservable.get(type);
  if (attribute === undefined || typeof value !== 'string' || value === '') return undefined;
  const written = type === 'phone-number' ? value.replace(/^\+?/, '+') : value;
  const category = type === 'phone-number' ? 'Person' : 'Network activity';
  return { type: attribute, category, value: written };
}

function typed({ kind, value, port }: Target): Json {
  const [type, category] = attributeOfKind[kind];
  if (port !== undefined && type === 'ip-dst')
    return { type: 'ip-dst|port', category, value: `${value}|${port}` };
  return { type, category, value };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
