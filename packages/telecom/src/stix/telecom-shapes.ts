import type { ExtensionShape } from '@belltower/stix';
import { observableProperties } from '@belltower/stix';
import { personalKinds } from '../privacy/personal-identifier.ts';
import { numberingPlans } from '../signalling/global-title.ts';
import { pointCodeFormatNames } from '../signalling/point-code.ts';
import { phoneNumberExtension, telecomExtensionIds } from './extension-ids.ts';
import {
  apnForm,
  cellForms,
  country3Form,
  countryForm,
  diameterForm,
  e164Form,
  equipmentForms,
  globalTitleForm,
  hmacForm,
  keyIdForm,
  nfInstanceForm,
  nidForm,
  plmnForm,
  pointCodeForms,
  rangeEndForm,
  senderForm,
  sipForm,
  sliceForm,
  subscriberForms,
  tadigForm,
  teidForm,
  uiccForms,
} from './value-forms.ts';
import {
  cellTypes,
  diameterNodeKinds,
  equipmentIdTypes,
  networkFunctionTypes,
  networkIndicatorTerms,
  signallingProtocols,
  subscriberIdTypes,
  tunnelInterfaces,
  typesOfNumber,
  uiccIdTypes,
} from './vocabularies.ts';

const string = { kind: 'string' } as const;
const timestamp = { kind: 'timestamp' } as const;
const plmn = { kind: 'formed', form: plmnForm } as const;
const country = { kind: 'formed', form: countryForm } as const;
const identityRef = { kind: 'reference', to: { types: ['identity'], words: 'identity' } } as const;

const table = { class: 'sco', document: 'STIX for telecom 1.0' } as const;

/** A telephone number, with the properties that its own extension gives it. */
export const phoneNumber = {
  ...table,
  name: 'phone-number',
  section: 'phone-number',
  definition: phoneNumberExtension,
  properties: {
    ...observableProperties,
    value: { kind: 'formed', form: e164Form, required: true },
    country: { kind: 'formed', form: country3Form },
    connection: string,
    provider: string,
  },
  contributing: ['value'],
} as const satisfies ExtensionShape;

/** Numbers between two others, or all that begin alike. */
export const phoneNumberRange = {
  ...table,
  name: 'phone-number-range',
  section: 'phone-number-range',
  definition: telecomExtensionIds['phone-number-range'],
  properties: {
    ...observableProperties,
    range_start: { kind: 'formed', form: rangeEndForm },
    range_end: { kind: 'formed', form: rangeEndForm },
    prefix: { kind: 'formed', form: rangeEndForm },
    country,
    use: string,
    operator_ref: identityRef,
  },
  constraints: [
    { kind: 'at-least-one', of: ['range_start', 'prefix'], section: 'phone-number-range' },
    { kind: 'at-most-one', of: ['range_start', 'prefix'], section: 'phone-number-range' },
    { kind: 'requires', given: 'range_start', needs: ['range_end'], section: 'phone-number-range' },
    { kind: 'requires', given: 'range_end', needs: ['range_start'], section: 'phone-number-range' },
    { kind: 'digit-range', from: 'range_start', to: 'range_end', section: 'phone-number-range' },
  ],
  contributing: ['range_start', 'range_end', 'prefix'],
} as const satisfies ExtensionShape;

/** The address of a node or a subscriber in SCCP: ITU-T Q.713 §3.4.2.3. */
export const ss7GlobalTitle = {
  ...table,
  name: 'ss7-global-title',
  section: 'ss7-global-title',
  definition: telecomExtensionIds['ss7-global-title'],
  properties: {
    ...observableProperties,
    value: { kind: 'formed', form: globalTitleForm, required: true },
    numbering_plan: {
      kind: 'terms',
      name: 'numbering-plan-enum',
      terms: Object.keys(numberingPlans),
      required: true,
    },
    nature_of_address: { kind: 'integer', min: 0, max: 127 },
    translation_type: { kind: 'integer', min: 0, max: 255 },
    subsystem: { kind: 'integer', min: 0, max: 255 },
    country,
    tadig: { kind: 'formed', form: tadigForm },
    assignee_ref: identityRef,
    lessee_ref: identityRef,
  },
  contributing: ['value', 'numbering_plan'],
} as const satisfies ExtensionShape;

