import fc from 'fast-check';
import { observableKindNames } from '../../packages/telecom/src/index.ts';
import { spellings } from '../../packages/telecom/src/testing/spellings.ts';

/** Telecom identifiers as people write them, of documentation and test ranges where there are any. */
const written: Readonly<Record<string, readonly string[]>> = {
  msisdn: ['+32475123456', '0032 475 12 34 56', 'tel:+32(475)12.34.56', '+447700900123'],
  'number-range': ['+32475*', '32475xxxxxx', '32475000000..32475999999', '+32475000000 to +32475000099'],
  'global-title': ['32475000001', '3247500000f', '32475*', 'e214:32475000001', 'e212:206011234567890'],
  'point-code': ['itu-14:2-013-1', 'japan-16:127-15-31', 'ansi-24:1-2-3', '2-13-1', '4201', '0x1069'],
  'signalling-operation': ['map:71', 'MAP anyTimeInterrogation', 'cap 20', 'map opcode 2'],
  imsi: ['206011234567890', 'imsi:206 01 1234567890', '001010123456789', '310260123456789'],
  plmn: ['206-01', '20601', '310260', '206 001'],
  tadig: ['BELTB', 'TADIG: USACG'],
  imei: ['490154203237518', '49-015420-323751-8', 'imei: 49015420323751'],
  imeisv: ['4901542032375105'],
  tac: ['49015420', 'tac:49-015420'],
  iccid: ['8944110068256270054', '8944110068256270054F'],
  eid: ['89049032123451234512345678901235'],
  cell: ['cgi:206-01-1234-56789', 'ecgi:206-01-0abcdef', 'NCGI: 206-01-00000abcd', 'tai:206-01-1f2e'],
  apn: ['internet', 'internet.mnc001.mcc206.gprs', 'm2m.corp-a', '*'],
  '3gpp-domain': [
    'EPC.mnc001.mcc206.3gppnetwork.org.',
    'topon.s5.pgw1.node.epc.mnc001.mcc001.3gppnetwork.org',
    'nrf.5gc.mnc001.mcc206.3gppnetwork.org',
    'epdg.epc.mnc001.mcc228.pub.3gppnetwork.org',
  ],
  teid: ['0x1A2B', 'teid: ffffffff'],
  'diameter-identity': [
    'HSS01.epc.mnc001.mcc206.3gppnetwork.org.',
    'aaa://host.example.com:3868;transport=sctp;protocol=diameter',
    'aaas://host.example.com',
  ],
  'diameter-session-id': ['hss.example.com;1876543210;523;opt'],
  'sip-uri': [
    'SIP:Alice@Atlanta.Example:5060',
    'sips:bob@[2001:db8::1]:5062;transport=tls?subject=x',
    '<sip:alice:secret@atlanta.example>',
    'sip:+32475123456@ims.example;user=phone',
  ],
  'tel-uri': ['tel:+32-475-12.34.56;ext=7', 'TEL:863-1234;phone-context=Example.COM'],
  passport: [
    [
      { alg: 'ES256', typ: 'passport', ppt: 'shaken', x5u: 'https://cert.example.org/passport.cer' },
      {
        attest: 'A',
        dest: { tn: ['32475123456'] },
        iat: 1_767_225_600,
        orig: { tn: '32475000001' },
        origid: '123e4567-e89b-12d3-a456-426655440000',
      },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
      .concat('.', 'A'.repeat(86)),
  ],
  'sms-sender': ['MyBank', '12345', '+32 475 12 34 56', 'Раураl', 'My Bank'],
  supi: ['imsi-206011234567890', 'nai-user@example.org', 'gci-a.b', 'gli-1@x.example'],
  suci: [
    'suci-0-206-01-0-0-0-0000000001',
    'suci-1-my-operator.example-0-0-0-name',
    `suci-0-001-01-0-1-27-${'ab'.repeat(20)}`,
  ],
  gpsi: ['msisdn-32475123456', 'extid-meter7@example.org'],
  pei: ['imei-490154203237518', 'imeisv-4901542032375105', 'mac-00-11-22-33-44-AA'],
  'nf-instance': ['nf:0DA20AF4-3F4E-4A3B-9F6D-1E2C3B4A5D6E'],
  's-nssai': ['1-0000ff', 's-nssai: 255'],
  'amf-id': ['amf:cafe00'],
  'short-number': ['112', '116000', 'short-code:12345'],
  'national-number': ['0475 12 34 56', '(0475) 12.34.56'],
  subsystem: ['ssn:6', 'SSN=147', 'ssn:HLR'],
  'network-indicator': ['ni:2', 'NAT0'],
  'application-context': ['0.4.0.0.1.0.29.3', '4.0.0.1.0.29', 'anyTimeInfoEnquiryContext-v3'],
  'diameter-application': ['diameter-app:16777251', 'S6a'],
  'diameter-command': ['diameter-cmd:318', 'AIR', '3GPP-Update-Location-Request'],
  'gtp-message': ['gtpv2:32', 'GTPv1-C: Create PDP Context Request'],
  'gtp-interface': ['S8', 'interface: gp'],
  'temporary-identity': ['guti:206-01-8001-01-c0ffee01', '5g-guti:206-01-cafe00-c0ffee01', 'tmsi:0xC0FFEE01'],
  'serving-node': ['gummei:206-01-8001-01', 'guami:206-01-cafe00'],
  'location-area': ['lai:206-01-1234', 'rai:206-01-1234-5', 'sai:206-01-1234-5'],
  'radio-cell': ['eutra:0abcdef', 'nci:dec:43981'],
  'standalone-network': ['snpn:999-99-1234567890a', 'nid:1234567890a'],
  'nf-type': ['nf-type:AMF', '5g-eir'],
  'sip-user-agent': ['User-Agent: friendly-scanner', 'Linphone/3.6.1 (eXosip2)'],
  'sip-call-id': ['Call-ID: f81d4fae-7dec@192.0.2.1'],
  'autonomous-system': ['AS6774', 'asn:1.10'],
};

/** Texts of every kind of telecom identifier. */
export const telecomTexts: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  observableKindNames.map((kind) => [
    kind,
    [...(written[kind] ?? []), ...fc.sample(spellings(kind), { numRuns: 5, seed: 7 })],
  ]),
);
