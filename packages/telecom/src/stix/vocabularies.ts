/** Which identifier of a subscription it is. */
export const subscriberIdTypes = ['imsi', 'supi', 'suci', 'gpsi'] as const;

/** Which identifier of a device it is. */
export const equipmentIdTypes = ['imei', 'imeisv', 'tac', 'pei'] as const;

/** Which identifier of a SIM it is. */
export const uiccIdTypes = ['iccid', 'eid'] as const;

/** The network indicator of a message: ITU-T Q.704 §14.2.2, in the order of its values 0 to 3. */
export const networkIndicatorTerms = [
  'international',
  'international-spare',
  'national',
  'national-spare',
] as const;

/** Cells and areas: TS 23.003 §4, §19.4, §19.6. */
export const cellTypes = ['cgi', 'ecgi', 'ncgi', 'tai'] as const;

/** What a Diameter identity names: RFC 6733 §1.2. */
export const diameterNodeKinds = ['host', 'realm'] as const;

/** Types of number of an address: TS 23.040 §9.1.2.5, in the order of its values 0 to 6. */
export const typesOfNumber = [
  'unknown',
  'international',
  'national',
  'network-specific',
  'subscriber',
  'alphanumeric',
  'abbreviated',
] as const;

/** Network functions in roaming and around them: TS 29.510 §6.1.6.3.3, in small letters. */
export const networkFunctionTypes = [
  '5g-eir',
  'af',
  'amf',
  'ausf',
  'bsf',
  'chf',
  'gmlc',
  'hss',
  'lmf',
  'n3iwf',
  'nef',
  'nrf',
  'nssf',
  'nwdaf',
  'pcf',
  'scp',
  'sepp',
  'smf',
  'smsf',
  'udm',
  'udr',
  'udsf',
  'upf',
] as const;

/** Protocols of signalling between networks. */
export const signallingProtocols = [
  'cap',
  'diameter',
  'gtp-c',
  'gtp-u',
  'inap',
  'isup',
  'map',
  'ngap',
  'pfcp',
  'sbi',
  'sip',
  'smpp',
] as const;

/** Interfaces on which GTP is spoken: TS 23.060, TS 23.401, TS 23.501, in small letters. */
export const tunnelInterfaces = [
  'gn',
  'gp',
  's4',
  's5',
  's8',
  's10',
  's11',
  's12',
  's16',
  'n3',
  'n9',
  'n26',
] as const;
