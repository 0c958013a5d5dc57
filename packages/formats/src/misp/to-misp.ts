import type { StixTimestamp } from '@belltower/stix';
import { tlpLevelOfMarking, uuidV5 } from '@belltower/stix';
import { readIndicators } from '../indicator/read-indicator.ts';
import type { Target, TargetKind } from '../indicator/target.ts';
import type { Json } from '../json.ts';
import type { Loss } from '../loss.ts';
import { mispExtensionAuthor, mispOf } from './misp-extension.ts';
import { secondsOf } from './misp-time.ts';

/** An event of MISP, as its interface takes it. */
export interface ToMisp {
  readonly event: Json;
  readonly losses: readonly Loss[];
}

export interface MispAbout {
  /** When the event is written; seconds and dates are of this moment where objects give none. */
  readonly now: StixTimestamp;
  /** A random UUID for the event, where no report gives it one. */
  readonly uuid: string;
  /** What the event is called where no report gives it a name. */
  readonly info?: string;
}

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
  imei: ['text', 'Network activity'],
  tac: ['text', 'Network activity'],
  plmn: ['text', 'Network activity'],
  'diameter-host': ['hostname', 'Network activity'],
  'diameter-realm': ['domain', 'Network activity'],
  'sip-uri': ['text', 'Network activity'],
  'sms-sender': ['text', 'Network activity'],
  apn: ['text', 'Network activity'],
};

/** Objects that only help others to be understood, and whose content an event has elsewhere. */
const silent: ReadonlySet<unknown> = new Set([
  'identity',
  'marking-definition',
  'extension-definition',
  'report',
  'grouping',
]);

/** One MISP event out of STIX objects. Objects that came from MISP go back as they were; others as far as MISP can say them. */
export function toMisp(objects: readonly Json[], about: MispAbout): ToMisp {
  const losses: Loss[] = [];
  const report = objects.find((object) => object['type'] === 'report');
  const creator = objects.find(
    ({ id }) => id !== mispExtensionAuthor.id && id === (report ?? objects[0])?.['created_by_ref'],
  );
  const grouped = new Map<unknown, Json>();
  for (const grouping of objects.filter(
    (object) => object['type'] === 'grouping' && mispOf(object) !== undefined,
  ))
    for (const ref of refsOf(grouping)) grouped.set(ref, grouping);
  const attributes: Json[] = [];
  const members = new Map<Json, Json[]>();
  const reports: Json[] = [];
  for (const object of objects) {
    if (silent.has(object['type']) || object['id'] === mispExtensionAuthor.id) continue;
    const misp = mispOf(object);
    if (misp?.['event_report'] === true) reports.push(reportOf(object, misp));
    else if (object['type'] === 'sighting' || object['type'] === 'opinion') continue;
    else {
      const made =
        misp === undefined ? foreignAttributes(object, about, losses) : [attributeOf(object, misp, report)];
      const sighted = made.map((attribute) => ({ ...attribute, ...sightingsOf(object, objects) }));
      const grouping = grouped.get(object['id']);
      if (grouping === undefined) attributes.push(...sighted);
      else members.set(grouping, [...(members.get(grouping) ?? []), ...sighted]);
    }
  }
  const mispObjects = [...members].map(([grouping, list]) => ({
    ...fieldsOf(mispOf(grouping) ?? {}),
    uuid: uuidOf(grouping),
    ...tagsOf(grouping, report),
    Attribute: list,
  }));
  const event = {
    ...eventHead(report, about),
    ...(creator === undefined ? {} : { Orgc: { uuid: uuidOf(creator), name: creator['name'] } }),
    ...(report === undefined ? {} : tagsOf(report)),
    Attribute: attributes,
    ...(mispObjects.length > 0 ? { Object: mispObjects } : {}),
    ...(reports.length > 0 ? { EventReport: reports } : {}),
  };
  return { event: { Event: event }, losses };
}

function eventHead(report: Json | undefined, { now, uuid, info }: MispAbout): Json {
  const modified = text(report?.['modified']) || now;
  return {
    ...((report === undefined ? undefined : mispOf(report)) ?? foreignHead(modified)),
    info: text(report?.['name']) || info || 'STIX objects',
    uuid: report === undefined ? uuid : uuidOf(report),
  };
}

/** What MISP asks of an event that it did not make: nothing decided yet, for this organisation alone. */
function foreignHead(modified: string): Json {
  const undecided = { threat_level_id: '4', analysis: '2', distribution: '0', published: false };
  return { date: modified.slice(0, 10), timestamp: secondsOf(modified), ...undecided };
}

/** The namespace of URLs (RFC 4122, appendix C). */
const urlNamespace = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';

