import type { DiameterApplication, DiameterCommand } from './diameter/diameter-code.ts';
import { parseDiameterApplication, parseDiameterCommand } from './diameter/diameter-code.ts';
import type { DiameterIdentity, DiameterSessionId } from './diameter/diameter-identity.ts';
import { parseDiameterIdentity, parseDiameterSessionId } from './diameter/diameter-identity.ts';
import type { AmfId, NfInstance, SNssai } from './five-g/network-function.ts';
import { parseAmfId, parseNfInstance, parseSNssai } from './five-g/network-function.ts';
import type { NfType } from './five-g/nf-type.ts';
import { parseNfType } from './five-g/nf-type.ts';
import type { StandaloneNetwork } from './five-g/standalone-network.ts';
import { parseStandaloneNetwork } from './five-g/standalone-network.ts';
import type { Gpsi, Pei, Suci, Supi } from './five-g/subscription.ts';
import { parseGpsi, parsePei, parseSuci, parseSupi } from './five-g/subscription.ts';
import type { AutonomousSystem } from './internet/autonomous-system.ts';
import { parseAutonomousSystem } from './internet/autonomous-system.ts';
import type { SmsSender } from './messaging/sms-sender.ts';
import { parseSmsSender } from './messaging/sms-sender.ts';
import type { Cell } from './mobile/cell.ts';
import { parseCell } from './mobile/cell.ts';
import type { Imei, Imeisv, Tac } from './mobile/imei.ts';
import { parseImei, parseImeisv, parseTac } from './mobile/imei.ts';
import type { Imsi } from './mobile/imsi.ts';
import { parseImsi } from './mobile/imsi.ts';
import type { LocationArea } from './mobile/location-area.ts';
import { parseLocationArea } from './mobile/location-area.ts';
import type { Plmn } from './mobile/plmn.ts';
import { parsePlmn } from './mobile/plmn.ts';
import type { RadioCell } from './mobile/radio-cell.ts';
import { parseRadioCell } from './mobile/radio-cell.ts';
import type { ServingNode } from './mobile/serving-node.ts';
import { parseServingNode } from './mobile/serving-node.ts';
import type { Tadig } from './mobile/tadig.ts';
import { parseTadig } from './mobile/tadig.ts';
import type { TemporaryIdentity } from './mobile/temporary-identity.ts';
import { parseTemporaryIdentity } from './mobile/temporary-identity.ts';
import type { Eid, Iccid } from './mobile/uicc.ts';
import { parseEid, parseIccid } from './mobile/uicc.ts';
import type { Msisdn } from './numbering/msisdn.ts';
import { parseMsisdn } from './numbering/msisdn.ts';
import type { NationalNumber, ShortNumber } from './numbering/national-number.ts';
import { parseNationalNumber, parseShortNumber } from './numbering/national-number.ts';
import type { NumberRange } from './numbering/number-range.ts';
import { parseNumberRange } from './numbering/number-range.ts';
import type { Apn } from './packet/apn.ts';
import { parseApn } from './packet/apn.ts';
import type { Domain3gpp } from './packet/domain-3gpp.ts';
import { parseDomain3gpp } from './packet/domain-3gpp.ts';
import type { GtpInterface } from './packet/gtp-interface.ts';
import { parseGtpInterface } from './packet/gtp-interface.ts';
import type { GtpMessage } from './packet/gtp-message.ts';
import { parseGtpMessage } from './packet/gtp-message.ts';
import type { Teid } from './packet/teid.ts';
import { parseTeid } from './packet/teid.ts';
import type { Parsed } from './parsed.ts';
import type { ApplicationContext } from './signalling/application-context.ts';
import { parseApplicationContext } from './signalling/application-context.ts';
import type { GlobalTitle } from './signalling/global-title.ts';
import { parseGlobalTitle } from './signalling/global-title.ts';
import type { NetworkIndicator } from './signalling/network-indicator.ts';
import { parseNetworkIndicator } from './signalling/network-indicator.ts';
import type { SignallingOperation } from './signalling/operation.ts';
import { parseOperation } from './signalling/operation.ts';
import type { PointCode } from './signalling/point-code.ts';
import { parsePointCode } from './signalling/point-code.ts';
import type { Subsystem } from './signalling/subsystem.ts';
import { parseSubsystem } from './signalling/subsystem.ts';
import type { SipCallId } from './sip/call-id.ts';
import { parseSipCallId } from './sip/call-id.ts';
import type { Passport } from './sip/passport.ts';
import { parsePassport } from './sip/passport.ts';
import type { SipUri, TelUri } from './sip/sip-uri.ts';
import { parseSipUri, parseTelUri } from './sip/sip-uri.ts';
import type { SipUserAgent } from './sip/user-agent.ts';
import { parseSipUserAgent } from './sip/user-agent.ts';