/** The address of a node in an SS7 network: ITU-T Q.704 §14.2.1, ANSI T1.111.4. */
export const ss7PointCode = {
  ...table,
  name: 'ss7-point-code',
  section: 'ss7-point-code',
  definition: telecomExtensionIds['ss7-point-code'],
  properties: {
    ...observableProperties,
    format: { kind: 'terms', name: 'point-code-format-enum', terms: pointCodeFormatNames, required: true },
    network_indicator: { kind: 'terms', name: 'network-indicator-enum', terms: networkIndicatorTerms },
    value: { kind: 'string', required: true },
    country,
    operator_ref: identityRef,
  },
  constraints: [
    { kind: 'form-by', given: 'format', property: 'value', forms: pointCodeForms, section: 'ss7-point-code' },
  ],
  contributing: ['format', 'network_indicator', 'value'],
} as const satisfies ExtensionShape;

/** A subscription: TS 23.003 §2, TS 29.571 §5.3.2. */
export const mobileSubscriberId = {
  ...table,
  name: 'mobile-subscriber-id',
  section: 'mobile-subscriber-id',
  definition: telecomExtensionIds['mobile-subscriber-id'],
  properties: {
    ...observableProperties,
    id_type: { kind: 'terms', name: 'subscriber-id-type-enum', terms: subscriberIdTypes, required: true },
    value: { kind: 'string', required: true },
    plmn,
  },
  constraints: [
    {
      kind: 'form-by',
      given: 'id_type',
      property: 'value',
      forms: subscriberForms,
      section: 'mobile-subscriber-id',
    },
  ],
  contributing: ['id_type', 'value'],
} as const satisfies ExtensionShape;

/** A device or a model of devices: TS 23.003 §6. */
export const mobileEquipmentId = {
  ...table,
  name: 'mobile-equipment-id',
  section: 'mobile-equipment-id',
  definition: telecomExtensionIds['mobile-equipment-id'],
  properties: {
    ...observableProperties,
    id_type: { kind: 'terms', name: 'equipment-id-type-enum', terms: equipmentIdTypes, required: true },
    value: { kind: 'string', required: true },
    model: string,
  },
  constraints: [
    {
      kind: 'form-by',
      given: 'id_type',
      property: 'value',
      forms: equipmentForms,
      section: 'mobile-equipment-id',
    },
  ],
  contributing: ['id_type', 'value'],
} as const satisfies ExtensionShape;

/** A SIM card or profile, or the chip that it is in: ITU-T E.118, GSMA SGP.29. */
export const uiccId = {
  ...table,
  name: 'uicc-id',
  section: 'uicc-id',
  definition: telecomExtensionIds['uicc-id'],
  properties: {
    ...observableProperties,
    id_type: { kind: 'terms', name: 'uicc-id-type-enum', terms: uiccIdTypes, required: true },
    value: { kind: 'string', required: true },
    issuer: string,
  },
  constraints: [
    { kind: 'form-by', given: 'id_type', property: 'value', forms: uiccForms, section: 'uicc-id' },
  ],
  contributing: ['id_type', 'value'],
} as const satisfies ExtensionShape;

/** A mobile network: ITU-T E.212, TS 23.003 §12.1 and §12.7, or the TADIG code that GSMA gives its operator. */
export const mobileNetworkId = {
  ...table,
  name: 'mobile-network-id',
  section: 'mobile-network-id',
  definition: telecomExtensionIds['mobile-network-id'],
  properties: {
    ...observableProperties,
    plmn,
    nid: { kind: 'formed', form: nidForm },
    tadig: { kind: 'formed', form: tadigForm },
    operator: string,
    country,
  },
  constraints: [
    { kind: 'at-least-one', of: ['plmn', 'tadig'], section: 'mobile-network-id' },
    { kind: 'at-most-one', of: ['plmn', 'tadig'], section: 'mobile-network-id' },
    { kind: 'requires', given: 'nid', needs: ['plmn'], section: 'mobile-network-id' },
  ],
  contributing: ['plmn', 'nid', 'tadig'],
} as const satisfies ExtensionShape;