function attributeOf(object: Json, misp: Json, report: Json | undefined): Json {
  return {
    ...fieldsOf(misp),
    uuid: uuidOf(object),
    value: mispValue(object),
    to_ids: misp['to_ids'] ?? false,
    ...tagsOf(object, report),
  };
}

/** The value that an object of MISP's was made of. */
function mispValue(object: Json): unknown {
  switch (object['type']) {
    case 'indicator':
      return text(object['pattern_type']) !== 'stix'
        ? object['pattern']
        : (mispOf(object)?.['value'] ?? object['pattern']);
    case 'vulnerability':
      return mispOf(object)?.['value'] ?? object['name'];
    default:
      return object['content'];
  }
}

/** The fields of MISP's own, without what `fromMisp` noted for us. */
function fieldsOf({ event_report: _, tlp_of_event: __, ...misp }: Json): Json {
  return misp;
}

function reportOf(object: Json, misp: Json): Json {
  return { ...fieldsOf(misp), uuid: uuidOf(object), name: object['abstract'], content: object['content'] };
}

/** Attributes for an object that did not come from MISP. */
function foreignAttributes(object: Json, { now }: MispAbout, losses: Loss[]): readonly Json[] {
  const id = text(object['id']);
  const common = {
    timestamp: secondsOf(text(object['modified']) || now),
    comment: text(object['name']),
    distribution: '5',
  };
  if (object['type'] === 'vulnerability')
    return [
      {
        uuid: uuidOf(object),
        type: 'vulnerability',
        category: 'External analysis',
        value: object['name'],
        to_ids: false,
        ...common,
        ...tagsOf(object),
      },
    ];
  if (object['type'] === 'note')
    return [
      {
        uuid: uuidOf(object),
        type: 'text',
        category: 'Other',
        value: object['content'],
        to_ids: false,
        ...common,
        comment: text(object['abstract']),
        ...tagsOf(object),
      },
    ];
  if (object['type'] !== 'indicator') {
    losses.push({
      at: id,
      what: text(object['type']),
      why: 'An event of MISP has no attribute for objects of this type.',
    });
    return [];
  }
  const { indicators, losses: more } = readIndicators([object], { now });
  losses.push(...more);
  return indicators.flatMap(({ targets, rule }) => {
    if (rule !== undefined)
      return [
        {
          uuid: uuidOf(object),
          type: rule.language,
          category: 'Artifacts dropped',
          value: rule.text,
          to_ids: true,
          ...common,
          ...tagsOf(object),
        },
      ];
    return targets.map((target) => ({
      uuid:
        targets.length === 1 ? uuidOf(object) : uuidV5(urlNamespace, `${id} ${target.kind} ${target.value}`),
      ...typed(target),
      to_ids: attributeOfKind[target.kind][0] !== 'text',
      ...common,
      ...tagsOf(object),
    }));
  });
}

function typed({ kind, value, port }: Target): Json {
  const [type, category] = attributeOfKind[kind];
  if (port !== undefined && type === 'ip-dst')
    return { type: 'ip-dst|port', category, value: `${value}|${port}` };
  return { type, category, value };
}

/** Tags of an object; without the TLP that it has from its event alone, as long as that is the event's still. */
function tagsOf(object: Json, report?: Json): Json {
  const all: unknown = object['object_marking_refs'];
  const isOfEvent =
    report !== undefined &&
    mispOf(object)?.['tlp_of_event'] === true &&
    JSON.stringify(all) === JSON.stringify(report['object_marking_refs']);
  const refs: readonly unknown[] = Array.isArray(all) && !isOfEvent ? all : [];
  const levels = refs.flatMap((ref) => (typeof ref === 'string' ? (tlpLevelOfMarking(ref) ?? []) : []));
  const labels: readonly unknown[] = Array.isArray(object['labels']) ? object['labels'] : [];
  const names = [
    ...levels.map((level) => `tlp:${level}`),
    ...labels.filter((label) => typeof label === 'string'),
  ];
  return names.length === 0 ? {} : { Tag: names.map((name) => ({ name })) };
}

function sightingsOf(object: Json, all: readonly Json[]): Json {
  const found = all.flatMap((other) => {
    const date = secondsOf(text(other['created']) || '1970-01-01T00:00:01Z');
    if (other['type'] === 'sighting' && other['sighting_of_ref'] === object['id'])
      return [{ uuid: uuidOf(other), type: '0', date_sighting: date }];
    if (other['type'] === 'opinion' && refsOf(other).includes(object['id']))
      return [{ uuid: uuidOf(other), type: '1', date_sighting: date }];
    return [];
  });
  return found.length === 0 ? {} : { Sighting: found };
}

function refsOf(object: Json): readonly unknown[] {
  const refs: unknown = object['object_refs'];
  return Array.isArray(refs) ? refs : [];
}

function uuidOf(object: Json): string {
  return text(object['id']).split('--')[1] ?? '';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
