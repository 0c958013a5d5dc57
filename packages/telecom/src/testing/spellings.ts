import fc from 'fast-check';
import type { ObservableKind } from '../observable.ts';

const digits = (from: number, to: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: from, maxLength: to });
const hex = (count: number) =>
  fc.string({
    unit: fc.constantFrom(...'0123456789abcdefABCDEF'),
    minLength: count,
    maxLength: count,
  });
const plmn = fc.constantFrom('206-01', '310-260', '001-01', '999-99', '208-123');
const label = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{0,8}$/);
const join = (...parts: readonly (fc.Arbitrary<string> | string)[]) =>
  fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((all) => all.join(''));
const upTo = (most: number) => fc.nat(most).map(String);

/** A token whose parts are what RFC 8225 asks for; nobody has signed it. */
const passport =
  'eyJhbGciOiJFUzI1NiIsInR5cCI6InBhc3Nwb3J0IiwieDV1IjoiaHR0cHM6Ly9jZXJ0LmV4YW1wbGUub3JnL3Bhc3Nwb3J0LmNlciJ9.eyJkZXN0Ijp7InRuIjpbIjEyMTU1NTUxMjEzIl19LCJpYXQiOjE0NDMyMDgzNDUsIm9yaWciOnsidG4iOiIxMjE1NTU1MTIxMiJ9fQ.rq3pjT1hoRwakEGjHCnWSwUnshd0-zJ6F1VOgFWSjHBr8Qjpjlk-cpFYpFYsojNCpTzO3QfPOlckGaS6hEck7w';

const spellingsOf: { readonly [Kind in ObservableKind]: fc.Arbitrary<string> } = {
  passport: fc.constant(passport),
  'sip-uri': join(fc.constantFrom('sip:', 'SIPS:'), label, "'@", label, '.example'),
  'tel-uri': join('tel:', digits(3, 8), ';phone-context=', label, '.example'),
  suci: join('suci-0-206-01-0-', fc.constantFrom('1-27-', 'A-255-'), hex(8)),
  supi: join('imsi-', digits(6, 15)),
  gpsi: join('extid-', label, '@', label),
  pei: join('mac-', hex(2), '-', hex(2), '-', hex(2), '-', hex(2), '-', hex(2), '-', hex(2)),
  'nf-instance': join('nf:', hex(8), '-', hex(4), '-', hex(4), '-', hex(4), '-', hex(12)),
  's-nssai': join('s-nssai:', upTo(255), '-', hex(6)),
  'amf-id': join('amf:', hex(6)),
  '3gpp-domain': join(label, '.mnc001.mcc206.3gppnetwork.org'),
  'diameter-session-id': join(label, '.example;', upTo(99), ';', upTo(99)),
  'diameter-identity': join(fc.constantFrom('', 'aaa://'), label, '.', label, '.Example'),
  'signalling-operation': join('map:', upTo(255)),
  eid: join('89', digits(30, 30)),
  cell: fc.oneof(
    join('cgi:', plmn, '-', upTo(65_535), '-', upTo(65_535)),
    join('ecgi:', plmn, '-', hex(7)),
    join('ncgi:', plmn, '-', hex(9)),
    join('tai:', plmn, '-', hex(4)),
    join('tai:', plmn, '-', hex(6)),
  ),
  'point-code': fc.oneof(
    join('itu-14:', upTo(16_383)),
    join('itu-14-4343:', upTo(16_383)),
    join('itu-14-86:', upTo(16_383)),
    join('itu-14-77:', upTo(16_383)),
    join('ansi-24:', upTo(16_777_215)),
    join('china-24:', upTo(16_777_215)),
    join('japan-16:', upTo(65_535)),
    join('japan-16-3445:', upTo(65_535)),
  ),
  plmn,
  teid: join('0x', hex(8)),
  'number-range': fc.oneof(
    join('+', digits(1, 15), '*'),
    join(digits(1, 6), fc.constantFrom('x', 'xxxx')),
    fc
      .tuple(digits(9, 9), digits(9, 9))
      .map(([one, other]) => (one < other ? `${one}..${other}` : `${other}-${one}`)),
  ),
  msisdn: join(fc.constantFrom('+', '00', ''), '32 475 ', digits(6, 6)),
  imsi: digits(6, 15),
  imei: digits(14, 15),
  imeisv: digits(16, 16),
  iccid: join('89', digits(16, 18), fc.constantFrom('', 'F')),
  tac: digits(8, 8),
  'global-title': join(
    fc.constantFrom('', '+', 'e164:', 'e212:', 'e214:', 'x121:'),
    digits(1, 12),
    hex(2),
    fc.constantFrom('', '*'),
  ),
  tadig: fc.stringMatching(/^[A-Z]{3}[A-Z0-9]{2}$/),
  apn: join(label, fc.constantFrom('', '.mnc001.mcc206.gprs')),
  'sms-sender': fc.oneof(label, digits(3, 8), join('+32 475 ', digits(6, 6))),
  'short-number': digits(2, 6),
  'national-number': join('0475 ', digits(6, 6)),
  subsystem: join(fc.constantFrom('', 'ssn:'), upTo(255)),
  'network-indicator': join(fc.constantFrom('', 'ni:'), upTo(3)),
  'application-context': join(fc.constantFrom('', '0.'), '4.0.0.1.0.', upTo(60), fc.constantFrom('', '.3')),
  'diameter-application': join(fc.constantFrom('', 'diameter-app:'), upTo(4_294_967_295)),
  'diameter-command': join(fc.constantFrom('', 'diameter-cmd:'), upTo(16_777_215)),
  'gtp-message': join(fc.constantFrom('gtpv1:', 'v2:'), upTo(255)),
  'gtp-interface': fc.constantFrom('S8', 's8', 'Gp'),
  'temporary-identity': fc.oneof(
    join('guti:', plmn, '-', hex(4), fc.constantFrom('', '-'), hex(2), '-', hex(8)),
    join('5g-guti:', plmn, '-', hex(6), '-', hex(8)),
    join('tmsi:', fc.constantFrom('', '0x'), hex(8)),
  ),
  'serving-node': join(fc.constantFrom('gummei:', 'GUAMI:'), plmn, '-', hex(6)),
  'location-area': join('sai:', plmn, '-', upTo(65_535), '-', upTo(65_535)),
  'radio-cell': fc.oneof(join('eutra:', hex(7)), join('nci:dec:', upTo(2 ** 31 - 1))),
  'standalone-network': join(fc.constantFrom('nid:', 'snpn:206-01-'), hex(11)),
  'nf-type': fc.constantFrom('AMF', '5g-eir', 'sms_gmsc'),
  'sip-user-agent': join('User-Agent: ', label),
  'sip-call-id': join(label, '@', label),
  'autonomous-system': join(fc.constantFrom('', 'AS', 'asn:'), upTo(4_294_967_295)),
};

/** Texts that are of a kind, in ways in which people write it. For tests. */
export function spellings(kind: ObservableKind): fc.Arbitrary<string> {
  return spellingsOf[kind];
}