/** A cell or a tracking area: TS 23.003 §4, §19.4, §19.6. */
export const mobileCell = {
  ...table,
  name: 'mobile-cell',
  section: 'mobile-cell',
  definition: telecomExtensionIds['mobile-cell'],
  properties: {
    ...observableProperties,
    plmn: { ...plmn, required: true },
    cell_type: { kind: 'terms', name: 'cell-type-enum', terms: cellTypes, required: true },
    value: { kind: 'string', required: true },
    tac: { kind: 'formed', form: cellForms.tai },
  },
  constraints: [
    { kind: 'form-by', given: 'cell_type', property: 'value', forms: cellForms, section: 'mobile-cell' },
  ],
  contributing: ['plmn', 'cell_type', 'value'],
} as const satisfies ExtensionShape;

/** A host or a realm of Diameter: RFC 6733 §4.3.1. */
export const diameterNode = {
  ...table,
  name: 'diameter-node',
  section: 'diameter-node',
  definition: telecomExtensionIds['diameter-node'],
  properties: {
    ...observableProperties,
    node_kind: { kind: 'terms', name: 'diameter-node-kind-enum', terms: diameterNodeKinds },
    value: { kind: 'formed', form: diameterForm, required: true },
    plmn,
  },
  contributing: ['node_kind', 'value'],
} as const satisfies ExtensionShape;

/** A running network function of 5G: TS 29.571 §5.3.2, TS 29.510. */
export const telecomNf = {
  ...table,
  name: 'telecom-nf',
  section: 'telecom-nf',
  definition: telecomExtensionIds['telecom-nf'],
  properties: {
    ...observableProperties,
    nf_instance_id: { kind: 'formed', form: nfInstanceForm, required: true },
    nf_type: { kind: 'terms', name: 'network-function-ov', terms: networkFunctionTypes, open: true },
    fqdn: { kind: 'formed', form: diameterForm },
    plmn,
    s_nssais: { kind: 'list', of: { kind: 'formed', form: sliceForm } },
  },
  contributing: ['nf_instance_id'],
} as const satisfies ExtensionShape;

/** A slice: TS 23.003 §28.4.2. */
export const networkSlice = {
  ...table,
  name: 'network-slice',
  section: 'network-slice',
  definition: telecomExtensionIds['network-slice'],
  properties: {
    ...observableProperties,
    plmn,
    value: { kind: 'formed', form: sliceForm, required: true },
  },
  contributing: ['plmn', 'value'],
} as const satisfies ExtensionShape;

/** The name of a network behind a mobile network: TS 23.003 §9, §9A. */
export const accessPointName = {
  ...table,
  name: 'access-point-name',
  section: 'access-point-name',
  definition: telecomExtensionIds['access-point-name'],
  properties: {
    ...observableProperties,
    value: { kind: 'formed', form: apnForm, required: true },
    plmn,
  },
  contributing: ['value'],
} as const satisfies ExtensionShape;

/** Who is called or calls in SIP: RFC 3261 §19.1, RFC 3966. */
export const sipIdentity = {
  ...table,
  name: 'sip-identity',
  section: 'sip-identity',
  definition: telecomExtensionIds['sip-identity'],
  properties: {
    ...observableProperties,
    value: { kind: 'formed', form: sipForm, required: true },
    display_name: string,
  },
  contributing: ['value'],
} as const satisfies ExtensionShape;

/** Who a short message says it is from: TS 23.040 §9.1.2.5. */
export const smsSender = {
  ...table,
  name: 'sms-sender',
  section: 'sms-sender',
  definition: telecomExtensionIds['sms-sender'],
  properties: {
    ...observableProperties,
    value: { kind: 'formed', form: senderForm, required: true },
    ton: { kind: 'terms', name: 'type-of-number-enum', terms: typesOfNumber },
    display: string,
  },
  contributing: ['value', 'ton'],
} as const satisfies ExtensionShape;

