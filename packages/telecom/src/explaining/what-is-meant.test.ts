import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explain, explainMisfit } from '../explain.ts';
import type { ObservableKind } from '../observable.ts';

/** What people paste, by what they mean with it: plain, behind a name, and with quotes, commas and brackets around it. */
const meant: Readonly<Partial<Record<ObservableKind, readonly string[]>>> = {
  msisdn: [
    '+32475123456',
    '0032475123456',
    '32475123456',
    '+1 212 555 0123',
    '+1 876 555 1234',
    '+12425550100',
    '+1 900 555 1234',
    '+1 800 555 1234',
    '+1 555 555 5555',
    '+7 495 1234567',
    '+7 701 1234567',
    '+77011234567',
    '+881612345678',
    '+88216123456',
    '+88213123456',
    '+883510012345',
    '+8835100123456',
    '+870773123456',
    '+8821234567',
    '+80012345678',
    '+979112345678',
    '+44 7700 900123',
    '+44 9098 790123',
    '+448081570192',
    '+4407890129093',
    '+32 90 212345',
    '+32 800 12345',
    '+390612345678',
    '+39 06 6982',
    '+299 321000',
    '+247 62500',
    '+53 5 1234567',
    '+252612345678',
    '+37253123456',
    '+447624123456',
    '+44 1534 123456',
    '+262692123456',
    '+590690123456',
    '+358457123456',
    '+4779123456',
    '+47 79 02 00 00',
    'msisdn:32475123456',
    'phone: +32 (0)475 12 34 56',
    '(+32) 475/12.34.56',
    '+32475123456,',
    '"+32475123456"',
    '<+32475123456>',
    '[+32475123456]',
    'MSISDN +32475123456',
  ],
  'national-number': ['0475123456', '0800123456'],
  'short-number': ['112', '911', '999', '1234', '12345', '206', '4201', '318', '6774'],
  'tel-uri': ['tel:+32475123456', 'tel:112'],
  imsi: [
    '206011234567890',
    '20601123456789',
    'IMSI: 206011234567890',
    'imsi 206011234567890',
    '001010123456789',
    '999990123456789',
    '99970123456789',
    '310260123456789',
    '310410123456789',
    '234159876543210',
    '208011234567890',
    '262011234567890',
    '901011234567890',
    '901281234567890',
    '310999123456789',
  ],
  supi: ['imsi-206011234567890', 'imsi-001010000000001', 'nai-user@example.com'],
  imei: [
    '000000000000000',
    '111111111111111',
    '490154203237518',
    '490154203237510',
    '490154203237517',
    '49015420323751',
    'imei:49-015420-323751-8',
  ],
  imeisv: ['4901542032375105'],
  tac: ['49015420', 'tac:35693803', '35693803', '16777251'],
  iccid: [
    '8944110068256270054',
    '8944110068256270053',
    '89320100001234567890',
    'iccid:8932010000123456789',
    '89882011223344556677',
    '8900000000000000000',
  ],
  eid: ['89049032123451234512345678901235', '89033023311330000000000123456789'],
  plmn: [
    '206-01',
    '20601',
    '001-01',
    '999-99',
    '999-70',
    '206-001',
    '310-260',
    '310260',
    '310-26',
    '901-01',
    '901-28',
    '425-01',
    'plmn:20601',
  ],
  tadig: ['BELTB', 'tadig:NLDKN'],
  'global-title': [
    'gt:32475000001',
    'gt:+32475000001',
    'gt:32475*',
    'gt:4*',
    'gt:222*',
    'gt:3247500000F',
    'gt:49*',
    'gt:1*',
    'gt:12125550123',
    'gt:7*',
    'gt:e214:32475000001234',
    'e214:324751234567890',
    'e212:206011234567890',
    'gt:e212:310260123456789',
    'gt:88210000001',
    'gt:88216000001',
    'gt:8823400001',
    'gt 32475000001',
    'gt:262011234567890',
  ],
  'point-code': [
    '2-013-1',
    '2-13-1',
    'pc:2-013-1',
    'itu-14:4201',
    'ansi-24:1-2-3',
    '1-2-3',
    '245-10-1',
    'china-24:1-2-3',
    '10-5-3-2',
    'japan-16:5-3-4',
    '0-0-0',
    '7-255-7',
    '1-2-3-4',
  ],
  subsystem: ['ssn:6', 'ssn 8', 'SSN=147'],
  'sms-sender': ['MyBank', 'PAYPAL', 'Paypa1', 'PаyPal', 'sender:12345', 'sms:MyBank'],
  'network-indicator': ['ni:2', 'ni:0'],
  'signalling-operation': [
    'map:71',
    'map:20',
    'cap:20',
    'map 2',
    'MAP:sendAuthenticationInfo',
    'MAP ATI',
    'map:ati',
    'map:SRI-SM',
    'map:sri',
    'cap:initialDP',
    'map:78',
  ],
  'application-context': ['0.4.0.0.1.0.29.3', '4.0.0.1.0.29', '0.4.0.0.1.0.1.2', 'ac:anyTimeEnquiry'],
  'diameter-application': ['diameter-app:16777251', 'S6a', 'diameter-app:S6a'],
  'diameter-command': ['diameter-cmd:318', 'AIR', 'diameter-cmd:AIR', 'diameter-cmd:RIR'],
  '3gpp-domain': [
    'hss01.epc.mnc001.mcc206.3gppnetwork.org',
    'epc.mnc070.mcc999.3gppnetwork.org',
    'ims.mnc001.mcc001.3gppnetwork.org',
    'tac-lb01.tac-hb00.tac.epc.mnc001.mcc206.3gppnetwork.org',
  ],
  'diameter-identity': [
    'epc.mnc01.mcc206.3gppnetwork.org',
    'hss.operator.example',
    'realm:operator.example',
    'aaa://host.example.com:3868;transport=sctp',
    'example.com',
    'hss[.]operator[.]example',
  ],
  'diameter-session-id': ['hss.example.com;1876543210;523'],
  apn: [
    'internet',
    'internet.mnc001.mcc206.gprs',
    'apn:internet',
    'rac0001.lac0001.mnc001.mcc206.gprs',
    'RAC0123.LAC4567.MNC001.MCC206.GPRS',
    'sgsn1234.mnc001.mcc206.gprs',
    'sos',
    'ims',
    '*',
  ],
  teid: ['teid:0x12345678', '0x12345678', '0xdeadbeef', 'teid:12345678', 'teid 1a2b'],
  'gtp-interface': ['S8'],
  'sip-uri': [
    'sip:alice@example.com',
    'sip:+32475123456@ims.mnc001.mcc206.3gppnetwork.org;user=phone',
    'sips:bob@example.com:5061',
    'sip:100@1.2.3.4',
    'sip:alice@example[.]com',
  ],
  'sip-user-agent': ['friendly-scanner', 'User-Agent: friendly-scanner', 'sipvicious'],
  suci: ['suci-0-206-01-0-0-0-0000000001', 'suci-0-206-01-0-1-27-abcdef'],
  gpsi: ['msisdn-32475123456', 'extid-a@example.org'],
  pei: ['imei-490154203237518'],
  'nf-instance': ['nf:0da20af4-3f4e-4a3b-9f6d-1e2c3b4a5d6e'],
  'nf-type': ['AMF', 'nf-type:AMF'],
  's-nssai': ['1-0000FF', 's-nssai:1', 'sst:1', 'nssai:5', '2-ABCDEF', '200-000001'],
  'amf-id': ['amf:cafe00'],
  cell: [
    'cgi:206-01-1234-56789',
    '206-01-1234-56789',
    'ecgi:206-01-0abcdef',
    'ncgi:206-01-00000abcd',
    'tai:206-01-1f2e',
    'ecgi:206-01-dec:11259375',
    'ecgi:206-01-43981-239',
  ],
  'location-area': ['sai:206-01-1234-5', 'lai:206-01-1234', 'rai:206-01-1234-5'],
  'standalone-network': ['nid:1234567890a', 'snpn:999-99-1234567890a'],
  'radio-cell': ['eutra:0abcdef', 'eutra:dec:11259375', 'nr:00000abcd'],
  'temporary-identity': [
    'guti:206-01-8001-01-12345678',
    'tmsi:0x12345678',
    'm-tmsi:12345678',
    '5g-guti:206-01-cafe00-12345678',
    's-tmsi:01-12345678',
  ],
  'serving-node': ['gummei:206-01-8001-01', 'guami:206-01-cafe00'],
  'autonomous-system': ['AS6774', 'asn:6774'],
  'gtp-message': ['gtpv1:16', 'gtpv2:32', 'gtp v2 Create Session Request'],
  'sip-call-id': ['call-id:f81d4fae@192.0.2.1'],
};

