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
      '206-01-1F2E3D': 'tai:206-01-1F2E3D',
    },
    isNot: ['206-01', '206-01-65536-1', 'ecgi:206-01-1', 'cgi:206-1-1-1', 'ecgi:206-01-GGGGGGG'],
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
    is: { '0x1A2B': '0x00001a2b', 'teid: ffffffff': '0xffffffff' },
    isNot: ['1a2b', '0x', '0x123456789', 'teid:xyz'],
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
    is: { 'nf:0DA20AF4-3F4E-4A3B-9F6D-1E2C3B4A5D6E': '0da20af4-3f4e-4a3b-9f6d-1e2c3b4a5d6e' },
    isNot: ['0da20af4-3f4e-4a3b-9f6d-1e2c3b4a5d6e', 'nf:x'],
  },
  's-nssai': {
    is: { '1-0000ff': '1-0000FF', 's-nssai: 255': '255', '1-ffffff': '1' },
    isNot: ['1', '256-0000FF', '1-00FF', '-1-000000'],
  },
  'amf-id': { is: { 'amf:cafe00': 'CAFE00' }, isNot: ['cafe00', 'amf:cafe', 'amf:gggggg'] },
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
        if (!parsed.ok || needsItsName.has(kind)) continue;
        const again = observableKinds[kind].parse(parsed.value.value);
        assert.ok(again.ok, `${kind} ${parsed.value.value}`);
        assert.equal(again.value.value, parsed.value.value);
      }
    }),
    { numRuns: Number(process.env['BELLTOWER_TEST_RUNS'] ?? 2_000) },
  );
});

/** Kinds that are read only behind a word, which their normal form leaves out, or from signed text. */
const needsItsName: ReadonlySet<ObservableKind> = new Set<ObservableKind>([
  'nf-instance',
  'amf-id',
  's-nssai',
  'passport',
]);

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
