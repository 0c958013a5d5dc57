import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ObservableKind } from './observable.ts';
import { observableKindNames, observableKinds, readObservable } from './observable.ts';

/** Texts of each kind with their normal form, and texts that are none of it. */
const table: {
  readonly [Kind in ObservableKind]: {
    readonly is: Readonly<Record<string, string>>;
    readonly isNot: readonly string[];
  };
} = {
  msisdn: {
    is: {
      '+32475123456': '+32475123456',
      '0032 475 12 34 56': '+32475123456',
      '32475123456': '+32475123456',
      'tel:+32(475)12.34.56': '+32475123456',
      '+４４７７００９００１２３': '+447700900123',
      '+4407890129093': '+447890129093',
      '310000000': '+310000000',
      '\u200e+32475123456\u202c': '+32475123456',
    },
    isNot: ['', '+0123456789', '+1234567890123456', '0475123456', '+32', '+32475a23456', '+'],
  },
  'number-range': {
    is: {
      '+32475*': '32475*',
      '32475xxxxxx': '32475000000..32475999999',
      '32475000000..32475999999': '32475000000..32475999999',
      '+32475000000 - +32475000099': '32475000000..32475000099',
      '0010 to 0019': '0010..0019',
    },
    isNot: ['32475', '*', 'x', '32475..32', '5..4', '1234567890123456*', '12345678901234xx'],
  },
  'global-title': {
    is: {
      '32475000001': '32475000001',
      '+32475000001': '32475000001',
      '3247500000f': '3247500000F',
      '4*': '4*',
      'e214:32475000001': 'e214:32475000001',
      'e212:206011234567890': 'e212:206011234567890',
    },
    isNot: ['', '*', '+', '123456789012345678901', '32475G', '4**', 'x121:'],
  },
  'point-code': {
    is: { 'itu-14:2-13-1': 'itu-14:2-013-1', 'japan-16:127-15-31': 'japan-16:127-15-31' },
    isNot: ['206-01', '300-1-1'],
  },
  'signalling-operation': {
    is: {
      'map:71': 'map:71',
      'MAP anyTimeInterrogation': 'map:71',
      'cap 20': 'cap:20',
      'map:any-time-interrogation': 'map:71',
      'map opcode 2': 'map:2',
    },
    isNot: [
      '71',
      'map:',
      'map:300',
      'map:-5',
      'cap:0x20',
      'map:1e1',
      'map:noSuchThing',
      'isup:1',
      'map:__proto__',
    ],
  },
  imsi: {
    is: { '206011234567890': '206011234567890', 'imsi:206 01 1234567890': '206011234567890' },
    isNot: ['20601', '2060112345678901', '20601123456789a'],
  },
  plmn: {
    is: { '206-01': '206-01', '20601': '206-01', '310260': '310-260', '206 001': '206-001' },
    isNot: ['206-0', '20-601', '206-0001', '2060'],
  },
  tadig: { is: { BELTB: 'BELTB', 'TADIG: USACG': 'USACG' }, isNot: ['BEL', 'belTB', 'BELTBX', 'B3LTB'] },
  imei: {
    is: {
      '490154203237518': '490154203237518',
      '49015420323751': '490154203237518',
      '49-015420-323751-8': '490154203237518',
      '490154203237510': '490154203237518',
    },
    isNot: ['4901542032375', '4901542032375188', '49015420323751X'],
  },
  imeisv: { is: { '4901542032375105': '4901542032375105' }, isNot: ['490154203237518', '49015420323751051'] },
  tac: { is: { '49015420': '49015420' }, isNot: ['4901542', '490154200'] },
  iccid: {
    is: { '8944110068256270054': '8944110068256270054', '8944110068256270054F': '8944110068256270054' },
    isNot: ['894411006825627', '7944110068256270054', '894411006825627005412'],
  },
  eid: {
    is: { '89049032123451234512345678901235': '89049032123451234512345678901235' },
    isNot: ['8904903212345123451234567890123', '79049032123451234512345678901235'],
  },
  cell: {
    is: {
      'cgi:206-01-1234-56789': 'cgi:206-01-1234-56789',
      '206-01-0012-34567': 'cgi:206-01-12-34567',
      'ecgi:206-01-0abcdef': 'ecgi:206-01-0ABCDEF',
      'NCGI: 206-01-00000abcd': 'ncgi:206-01-00000ABCD',
      'tai:206-01-1f2e': 'tai:206-01-1F2E',
      'ecgi:206-01-dec:11259375': 'ecgi:206-01-0ABCDEF',
      'ecgi:206-01-43981-239': 'ecgi:206-01-0ABCDEF',
      'ncgi:206-01-0x00000abcd': 'ncgi:206-01-00000ABCD',
      'tai:206-01-dec:7982': 'tai:206-01-1F2E',
      '206-01-1F2E3D': 'tai:206-01-1F2E3D',
    },
    isNot: [
      '206-01',
      '206-01-65536-1',
      'ecgi:206-01-1',
      'cgi:206-1-1-1',
      'ecgi:206-01-GGGGGGG',
      'rai:206-01-1-256',
      'ecgi:206-01-dec:268435456',
      'ecgi:206-01-1048576-1',
      'cgi:206-01-dec:1',
    ],
  },
  apn: {
    is: {
      Internet: 'internet',
      'internet.mnc001.mcc206.gprs': 'internet.mnc001.mcc206.gprs',
      '*': '*',
      'm2m.corp-a': 'm2m.corp-a',
    },
    isNot: ['', '-a', 'a..b', 'a_b', 'a b', 'a'.repeat(64), `${'a.'.repeat(50)}a`],
  },
  '3gpp-domain': {
    is: {
      'EPC.mnc001.mcc206.3gppnetwork.org.': 'epc.mnc001.mcc206.3gppnetwork.org',
      'topon.s5.pgw1.node.epc.mnc001.mcc001.3gppnetwork.org':
        'topon.s5.pgw1.node.epc.mnc001.mcc001.3gppnetwork.org',
      'epdg.epc.mnc001.mcc228.pub.3gppnetwork.org': 'epdg.epc.mnc001.mcc228.pub.3gppnetwork.org',
      'mnc001.mcc206.3gppnetwork.org': 'mnc001.mcc206.3gppnetwork.org',
    },
    isNot: [
      'epc.mnc01.mcc206.3gppnetwork.org',
      'epc.mnc001.mcc206.3gppnetwork.com',
      'epc.mnc001.mcc206.3gppnetwork.org.evil.example',
      '-a.mnc001.mcc206.3gppnetwork.org',
    ],
  },
  teid: {
    is: { '0x1A2B': '0x00001a2b', 'teid: ffffffff': '0xffffffff', '1a2b': '0x00001a2b' },
    isNot: ['', '0x', '0x123456789', 'teid:xyz'],
  },
  'diameter-identity': {
    is: {
      'HSS01.epc.mnc001.mcc206.3gppnetwork.org.': 'hss01.epc.mnc001.mcc206.3gppnetwork.org',
      'aaa://host.example.com:3868;transport=sctp;protocol=diameter': 'host.example.com',
      'aaas://host.example.com': 'host.example.com',
    },
    isNot: [
      'host',
      'a..b',
      'aaa://host.example.com:0',
      'aaa://host.example.com:99999',
      'http://host.example.com',
      `${'a'.repeat(64)}.example`,
    ],
  },
  'diameter-session-id': {
    is: { 'hss.example.com;1876543210;523;opt': 'hss.example.com;1876543210;523;opt' },
    isNot: ['hss.example.com', 'hss.example.com;1', 'x;1;2', ';1;2'],
  },
  'sip-uri': {
    is: {
      'SIP:Alice@Atlanta.Example:5060': 'sip:Alice@atlanta.example',
      'sips:bob@[2001:db8::1]:5062;transport=tls?subject=x': 'sips:bob@[2001:db8::1]:5062',
      '<sip:alice:secret@atlanta.example>': 'sip:alice@atlanta.example',
      'sip:atlanta.example': 'sip:atlanta.example',
    },
    isNot: ['alice@atlanta.example', 'sip:', 'sip:@', 'sip:a@b:0', 'sip:a b@c', 'sip:a@b:99999'],
  },
  'tel-uri': {
    is: {
      'tel:+32-475-12.34.56': 'tel:+32475123456',
      'tel:+32475123456;phone-context=example.com': 'tel:+32475123456',
      'TEL:863-1234;phone-context=Example.COM': 'tel:8631234;phone-context=example.com',
    },
    isNot: ['tel:', 'tel:---', '+32475123456', 'tel:+1'],
  },
  passport: { is: {}, isNot: ['', 'a.b.c', 'eyJ9.e30.', '..'] },
  'sms-sender': {
    is: {
      MyBank: 'mybank',
      '12345': '12345',
      '+32 475 12 34 56': '+32475123456',
      'My Bank': 'my bank',
      'My\u2028Bank': 'my bank',
      İSTANBULNET: 'istanbulnet',
    },
    isNot: ['', 'twelve chars', 'a\u0007b', '   ', 'a\u0085b'],
  },
  supi: {
    is: { 'imsi-206011234567890': 'imsi-206011234567890', 'nai-user@example.org': 'nai-user@example.org' },
    isNot: ['206011234567890', 'imsi-206-01', 'imsi-', 'imsi-a', 'xyz-1'],
  },
  suci: {
    is: {
      'suci-0-206-01-0-0-0-0000000001': 'suci-0-206-01-0-0-0-0000000001',
      'suci-1-my-operator.example-0-0-0-name': 'suci-1-my-operator.example-0-0-0-name',
      [`suci-0-001-01-0-1-27-${'AB'.repeat(20)}`]: `suci-0-001-01-0-1-27-${'ab'.repeat(20)}`,
    },
    isNot: ['suci-0-20-01-0-0-0-1', 'suci-8-x-0-0-0-1', 'suci-0-206-01-0-1-256-ab', 'suci-'],
  },
  gpsi: {
    is: {
      'msisdn-32475123456': 'msisdn-32475123456',
      'extid-meter7@example.org': 'extid-meter7@example.org',
    },
    isNot: ['32475123456', 'msisdn-1', 'extid-a', 'extid-a@b@c'],
  },
  pei: {
    is: {
      'imei-490154203237518': 'imei-490154203237518',
      'mac-00-11-22-33-44-AA': 'mac-00-11-22-33-44-aa',
      'eui-00-11-22-33-44-55-66-77': 'eui-00-11-22-33-44-55-66-77',
    },
    isNot: ['490154203237518', 'imei-49015420323751', 'mac-00-11', 'eui-00-11-22-33-44-55'],
  },
  'nf-instance': {
    is: {
      'nf:0DA20AF4-3F4E-4A3B-9F6D-1E2C3B4A5D6E': '0da20af4-3f4e-4a3b-9f6d-1e2c3b4a5d6e',
      '0da20af4-3f4e-4a3b-9f6d-1e2c3b4a5d6e': '0da20af4-3f4e-4a3b-9f6d-1e2c3b4a5d6e',
    },
    isNot: ['', 'nf:x', '0da20af4-3f4e-4a3b-9f6d-1e2c3b4a5d6', '0da20af43f4e4a3b9f6d1e2c3b4a5d6e'],
  },
  's-nssai': {
    is: { '1-0000ff': '1-0000FF', 's-nssai: 255': '255', '1-ffffff': '1', '1': '1', 'sst:1': '1' },
    isNot: ['', '256', '256-0000FF', '1-00FF', '-1-000000'],
  },
  'amf-id': {
    is: { 'amf:cafe00': 'CAFE00', cafe00: 'CAFE00' },
    isNot: ['', 'cafe', 'amf:cafe', 'amf:gggggg'],
  },
  'short-number': {
    is: { '112': '112', 'short-code:116000': '116000' },
    isNot: ['1', '1234567', '+112', 'abc'],
  },
  'national-number': {
    is: { '0475 12 34 56': '0475123456', 'national:12345': '12345' },
    isNot: ['', '+32475123456', '0032475123456', '1234', 'national:'],
  },
  subsystem: {
    is: { '6': '6', 'ssn:8': '8', 'SSN=147': '147', 'ssn:hlr': '6', '006': '6' },
    isNot: ['', '256', '-1', 'ssn:', 'ssn:nobody', '6.0'],
  },
  'network-indicator': {
    is: { '0': '0', 'ni:2': '2', national: '2', NAT1: '3' },
    isNot: ['', '4', 'ni:', 'ni:x'],
  },
  'application-context': {
    is: {
      '0.4.0.0.1.0.29.3': '0.4.0.0.1.0.29.3',
      '4.0.0.1.0.29': '0.4.0.0.1.0.29',
      'anyTimeInfoEnquiryContext-v3': '0.4.0.0.1.0.29.3',
      'ac:ServiceTermination': '0.4.0.0.1.0.9',
      '0.4.0.0.1.21.3.4': '0.4.0.0.1.21.3.4',
    },
    isNot: ['', '1.2.3', '0.4.0.0.1', 'noSuchContext', '0.4.0.0.1.0.29.3.'],
  },
  'diameter-application': {
    is: { '16777251': '16777251', 'diameter-app:S6a': '16777251', S6d: '16777251', '0': '0' },
    isNot: ['', '4294967296', '-1', 'S99', 'app:'],
  },
  'diameter-command': {
    is: { '318': '318', 'diameter-cmd:AIR': '318', AIA: '318', '3GPP-Update-Location-Request': '316' },
    isNot: ['', '16777216', 'XYZ', 'cmd:'],
  },
  'gtp-message': {
    is: {
      'v1:16': 'v1:16',
      'gtpv2:32': 'v2:32',
      'GTPv2-C: Create Session Request': 'v2:32',
      'gtp v1 16': 'v1:16',
    },
    isNot: ['', '32', 'v3:1', 'v1:256', 'v2:No Such Message'],
  },
  'gtp-interface': { is: { S8: 'S8', s5: 'S5', 'interface: gp': 'Gp' }, isNot: ['', 'S99', 'Gx'] },
  'temporary-identity': {
    is: {
      'guti:206-01-8001-01-c0ffee01': 'guti:206-01-800101-C0FFEE01',
      '5G-GUTI: 206-01-cafe00-c0ffee01': '5g-guti:206-01-CAFE00-C0FFEE01',
      's-tmsi:01-C0FFEE01': 's-tmsi:01-C0FFEE01',
      '5g-s-tmsi:cafe-C0FFEE01': '5g-s-tmsi:CAFE-C0FFEE01',
      'tmsi 0xC0FFEE01': 'tmsi:C0FFEE01',
      'ptmsi:c0ffee01': 'p-tmsi:C0FFEE01',
    },
    isNot: ['', 'C0FFEE01', 'tmsi:C0FFEE', 'guti:206-01-8001-C0FFEE01', 'guti:20-01-800101-C0FFEE01'],
  },
  'serving-node': {
    is: { 'gummei:206-01-8001-01': 'gummei:206-01-800101', 'GUAMI: 206-01-cafe00': 'guami:206-01-CAFE00' },
    isNot: ['', '206-01-CAFE00', 'guami:206-01-CAFE', 'mme:206-01-800101'],
  },
  'location-area': {
    is: {
      'sai:206-01-1234-5': 'sai:206-01-1234-5',
      'LAI 206-01-01234': 'lai:206-01-1234',
      'rai:206-01-1234-5': 'rai:206-01-1234-5',
    },
    isNot: [
      '',
      '206-01-1234-5',
      'lai:206-01-1234-5',
      'rai:206-01-1234',
      'rai:206-01-1-256',
      'sai:206-01-65536-1',
    ],
  },
  'radio-cell': {
    is: {
      'eutra:0abcdef': 'eutra:0ABCDEF',
      'eci:dec:11259375': 'eutra:0ABCDEF',
      'nr:00000abcd': 'nr:00000ABCD',
    },
    isNot: ['', '0ABCDEF', 'eutra:ABCDEF', 'eci:dec:268435456', 'nr:0ABCDEF', 'eci:dec:abc'],
  },
  'standalone-network': {
    is: { 'snpn:999-99-1234567890a': '999-99-1234567890A', 'nid:1234567890a': '1234567890A' },
    isNot: ['', '1234567890', 'nid:1234567890G', '99-99-1234567890A'],
  },
  'nf-type': { is: { amf: 'AMF', 'nf-type:5g-eir': '5G_EIR' }, isNot: ['', 'a', '_AMF', 'A F!'] },
  'sip-user-agent': {
    is: {
      'User-Agent:  friendly-scanner': 'friendly-scanner',
      'Linphone/3.6.1  (eXosip2)': 'Linphone/3.6.1 (eXosip2)',
    },
    isNot: ['', 'a'.repeat(257), 'a\u0007b'],
  },
  'sip-call-id': {
    is: { 'Call-ID: f81d4fae@192.0.2.1': 'f81d4fae@192.0.2.1', a84b4c76e66710: 'a84b4c76e66710' },
    isNot: ['', 'a b', 'a@b@c', '@'],
  },
  'autonomous-system': {
    is: { AS6774: '6774', '6774': '6774', 'asn: 6774': '6774', '1.10': '65546' },
    isNot: ['', 'AS', '4294967296', '65536.1', 'ASx'],
  },
};