for (const [kind, texts] of Object.entries(meant))
  test(`what is pasted as ${kind} is taken for it before anything else`, () => {
    for (const text of texts) assert.equal(explain(text)[0]?.observable.kind, kind, text);
  });

test('what says what it is and is not is told why', () => {
  for (const text of [
    '+878101234567',
    '+8881234567',
    '+4419467960000',
    '+96022212345',
    '+379 06 69812345',
    '+2477',
    '+3712345678',
    '+112',
    '+0123456789',
    '+1234567890123456',
    'eid:89049032000001000128246480201',
    'pc:4201',
    'ssn:300',
    'imsi:abc',
  ]) {
    assert.deepEqual(explain(text), [], text);
    assert.match(explainMisfit(text)?.reason ?? '', /^[A-Z].*\.$/s, text);
  }
});

test('addresses, hashes and sentences are no identifiers of telecoms', () => {
  for (const text of [
    'call +32475123456 now',
    'mcc:206',
    'op:71',
    'diameter:318',
    'app:S6a',
    'gtp:s8',
    'gtp:v2',
    'gtp:16',
    '0da20af4-3f4e-4a3b-9f6d-1e2c3b4a5d6e',
    '10.0.0.1',
    '10.0.0.0/8',
    '2001:db8::1',
    'https://example.com/',
    '44d88612fea8a8f36de82e1278abb02f',
    'CVE-2024-1234',
  ]) {
    assert.deepEqual(explain(text), [], text);
    assert.equal(explainMisfit(text), undefined);
  }
});

