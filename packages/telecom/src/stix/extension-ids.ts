import type { ExtensionDefinitionId } from '@belltower/stix';

/**
 * The ids of the extension definitions by the type that each introduces. They are UUIDv5s of the URL of the first schema in the URL
 * namespace of RFC 4122, and stay what they are when a schema moves.
 */
export const telecomExtensionIds = {
  'phone-number-range': 'extension-definition--d48a3ab2-758f-5872-8175-daa2366bcb07',
  'ss7-global-title': 'extension-definition--91f1c124-c6ea-5377-adc9-01a4ba79b356',
  'ss7-point-code': 'extension-definition--943a3e6e-4bac-545a-a376-3aea19263096',
  'mobile-subscriber-id': 'extension-definition--b68180d5-fab5-5e58-bae4-689b04eb22ed',
  'mobile-equipment-id': 'extension-definition--bacd5d46-adda-59f3-813f-151b07960598',
  'uicc-id': 'extension-definition--16f23c36-d47f-596b-8622-526dcf4032a4',
  'mobile-network-id': 'extension-definition--24bd6c3f-9145-5f16-954a-6dbff99ebf56',
  'mobile-cell': 'extension-definition--a47fc49a-34aa-5e60-bead-ea8bc5d7a405',
  'diameter-node': 'extension-definition--c5a08e0d-f10d-5101-aedd-3b9cb2574cd8',
  'telecom-nf': 'extension-definition--a560fb4b-9e7b-500d-b664-15de8a7cd92a',
  'network-slice': 'extension-definition--c4935076-525a-57cb-80dc-37d85309a3ad',
  'access-point-name': 'extension-definition--2adc8e5b-3544-5960-8167-bfa791854285',
  'sip-identity': 'extension-definition--4f9f3396-5f86-5cbb-bf70-535ce7a85ecb',
  'sms-sender': 'extension-definition--b4cc1dc5-f52a-5c28-bbe1-a0e523ef7538',
  'signalling-message': 'extension-definition--48114536-29c3-500b-a646-3707e667344e',
  'gtp-tunnel': 'extension-definition--a69956e4-4d1d-579c-b159-984b07063dda',
  'concealed-identifier': 'extension-definition--594bcd98-caec-5821-b78e-530cd06e3b3f',
} as const satisfies Readonly<Record<string, ExtensionDefinitionId>>;

/** The type `phone-number` is that of stix2extensions (dogesec), which others write and read already. */
export const phoneNumberExtension = 'extension-definition--14a97ee2-e666-5ada-a6bd-b7177f79e211';