for (const kind of observableKindNames) {
  const { is, isNot } = table[kind];
  const { parse, standard } = observableKinds[kind];
  for (const [text, normal] of Object.entries(is)) {
    test(`${standard}: ${JSON.stringify(text)} is ${kind} ${normal}`, () => {
      const parsed = parse(text);
      assert.ok(parsed.ok, parsed.ok ? '' : parsed.reason);
      assert.equal(parsed.value.kind, kind);
      assert.equal(parsed.value.value, normal);
      assert.equal(parsed.value.raw, text);
    });
  }
  for (const text of isNot) {
    test(`${standard}: ${JSON.stringify(text.slice(0, 40))} is no ${kind}`, () => {
      const parsed = parse(text);
      assert.ok(!parsed.ok);
      assert.match(parsed.reason, /\.$/);
      assert.deepEqual(readObservable(kind, text), {
        kind: 'unvalidated',
        as: kind,
        raw: text,
        reason: parsed.reason,
      });
    });
  }
}

const known = observableKindNames.flatMap((kind) => Object.keys(table[kind].is));
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: fc.constantFrom(...'0123456789+-.:;@*xabcdef '), maxLength: 60 }),
  fc
    .tuple(fc.constantFrom(...known), fc.nat(60), fc.string({ unit: 'binary', maxLength: 4 }))
    .map(([text, at, put]) => text.slice(0, at) + put + text.slice(at + 1)),
);

test('a parser takes any text, and reads its own normal form as the same', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      for (const kind of observableKindNames) {
        const parsed = observableKinds[kind].parse(text);
        if (!parsed.ok) continue;
        const again = observableKinds[kind].parse(parsed.value.value);
        assert.ok(again.ok, `${kind} ${parsed.value.value}`);
        assert.equal(again.value.value, parsed.value.value);
      }
    }),
    { numRuns: Number(process.env['BELLTOWER_TEST_RUNS'] ?? 2_000) },
  );
});

test('no parser takes long over a long text', () => {
  const spans = ['0', '-', '.', 'a', ':', ' ', '\u0301', '+1 ', 'a.', '1-', ';x=', '%'];
  for (const span of spans) {
    const text = span.repeat(Math.ceil(1_999 / span.length)).slice(0, 1_999);
    for (const kind of observableKindNames) {
      const started = process.cpuUsage().user;
      observableKinds[kind].parse(text);
      const spent = process.cpuUsage().user - started;
      assert.ok(spent < 250_000, `${kind} took ${spent} µs over ${JSON.stringify(span)}`);
    }
  }
});
