import type { ObservableKind } from '../observable.ts';

/** The kind that a text names before what it is about. */
export interface NamedKind {
  readonly kind: ObservableKind;
  /** What stands behind the name. */
  readonly rest: string;
  /** Whether a colon or an equals sign stands between them; a space can be part of the value as well. */
  readonly certain: boolean;
}

/** Reads `imsi:…`, `IMSI = …` and `IMSI …`; undefined where no kind is named. Schemes of URIs name none. */
export function namedKind(text: string, kinds: readonly ObservableKind[]): NamedKind | undefined {
  const [, name = '', sign, rest = ''] =
    /^\s*([a-z0-9][a-z0-9-]{1,23})(?:\s*([:=])\s*(?!\/\/)|\s+)(\S.*)$/is.exec(text.slice(0, 10_000)) ?? [];
  const lower = name.toLowerCase();
  const meant = words.get(lower) ?? lower;
  const kind = kinds.find((known) => known === meant);
  return kind === undefined ? undefined : { kind, rest, certain: sign !== undefined };
}

/** How people call them. Words that belong to a value (`map:71`, `cgi:…`, `tel:…`) are not here. */
const called: Readonly<Partial<Record<ObservableKind, readonly string[]>>> = {
  msisdn: ['phone', 'tel-number', 'number', 'cli', 'a-number', 'b-number', 'msisdns'],
  'number-range': ['range', 'prefix'],
  'global-title': ['gt', 'gts', 'cgpa', 'cdpa', 'sccp'],
  'point-code': ['pc', 'opc', 'dpc', 'spc', 'ispc'],
  subsystem: ['ssn'],
  'network-indicator': ['ni'],
  'application-context': ['ac', 'acn', 'oid'],
  plmn: ['mccmnc', 'mcc-mnc', 'network'],
  'diameter-identity': [
    'realm',
    'host',
    'origin-host',
    'origin-realm',
    'destination-host',
    'destination-realm',
  ],
  'diameter-session-id': ['session-id'],
  'diameter-application': ['diameter-app', 'application-id', 'app-id'],
  'diameter-command': ['diameter-cmd', 'command-code', 'cmd'],
  apn: ['dnn'],
  teid: ['f-teid', 'fteid'],
  'gtp-interface': ['interface'],
  'sms-sender': ['sender', 'sender-id', 'sms'],
  'short-number': ['short-code', 'shortcode'],
  'sip-user-agent': ['ua', 'user-agent', 'server'],
  'sip-call-id': ['call-id'],
  passport: ['identity'],
  'nf-instance': ['nf', 'nfinstanceid', 'nf-instance-id'],
  'nf-type': ['nftype'],
  's-nssai': ['nssai', 'snssai', 'sst'],
  'amf-id': ['amf', 'amfid'],
  'standalone-network': ['nid', 'snpn'],
  'autonomous-system': ['asn'],
};

const words: ReadonlyMap<string, string> = new Map(
  Object.entries(called).flatMap(([kind, names]) => names.map((name) => [name, kind] as const)),
);
