import { nfTypes } from '../five-g/nf-type.ts';
import { countriesOf } from '../mobile/plmn.ts';
import { reportingBodies } from '../mobile/reporting-bodies.ts';
import type { Observable, ObservableKind } from '../observable.ts';
import type { Doubt } from '../parsed.ts';

/** What a text has to look like to be taken for a kind that it does not name; never, for kinds whose values could be anything. */
const never = /(?!)/;
const unnamed: Readonly<Partial<Record<ObservableKind, RegExp>>> = {
  'nf-instance': never,
  'amf-id': never,
  subsystem: never,
  'network-indicator': never,
  'sip-call-id': never,
  's-nssai': /-/,
  teid: /^0x/i,
  'autonomous-system': /^as/i,
  'standalone-network': /^(?:nid|snpn)|-/i,
  'global-title': /^(?:gt|e\d{3}|x121|f69)|^\+?\d[\d\s()/-]*[a-f]?\*?$/i,
  'application-context': /\.|Context/,
  'diameter-application': /^[A-Z]/,
  'diameter-command': /^[A-Z]{3}$|-(?:Request|Answer)$/,
  'gtp-interface': /^[A-Z]/,
  'nf-type': /^[A-Z0-9_]+$/,
  // A name before a colon says what it is, and it is not this.
  'sms-sender': /^(?:sms|[^:=]*$)/i,
  imsi: /^(?:imsi|\d{5,})|^\d{3}[- ]\d{2,3}[- ]\d{6,10}$/i,
};

/** Addresses, URLs, hashes and references that are no identifiers of telecoms, and that vague kinds would take all the same. */
const otherThings: readonly RegExp[] = [
  /^\d{1,3}(?:\.\d{1,3}){3}(?:[:/]\d{1,5})?$/,
  /^(?=.*:.*:)[0-9a-f:.]{2,45}(?:\/\d{1,3})?$/i,
  /^(?!aaas?:)[a-z][a-z0-9+.-]{1,15}:\/\//i,
  /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/i,
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  /^(?:CVE-\d{4}-\d{4,}|(?:T|FGT|MOT)\d{4}(?:\.\d{3})?)$/i,
  /^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i,
];
const vagueKinds: ReadonlySet<ObservableKind> = new Set<ObservableKind>([
  'apn',
  'sms-sender',
  'global-title',
  'short-number',
  'national-number',
  'imsi',
  'tac',
  'diameter-identity',
]);

/** Whether a text that names no kind may be meant as this one. */
export function mayBeMeant(kind: ObservableKind, text: string): boolean {
  if (unnamed[kind]?.test(text) === false) return false;
  // A row of digits has the length of a hash at times: those of cards do.
  return !vagueKinds.has(kind) || !otherThings.some((other) => other.test(text));
}

/** Whether a reading of a text that names no kind says something: any word could be the name of a program or of a function. */
export function saysSomething(observable: Observable): boolean {
  if (observable.kind === 'nf-type') return nfTypes.has(observable.value);
  return observable.kind !== 'sip-user-agent' || observable.tool !== undefined;
}

/** What speaks against a reading. */
const weights: Readonly<Record<Doubt['code'], number>> = {
  'check-digit': 30,
  'not-assigned': 50,
  'not-valid': 20,
  'not-standard': 30,
  ambiguous: 10,
  'test-value': 5,
  'private-use': 5,
  rewritten: 10,
  'identifies-a-person': 0,
  temporary: 0,
  costly: 0,
  hostile: 0,
};

/** Kinds that many texts fit. */
const vague: Readonly<Partial<Record<ObservableKind, number>>> = {
  'global-title': 15,
  'sms-sender': 90,
  apn: 80,
  tadig: 40,
  tac: 40,
  'short-number': 25,
  'national-number': 55,
  'gtp-interface': 20,
  'nf-type': 20,
  'diameter-application': 25,
  'diameter-command': 60,
  'sip-user-agent': 10,
};

/** How much speaks against a reading of a text that names no kind: the less, the likelier it is meant. */
export function unlikelihood(observable: Observable, text: string): number {
  const against = observable.doubts.reduce((sum, { code }) => sum + weights[code], 0);
  return against + (vague[observable.kind] ?? 0) + peculiarities(observable, text);
}

function peculiarities(observable: Observable, text: string): number {
  switch (observable.kind) {
    case 'global-title': {
      // Titles in use have 9 to 13 digits and no hyphens; with a plus sign before them people mean telephone numbers.
      const { length } = observable.digits;
      return (length > 13 ? 45 : length < 9 ? 30 : 0) + (/^\+|-/.test(text) ? 60 : 0);
    }
    case 'apn':
      // Networks write names of access points in small letters, senders of messages their own in capitals.
      return /^\d+$/.test(text) ? 60 : /[A-Z]/.test(text) && !text.includes('.') ? 25 : 0;
    case 'tac':
      return reportingBodies.has(observable.value.slice(0, 2)) ? -30 : 0;
    case 'short-number':
      return observable.emergency === undefined ? 0 : -25;
    case 'national-number':
      return observable.value.startsWith('0') ? -45 : 0;
    case 'imsi':
      // Lists of networks are never whole; that a country has the MCC speaks for it.
      return observable.network === undefined && countriesOf(observable.mcc).size > 0 ? -30 : 0;
    default:
      return 0;
  }
}