/** Everything that this package understands, told apart by `kind`. */
export type Observable =
  | Msisdn
  | NumberRange
  | GlobalTitle
  | PointCode
  | SignallingOperation
  | Imsi
  | Plmn
  | Tadig
  | Imei
  | Imeisv
  | Tac
  | Iccid
  | Eid
  | Cell
  | Apn
  | Domain3gpp
  | Teid
  | DiameterIdentity
  | DiameterSessionId
  | SipUri
  | TelUri
  | Passport
  | SmsSender
  | Supi
  | Suci
  | Gpsi
  | Pei
  | NfInstance
  | SNssai
  | AmfId
  | ShortNumber
  | NationalNumber
  | Subsystem
  | NetworkIndicator
  | ApplicationContext
  | DiameterApplication
  | DiameterCommand
  | GtpMessage
  | GtpInterface
  | TemporaryIdentity
  | ServingNode
  | RadioCell
  | LocationArea
  | StandaloneNetwork
  | NfType
  | SipUserAgent
  | SipCallId
  | AutonomousSystem;

export type ObservableKind = Observable['kind'];

/** One kind of identifier. */
export interface KindOfObservable<Kind extends ObservableKind = ObservableKind> {
  readonly title: string;
  /** Where it is defined. */
  readonly standard: string;
  /** Whether it can identify a natural person: what is personal does not travel in plain by default. */
  readonly personal: boolean;
  readonly parse: (text: string) => Parsed<Extract<Observable, { readonly kind: Kind }>>;
}

