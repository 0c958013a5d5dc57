import { tlpMarkingId } from '@belltower/stix';
import { telecomExtensionIds } from './extension-ids.ts';

const created = '2026-12-01T00:00:00.000Z';

/** Who defines the extensions. */
export const telecomExtensionAuthor = {
  type: 'identity',
  spec_version: '2.1',
  id: 'identity--006475d8-f487-466c-a703-f2fa74d641dd',
  created: '2026-11-22T00:00:00.000Z',
  modified: '2026-11-22T00:00:00.000Z',
  name: 'Belltower',
  identity_class: 'organization',
  object_marking_refs: [tlpMarkingId('clear')],
} as const;

/** The version of the specification: docs/stix-telecom. */
export const telecomExtensionVersion = '1.0.0';

/** Where the JSON schema of a type is. */
export function telecomSchemaUrl(type: string): string {
  return `https://belltower.example/stix-telecom/${telecomExtensionVersion}/${type}.json`;
}

type DefinedType = keyof typeof telecomExtensionIds;

const descriptions: Readonly<Record<DefinedType, string>> = {
  'phone-number-range': 'Telephone numbers between two others, or all that begin alike.',
  'ss7-global-title': 'The address of a node or a subscriber in SCCP, or the beginning of such addresses.',
  'ss7-point-code': 'The address of a node in an SS7 network, in the format that gives its number a meaning.',
  'mobile-subscriber-id': 'An identifier of a mobile subscription: IMSI, SUPI, SUCI or GPSI.',
  'mobile-equipment-id': 'An identifier of a device or of a model of devices: IMEI, IMEISV, TAC or PEI.',
  'uicc-id': 'An identifier of a SIM card, a profile or an embedded SIM: ICCID or EID.',
  'mobile-network-id':
    'A mobile network by its PLMN, also a non-public one, or by the TADIG code of its operator.',
  'mobile-cell': 'A cell or a tracking area of a mobile network.',
  'diameter-node': 'A host or a realm of Diameter.',
  'telecom-nf': 'A running network function of a 5G core.',
  'network-slice': 'A slice of a 5G network.',
  'access-point-name': 'The name of a network behind a mobile network: APN or DNN.',
  'sip-identity': 'Who calls or is called in SIP, as a URI of the scheme sip, sips or tel.',
  'sms-sender': 'Who a short message says it is from.',
  'signalling-message': 'Signalling messages of one kind between two nodes, as observed data refers to them.',
  'gtp-tunnel': 'The end of a GTP tunnel.',
  'concealed-identifier':
    'An identifier of a subscriber or a device as an HMAC-SHA-256 under a key that a sharing group has: equal for equal identifiers, and of no meaning to others.',
};

function isDefinedType(type: string): type is DefinedType {
  return Object.hasOwn(telecomExtensionIds, type);
}

function extensionDefinition(type: DefinedType) {
  return {
    type: 'extension-definition',
    spec_version: '2.1',
    id: telecomExtensionIds[type],
    created_by_ref: telecomExtensionAuthor.id,
    created,
    modified: created,
    // Everybody may pass on what everybody needs to understand what was passed on.
    object_marking_refs: [tlpMarkingId('clear')],
    name: type,
    description: descriptions[type],
    schema: telecomSchemaUrl(type),
    version: telecomExtensionVersion,
    extension_types: ['new-sco'],
  } as const;
}

/**
 * The extension definitions (STIX 2.1 §7.3) of the types that are defined here, without that of `phone-number`, which is somebody
 * else's to publish.
 */
export const telecomExtensionDefinitions = Object.keys(telecomExtensionIds)
  .filter(isDefinedType)
  .map(extensionDefinition);