/** What an analyst has to be told about a value, as a fact. */
const told: readonly (readonly [text: string, fact: string, value: string])[] = [
  ['+32475123456', 'range given to', 'Proximus'],
  ['+447700900123', 'country', 'one of United Kingdom (GB), Guernsey (GG), Isle of Man (IM), Jersey (JE)'],
  ['+15555555555', 'country', 'one of the 25 of +1'],
  ['+881612345678', 'calling code', '+881, Iridium'],
  ['gt:32475*', 'country', 'Belgium (BE)'],
  ['gt:7*', 'country', 'one of Russia (RU), Kazakhstan (KZ)'],
  ['2-013-1', 'in the international network', '2-013, Belgium (BE)'],
  ['310999123456789', 'country', 'one of 6 that share MCC 310'],
  ['BELTB', 'country', 'Belgium (BE)'],
  ['35693803', 'given out by', 'TÜV SÜD (BABT), United Kingdom'],
  ['ecgi:206-01-0abcdef', 'eNodeB', '43981'],
  ['suci-0-206-01-0-0-0-0000000001', 'protection', 'none (null scheme)'],
  ['diameter-cmd:318', 'name', 'Authentication-Information-Request/Answer'],
  ['gtpv2:32', 'message', 'Create Session Request'],
  ['112', 'emergency number', 'on mobile phones everywhere'],
];

for (const [text, fact, value] of told)
  test(`${text}: ${fact} ${value}`, () => {
    const facts = explain(text)[0]?.facts ?? [];
    assert.equal(facts.find(([name]) => name === fact)?.[1], value, JSON.stringify(facts));
  });

/** What is doubtful about a value. */
const doubted: Readonly<Record<string, string>> = {
  '+19005551234': 'costly',
  '+881612345678': 'costly',
  '+447700900123': 'test-value',
  '001010123456789': 'test-value',
  '999990123456789': 'private-use',
  '490154203237517': 'check-digit',
  '49015420323751': 'ambiguous',
  'gt:1*': 'ambiguous',
  'gt:3247500000F': 'not-standard',
  'e212:206011234567890': 'identifies-a-person',
  'friendly-scanner': 'hostile',
  'tmsi:12345678': 'temporary',
  'rac0001.lac0001.mnc001.mcc206.gprs': 'not-standard',
  'aaa://hss.example.com;transport=udp': 'not-standard',
  'diameter-cmd:RIR': 'ambiguous',
};

for (const [text, doubt] of Object.entries(doubted))
  test(`${text} is in doubt: ${doubt}`, () => {
    const codes = explain(text)[0]?.doubts.map(({ code }) => code);
    assert.ok(
      codes?.some((code) => code === doubt),
      codes?.join(),
    );
  });

test('every screening category says who gives it', () => {
  for (const text of ['map:3', 'cap:0', 'cap:20', 'diameter-cmd:317', 'diameter-cmd:258']) {
    const categories = explain(text)[0]?.facts.filter(([name]) => name.startsWith('category')) ?? [];
    assert.ok(categories.length > 0, text);
    for (const [, words] of categories) assert.match(words, /SigFW|white paper/, text);
  }
});