const nodes = [
  'ss7-global-title',
  'ss7-point-code',
  'diameter-node',
  'telecom-nf',
  'mobile-network-id',
  'sip-identity',
  'phone-number',
  'sms-sender',
  'domain-name',
  'ipv4-addr',
  'ipv6-addr',
] as const;
const nodeRef = { kind: 'reference', to: { types: nodes, words: 'node or number' } } as const;

/** Messages of one kind between two nodes, for observed data: TS 29.002, TS 29.078, RFC 6733, TS 29.060, TS 29.274. */
export const signallingMessage = {
  ...table,
  name: 'signalling-message',
  section: 'signalling-message',
  definition: telecomExtensionIds['signalling-message'],
  properties: {
    ...observableProperties,
    protocol: {
      kind: 'terms',
      name: 'signalling-protocol-ov',
      terms: signallingProtocols,
      open: true,
      required: true,
    },
    op_code: { kind: 'integer', min: 0 },
    operation: string,
    application_id: { kind: 'integer', min: 0 },
    application_context: string,
    src_ref: nodeRef,
    dst_ref: nodeRef,
    subscriber_ref: {
      kind: 'reference',
      to: {
        types: [
          'mobile-subscriber-id',
          'concealed-identifier',
          'phone-number',
          'phone-number-range',
          'mobile-network-id',
        ],
        words: 'subscriber or range of subscribers',
      },
    },
    start: timestamp,
    end: timestamp,
    category: { kind: 'integer', min: 1, max: 3 },
    category_source: string,
    count: { kind: 'integer', min: 1 },
  },
  constraints: [
    { kind: 'order', earlier: 'start', later: 'end', section: 'signalling-message' },
    { kind: 'requires', given: 'category', needs: ['category_source'], section: 'signalling-message' },
    { kind: 'requires', given: 'category_source', needs: ['category'], section: 'signalling-message' },
    { kind: 'at-least-one', of: ['op_code', 'operation'], section: 'signalling-message' },
  ],
  contributing: ['protocol', 'op_code', 'src_ref', 'dst_ref', 'start'],
} as const satisfies ExtensionShape;

/** The end of a GTP tunnel: TS 29.060 §3, TS 29.274 §5. */
export const gtpTunnel = {
  ...table,
  name: 'gtp-tunnel',
  section: 'gtp-tunnel',
  definition: telecomExtensionIds['gtp-tunnel'],
  properties: {
    ...observableProperties,
    teid: { kind: 'formed', form: teidForm, required: true },
    endpoint_ref: {
      kind: 'reference',
      to: { types: ['ipv4-addr', 'ipv6-addr'], words: 'IP address' },
    },
    interface: { kind: 'terms', name: 'tunnel-interface-ov', terms: tunnelInterfaces, open: true },
    access_point_ref: {
      kind: 'reference',
      to: { types: ['access-point-name'], words: 'access-point-name' },
    },
  },
  contributing: ['teid', 'endpoint_ref', 'interface'],
} as const satisfies ExtensionShape;

/** A subscriber's identifier as an HMAC-SHA-256 under a key that a sharing group has. */
export const concealedIdentifier = {
  ...table,
  name: 'concealed-identifier',
  section: 'concealed-identifier',
  definition: telecomExtensionIds['concealed-identifier'],
  properties: {
    ...observableProperties,
    id_type: { kind: 'terms', name: 'concealed-id-type-enum', terms: personalKinds, required: true },
    key_id: { kind: 'formed', form: keyIdForm, required: true },
    value: { kind: 'formed', form: hmacForm, required: true },
  },
  contributing: ['id_type', 'key_id', 'value'],
} as const satisfies ExtensionShape;

/** The tables of all types, in the order of the specification. */
export const telecomShapes: readonly ExtensionShape[] = [
  phoneNumber,
  phoneNumberRange,
  ss7GlobalTitle,
  ss7PointCode,
  mobileSubscriberId,
  mobileEquipmentId,
  uiccId,
  mobileNetworkId,
  mobileCell,
  diameterNode,
  telecomNf,
  networkSlice,
  accessPointName,
  sipIdentity,
  smsSender,
  signallingMessage,
  gtpTunnel,
  concealedIdentifier,
];
