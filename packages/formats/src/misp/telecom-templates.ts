import type { ObservableKind } from '@belltower/telecom';

/**
 * Whose something is in what an object of MISP tells. What is the attacker's is for detection, in an attack also without the flag, as
 * MISP flags no text by itself; what is the victim's never is; of all else the flag tells.
 */
export type Side = 'attacker' | 'victim' | 'either';

/** Which place in the signalling message something has. */
export type Place = 'src_ref' | 'dst_ref' | 'subscriber_ref';

/** What an attribute of an object stands for, by its `object_relation`. */
export type Rule =
  /** An identifier: an object of its own. `has` are properties that its place in the template tells. */
  | {
      readonly is: 'observable';
      readonly kind: ObservableKind | 'address' | 'network' | 'as';
      readonly side: Side;
      readonly place?: Place;
      readonly has?: Readonly<Record<string, string>>;
    }
  /** Something about the identifiers of another relation. */
  | { readonly is: 'property'; readonly of: readonly string[]; readonly property: Property }
  /** Something about the message, or about when it was. */
  | { readonly is: 'fact'; readonly fact: Fact }
  /** What the identifier of another relation tells already. */
  | { readonly is: 'implied'; readonly by: string };

export type Property =
  | 'country'
  | 'tadig'
  | 'subsystem'
  | 'assignee_ref'
  | 'lessee_ref'
  | 'model'
  | 'operator'
  | 'name'
  | 'port';
export type Fact =
  | 'op_code'
  | 'application_id'
  | 'application_context'
  | 'category'
  | 'first'
  | 'last'
  | 'mcc'
  | 'mnc'
  | 'lac'
  | 'cell';

/** A template of MISP whose attributes are telecom's. */
export interface Template {
  /** The protocol of the messages that it is about; undefined where it is about none. */
  readonly protocol?: 'map' | 'diameter' | 'gtp-c';
  readonly rules: Readonly<Record<string, Rule>>;
}

function title(side: Side, place?: Place): Rule {
  return { is: 'observable', kind: 'global-title', side, ...(place === undefined ? {} : { place }) };
}

function observable(kind: ObservableKind | 'address' | 'network' | 'as', side: Side, place?: Place): Rule {
  return { is: 'observable', kind, side, ...(place === undefined ? {} : { place }) };
}

function node(side: Side, node_kind: 'host' | 'realm', place?: Place): Rule {
  const rule = { is: 'observable', kind: 'diameter-identity', side, has: { node_kind } } as const;
  return place === undefined ? rule : { ...rule, place };
}

function property(name: Property, ...of: readonly string[]): Rule {
  return { is: 'property', of, property: name };
}

function fact(name: Fact): Rule {
  return { is: 'fact', fact: name };
}

