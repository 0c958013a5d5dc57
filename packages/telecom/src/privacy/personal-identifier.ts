import { parseImsi } from '../mobile/imsi.ts';
import type { Msisdn, NumberUse } from '../numbering/msisdn.ts';
import { parseMsisdn } from '../numbering/msisdn.ts';
import type { Observable } from '../observable.ts';
import { parseDomain3gpp } from '../packet/domain-3gpp.ts';

/** What identifies a subscriber or their device, whatever it is written as. */
export const personalKinds = ['msisdn', 'imsi', 'imei', 'iccid', 'eid', 'supi', 'gpsi', 'pei'] as const;
export type PersonalKind = (typeof personalKinds)[number];

/** One subscriber, card or device. Two spellings of the same one have equal `of` and `normal`. */
export interface PersonalIdentifier {
  readonly of: PersonalKind;
  /**
   * What is concealed: `+` and digits of a telephone number, the digits of IMSI, ICCID and EID, the first 14 digits of an IMEI, and the form
   * with prefix (`nai-…`, `extid-…`, `mac-…`) of 5G identities that are none of these.
   */
  readonly normal: string;
}

/** Named for people to read. */
export const personalKindTitles: Readonly<Record<PersonalKind, string>> = {
  msisdn: 'telephone number of a subscriber',
  imsi: 'IMSI',
  imei: 'IMEI',
  iccid: 'ICCID of a SIM card',
  eid: 'EID of an embedded SIM',
  supi: 'permanent 5G subscription (SUPI)',
  gpsi: 'public identity of a subscription (GPSI)',
  pei: 'permanent equipment identity (PEI)',
};

/**
 * Whom an observable identifies; undefined for what identifies nobody: ranges, networks, models, services, test values, and SIP addresses
 * that hold no number.
 */
export function personalIdentifier(observable: Observable): PersonalIdentifier | undefined {
  switch (observable.kind) {
    case 'msisdn':
      return ofNumber(observable);
    case 'tel-uri':
      return ofNumberText(observable.msisdn);
    case 'sip-uri':
      return ofNumberText(observable.msisdn) ?? ofImsUser(observable.user, observable.host);
    case 'sms-sender':
      return observable.form === 'number' ? ofNumberText(observable.value) : undefined;
    case 'number-range':
      return observable.open || observable.from !== observable.to
        ? undefined
        : ofNumberText(`+${observable.from}`);
    case 'imsi':
      return ofImsi(observable.value);
    case 'supi':
      return observable.form === 'imsi'
        ? ofImsi(observable.value.slice('imsi-'.length))
        : { of: 'supi', normal: withSmallDomain(observable.value) };
    case 'suci':
      return ofNullScheme(observable.value);
    case 'gpsi':
      return observable.form === 'msisdn'
        ? ofNumberText(`+${observable.value.slice('msisdn-'.length)}`)
        : { of: 'gpsi', normal: withSmallDomain(observable.value) };
    case 'imei':
    case 'imeisv':
      return ofDevice(observable.value);
    case 'pei':
      return observable.form === 'imei' || observable.form === 'imeisv'
        ? ofDevice(observable.value.slice(observable.form.length + 1))
        : { of: 'pei', normal: observable.value };
    case 'iccid':
    case 'eid':
      return { of: observable.kind, normal: observable.value };
    default:
      return undefined;
  }
}

/** Numbers that reach a service and no subscriber, as numbering plans set them aside. */
const serviceUses: ReadonlySet<NumberUse> = new Set<NumberUse>([
  'PREMIUM_RATE',
  'TOLL_FREE',
  'SHARED_COST',
  'UAN',
  'VOICEMAIL',
]);

/** A number that no plan assigns is taken for somebody's: plans change, and lists of them grow old. */
function ofNumber({ use, value }: Msisdn): PersonalIdentifier | undefined {
  return use !== undefined && serviceUses.has(use) ? undefined : { of: 'msisdn', normal: value };
}

/** What is no number of any plan, a short code above all, is no subscriber's. */
function ofNumberText(text: string | undefined): PersonalIdentifier | undefined {
  const number = text === undefined ? undefined : parseMsisdn(text);
  return number?.ok === true ? ofNumber(number.value) : undefined;
}

/** Digits below which an IMSI names a network or a part of it, and no subscription. */
const leastImsi = 10;

function ofImsi(digits: string): PersonalIdentifier | undefined {
  // ITU-T E.212: MCC 001 is for test networks.
  return digits.length < leastImsi || digits.startsWith('001') ? undefined : { of: 'imsi', normal: digits };
}

function ofDevice(digits: string): PersonalIdentifier | undefined {
  const body = digits.slice(0, 14);
  // All zeros stands for a device without identity.
  return /^0+$/.test(body) ? undefined : { of: 'imei', normal: body };
}

/** `206011234567890@ims.mnc001.mcc206.3gppnetwork.org`, an identity that is made of an IMSI: TS 23.003 §13.3. */
function ofImsUser(user: string | undefined, host: string): PersonalIdentifier | undefined {
  if (user === undefined || !/^\d{10,16}$/.test(user)) return undefined;
  const domain = parseDomain3gpp(host);
  if (!domain.ok) return undefined;
  const home = domain.value.plmn.replace('-', '');
  // A digit before the IMSI says how it is to be authenticated: TS 23.003 §14.3.
  const digits = [user, user.slice(1)].find((each) => each.startsWith(home) && parseImsi(each).ok);
  return digits === undefined ? undefined : ofImsi(digits);
}

/** The null scheme of a SUCI writes the subscriber's number in plain: TS 33.501 §C.2. */
function ofNullScheme(suci: string): PersonalIdentifier | undefined {
  const [, mcc = '', mnc = '', subscriber = ''] =
    /^suci-0-(\d{3})-(\d{2,3})-\d{1,4}-0-0-(\d{1,10})$/.exec(suci) ?? [];
  return subscriber === '' ? undefined : ofImsi(`${mcc}${mnc}${subscriber}`);
}

/** Names of domains are the same in any case: RFC 7542 §2.4. */
function withSmallDomain(identity: string): string {
  const at = identity.lastIndexOf('@');
  return at === -1 ? identity : identity.slice(0, at) + identity.slice(at).toLowerCase();
}