/** Every kind, in the order in which a text that fits several is most likely meant. */
export const observableKinds: { readonly [Kind in ObservableKind]: KindOfObservable<Kind> } = {
  passport: {
    title: 'PASSporT (STIR/SHAKEN)',
    standard: 'RFC 8225, RFC 8588',
    personal: true,
    parse: parsePassport,
  },
  'sip-uri': { title: 'SIP address', standard: 'RFC 3261 §19.1', personal: true, parse: parseSipUri },
  'tel-uri': { title: 'telephone URI', standard: 'RFC 3966', personal: true, parse: parseTelUri },
  suci: {
    title: 'concealed 5G subscription (SUCI)',
    standard: 'TS 23.003 §2.2B',
    personal: false,
    parse: parseSuci,
  },
  supi: {
    title: 'permanent 5G subscription (SUPI)',
    standard: 'TS 23.003 §2.2A',
    personal: true,
    parse: parseSupi,
  },
  gpsi: {
    title: 'public subscription identity (GPSI)',
    standard: 'TS 23.003 §28.8',
    personal: true,
    parse: parseGpsi,
  },
  pei: {
    title: 'permanent equipment identity (PEI)',
    standard: 'TS 29.571 §5.3.2',
    personal: true,
    parse: parsePei,
  },
  'nf-instance': {
    title: '5G network function',
    standard: 'TS 29.571 §5.3.2',
    personal: false,
    parse: parseNfInstance,
  },
  's-nssai': {
    title: 'network slice (S-NSSAI)',
    standard: 'TS 23.003 §28.4.2',
    personal: false,
    parse: parseSNssai,
  },
  'amf-id': { title: 'AMF', standard: 'TS 23.003 §2.10.1', personal: false, parse: parseAmfId },
  'temporary-identity': {
    title: 'temporary subscriber identity',
    standard: 'TS 23.003 §2.4, §2.8, §2.10',
    personal: true,
    parse: parseTemporaryIdentity,
  },
  'serving-node': {
    title: 'MME or AMF (GUMMEI, GUAMI)',
    standard: 'TS 23.003 §2.8.1, §2.10.1',
    personal: false,
    parse: parseServingNode,
  },
  '3gpp-domain': {
    title: '3GPP domain name',
    standard: 'TS 23.003 §14, §19.2, §28.2',
    personal: false,
    parse: parseDomain3gpp,
  },
  'diameter-session-id': {
    title: 'Diameter session',
    standard: 'RFC 6733 §8.8',
    personal: false,
    parse: parseDiameterSessionId,
  },
  'diameter-identity': {
    title: 'Diameter identity',
    standard: 'RFC 6733 §4.3.1',
    personal: false,
    parse: parseDiameterIdentity,
  },
  'signalling-operation': {
    title: 'signalling operation',
    standard: '3GPP TS 29.002, TS 29.078',
    personal: false,
    parse: parseOperation,
  },
  'application-context': {
    title: 'application context',
    standard: '3GPP TS 29.002 §17.3, TS 29.078 §5.6',
    personal: false,
    parse: parseApplicationContext,
  },
  'gtp-message': {
    title: 'GTP message',
    standard: 'TS 29.060 §7.1, TS 29.274 §6.1',
    personal: false,
    parse: parseGtpMessage,
  },
  eid: { title: 'embedded SIM (EID)', standard: 'GSMA SGP.29', personal: true, parse: parseEid },
  cell: {
    title: 'cell or tracking area',
    standard: 'TS 23.003 §4, §19.4, §19.6',
    personal: false,
    parse: parseCell,
  },
  'location-area': {
    title: 'location, routing or service area',
    standard: 'TS 23.003 §4.1, §4.2, §12.5',
    personal: false,
    parse: parseLocationArea,
  },
  'radio-cell': {
    title: 'cell without its network',
    standard: 'TS 29.571 §5.4.2',
    personal: false,
    parse: parseRadioCell,
  },
  'standalone-network': {
    title: 'standalone non-public network (NID)',
    standard: 'TS 23.003 §12.7',
    personal: false,
    parse: parseStandaloneNetwork,
  },
  'point-code': {
    title: 'SS7 point code',
    standard: 'ITU-T Q.704 §14.2.1',
    personal: false,
    parse: parsePointCode,
  },
  plmn: {
    title: 'mobile network (PLMN)',
    standard: 'ITU-T E.212, TS 23.003 §12.1',
    personal: false,
    parse: parsePlmn,
  },
  teid: {
    title: 'GTP tunnel endpoint (TEID)',
    standard: 'TS 29.060 §3, TS 29.274 §5',
    personal: false,
    parse: parseTeid,
  },
  'autonomous-system': {
    title: 'autonomous system',
    standard: 'RFC 6793',
    personal: false,
    parse: parseAutonomousSystem,
  },
  'number-range': {
    title: 'range of numbers',
    standard: 'ITU-T E.164',
    personal: false,
    parse: parseNumberRange,
  },
  msisdn: {
    title: 'telephone number (MSISDN)',
    standard: 'ITU-T E.164, TS 23.003 §3.3',
    personal: true,
    parse: parseMsisdn,
  },
  imsi: {
    title: 'mobile subscription (IMSI)',
    standard: 'ITU-T E.212, TS 23.003 §2.2',
    personal: true,
    parse: parseImsi,
  },
  imei: { title: 'device (IMEI)', standard: 'TS 23.003 §6.2.1', personal: true, parse: parseImei },
  imeisv: {
    title: 'device and software (IMEISV)',
    standard: 'TS 23.003 §6.2.2',
    personal: true,
    parse: parseImeisv,
  },
  iccid: { title: 'SIM card (ICCID)', standard: 'ITU-T E.118', personal: true, parse: parseIccid },
  tac: { title: 'device model (TAC)', standard: 'TS 23.003 §6.2', personal: false, parse: parseTac },
  'national-number': {
    title: 'telephone number in national form',
    standard: 'ITU-T E.164 §7',
    personal: true,
    parse: parseNationalNumber,
  },
  'global-title': {
    title: 'SS7 global title',
    standard: 'ITU-T Q.713 §3.4.2.3',
    personal: false,
    parse: parseGlobalTitle,
  },
  tadig: {
    title: 'roaming code of an operator (TADIG)',
    standard: 'GSMA TADIG',
    personal: false,
    parse: parseTadig,
  },
  'short-number': {
    title: 'short number',
    standard: 'TS 22.101 §10.1.1',
    personal: false,
    parse: parseShortNumber,
  },
  'gtp-interface': {
    title: 'interface of GTP',
    standard: 'TS 23.401 §4.2.3',
    personal: false,
    parse: parseGtpInterface,
  },
  'nf-type': {
    title: 'type of network function',
    standard: 'TS 29.510 §6.1.6.3.3',
    personal: false,
    parse: parseNfType,
  },
  'diameter-application': {
    title: 'Diameter application',
    standard: 'RFC 6733 §2.4',
    personal: false,
    parse: parseDiameterApplication,
  },
  'diameter-command': {
    title: 'Diameter command',
    standard: 'RFC 6733 §3.1',
    personal: false,
    parse: parseDiameterCommand,
  },
  apn: { title: 'access point name (APN, DNN)', standard: 'TS 23.003 §9', personal: false, parse: parseApn },
  'sms-sender': {
    title: 'sender of short messages',
    standard: 'TS 23.040 §9.1.2.5',
    personal: false,
    parse: parseSmsSender,
  },
  'sip-user-agent': {
    title: 'SIP user agent',
    standard: 'RFC 3261 §20.41',
    personal: false,
    parse: parseSipUserAgent,
  },
  'sip-call-id': {
    title: 'SIP call',
    standard: 'RFC 3261 §20.8',
    personal: false,
    parse: parseSipCallId,
  },
  subsystem: {
    title: 'SCCP subsystem (SSN)',
    standard: 'ITU-T Q.713 §3.4.2.2',
    personal: false,
    parse: parseSubsystem,
  },
  'network-indicator': {
    title: 'network indicator of MTP',
    standard: 'ITU-T Q.704 §14.2.2',
    personal: false,
    parse: parseNetworkIndicator,
  },
};

export function isObservableKind(name: string): name is ObservableKind {
  return Object.hasOwn(observableKinds, name);
}

/** All kinds, the most telling first. */
export const observableKindNames: readonly ObservableKind[] =
  Object.keys(observableKinds).filter(isObservableKind);

/** A value that is kept although it could not be read as what it was said to be. */
export interface Unvalidated {
  readonly kind: 'unvalidated';
  readonly as: ObservableKind;
  readonly raw: string;
  readonly reason: string;
}

/** Reads a text as the kind that it is said to be. Nothing is dropped: what does not fit is marked. */
export function readObservable(kind: ObservableKind, text: string): Observable | Unvalidated {
  const parsed = observableKinds[kind].parse(text);
  return parsed.ok ? parsed.value : { kind: 'unvalidated', as: kind, raw: text, reason: parsed.reason };
}