/** Templates of `MISP/misp-objects` by their names; relations that are not here are texts. */
export const telecomTemplates: ReadonlyMap<string, Template> = new Map<string, Template>([
  [
    'ss7-attack',
    {
      protocol: 'map',
      rules: {
        SccpCgGT: title('attacker', 'src_ref'),
        SccpCdGT: title('victim', 'dst_ref'),
        SccpCgPC: observable('point-code', 'either', 'src_ref'),
        SccpCdPC: observable('point-code', 'victim', 'dst_ref'),
        MapImsi: observable('imsi', 'victim', 'subscriber_ref'),
        MapMsisdn: observable('msisdn', 'victim', 'subscriber_ref'),
        // In a location update these are the attacker's, in a question about a subscriber the victim's.
        MapMscGT: title('either'),
        MapVlrGT: title('either'),
        MapGsmscfGT: title('either'),
        MapGmlc: title('either'),
        MapSmscGT: title('either'),
        'MapSmsTP-OA': observable('sms-sender', 'either'),
        // The first of those that are there: who has the title, and who uses it.
        GtAssignee: property('assignee_ref', 'SccpCgGT'),
        GtLessor: property('assignee_ref', 'SccpCgGT'),
        GtLessee: property('lessee_ref', 'SccpCgGT'),
        GtSubLessee: property('lessee_ref', 'SccpCgGT'),
        'SccpCgGT-Country': property('country', 'SccpCgGT'),
        'SccpCgGT-CountryISO2': property('country', 'SccpCgGT'),
        'SccpCgGT-TADIG': property('tadig', 'SccpCgGT'),
        'SccpCgGT-OperatorName': property('assignee_ref', 'SccpCgGT'),
        'SccpCdGT-Country': property('country', 'SccpCdGT'),
        'SccpCdGT-CountryISO2': property('country', 'SccpCdGT'),
        'SccpCdGT-TADIG': property('tadig', 'SccpCdGT'),
        'SccpCdGT-OperatorName': property('assignee_ref', 'SccpCdGT'),
        SccpCgSSN: property('subsystem', 'SccpCgGT'),
        SccpCdSSN: property('subsystem', 'SccpCdGT'),
        MapOpCode: fact('op_code'),
        MapApplicationContext: fact('application_context'),
        Category: fact('category'),
        'first-seen': fact('first'),
      },
    },
  ],
  [
    'diameter-attack',
    {
      protocol: 'diameter',
      rules: {
        'Origin-Host': node('attacker', 'host', 'src_ref'),
        'Origin-Realm': node('attacker', 'realm', 'src_ref'),
        'Destination-Host': node('victim', 'host', 'dst_ref'),
        'Destination-Realm': node('victim', 'realm', 'dst_ref'),
        Username: observable('imsi', 'victim', 'subscriber_ref'),
        'Origin-Host-TADIG': observable('tadig', 'either'),
        'Origin-Realm-TADIG': observable('tadig', 'either'),
        CmdCode: fact('op_code'),
        ApplicationId: fact('application_id'),
        category: fact('category'),
        'first-seen': fact('first'),
      },
    },
  ],
  [
    'gtp-attack',
    {
      protocol: 'gtp-c',
      rules: {
        ipSrc: observable('address', 'attacker', 'src_ref'),
        ipDest: observable('address', 'victim', 'dst_ref'),
        PortSrc: property('port', 'ipSrc'),
        PortDest: property('port', 'ipDest'),
        GtpImsi: observable('imsi', 'victim', 'subscriber_ref'),
        GtpMsisdn: observable('msisdn', 'victim', 'subscriber_ref'),
        GtpImei: observable('imei', 'victim'),
        GtpServingNetwork: observable('plmn', 'either'),
        GtpMessageType: fact('op_code'),
        'first-seen': fact('first'),
      },
    },
  ],
  [
    'imsi-catcher',
    {
      rules: {
        imsi: observable('imsi', 'victim'),
        operator: property('operator', 'network'),
        mcc: fact('mcc'),
        mnc: fact('mnc'),
        lac: fact('lac'),
        cellid: fact('cell'),
        'first-seen': fact('first'),
      },
    },
  ],
  [
    'phone',
    {
      rules: {
        imei: observable('imei', 'either'),
        imsi: observable('imsi', 'either'),
        msisdn: observable('msisdn', 'either'),
        iccid: observable('iccid', 'either'),
        model: property('model', 'imei'),
        'first-seen': fact('first'),
        'last-seen': fact('last'),
      },
    },
  ],
  [
    'phone-number',
    {
      rules: {
        'phone-number': observable('msisdn', 'either'),
        'country-code': { is: 'implied', by: 'phone-number' },
        'country-code-numeric': { is: 'implied', by: 'phone-number' },
        'national-destination-code': { is: 'implied', by: 'phone-number' },
        'subscriber-number': { is: 'implied', by: 'phone-number' },
      },
    },
  ],
  [
    'short-message-service',
    {
      rules: {
        from: observable('sms-sender', 'either'),
        to: observable('msisdn', 'victim'),
        smsc: observable('global-title', 'either'),
        'sent-date': fact('first'),
        'received-date': fact('last'),
      },
    },
  ],
  [
    'asn',
    {
      rules: {
        asn: observable('as', 'either'),
        'subnet-announced': observable('network', 'either'),
        name: property('name', 'asn'),
        'first-seen': fact('first'),
        'last-seen': fact('last'),
      },
    },
  ],
]);
