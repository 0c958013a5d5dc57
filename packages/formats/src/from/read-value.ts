import type { Doubt, ObservableKind } from '@belltower/telecom';
import {
  explain,
  isObservableKind,
  observableKindNames,
  observableKinds,
  readObservable,
} from '@belltower/telecom';
import { normalTarget } from '../indicator/normal-target.ts';
import { type TargetKind, targetKinds } from '../indicator/target.ts';
import type { FoundKind } from '../text/found.ts';
import { readNetworkValue } from '../text/network-values.ts';
import { refang } from '../text/refang.ts';
import { readReference } from '../text/reference-values.ts';
import { readTelecomValue } from '../text/telecom-values.ts';
import type { ValueKind } from './value-kinds.ts';

/** A value of a list, in the normal form of its kind. */
export interface ListedValue {
  readonly kind: FoundKind | TargetKind;
  readonly value: string;
  readonly doubts: readonly Doubt[];
}

export type ReadValue =
  | { readonly ok: true; readonly value: ListedValue }
  /** A sentence for an analyst. */
  | { readonly ok: false; readonly why: string };

/** Reads a cell as the kind that it is said to be or, where nothing is said, as the one kind that it can be. */
export function readValue(cell: string, kind: ValueKind | undefined): ReadValue {
  // An apostrophe keeps a spreadsheet from taking what follows for a formula.
  const word = refang(cell.trim().replace(/^'(?=[=+\-@\t\r])/, ''));
  return kind === undefined ? readUnnamed(word) : readNamed(word, kind);
}

function readNamed(word: string, named: ValueKind): ReadValue {
  const kind = exactKind(word, named);
  if (kind === undefined) return { ok: false, why: `It is said to be ${named}, and it is none.` };
  if (isTargetKind(kind)) {
    const normal = normalTarget({ kind, value: word });
    if (normal === undefined) return { ok: false, why: reasonOf(word, kind) };
    return { ok: true, value: { kind: normal.kind, value: normal.value, doubts: doubtsOf(word, kind) } };
  }
  if (isObservableKind(kind)) {
    const read = readObservable(kind, word);
    if (read.kind === 'unvalidated') return { ok: false, why: read.reason };
    return { ok: true, value: { kind, value: read.value, doubts: certain(read.doubts) } };
  }
  const reference = readReference(word);
  if (reference?.kind === kind) return { ok: true, value: { ...reference, kind } };
  return { ok: false, why: `It is said to be ${kind}, and it does not have that form.` };
}

const hashKinds: ReadonlyMap<number, TargetKind> = new Map([
  [32, 'md5'],
  [40, 'sha1'],
  [64, 'sha256'],
  [128, 'sha512'],
]);

function exactKind(word: string, kind: ValueKind): FoundKind | TargetKind | undefined {
  switch (kind) {
    case 'ip':
      return word.includes(':') ? 'ipv6' : 'ipv4';
    case 'hash':
      return hashKinds.get(word.length);
    case 'diameter-identity':
      return isRealm(word) ? 'diameter-realm' : 'diameter-host';
    case 'msisdn':
      // A beginning of numbers, as 32475*, is a range.
      return /[*x]$|\.\./i.test(word) ? 'number-range' : kind;
    default:
      return kind;
  }
}

/** The realms of networks of 3GPP (TS 23.003 §19.2); other names are taken for those of hosts. */
export function isRealm(name: string): boolean {
  return /^(?:epc|ims|5gc|nai\.5gc)\.mnc\d{3}\.mcc\d{3}\.3gppnetwork\.org\.?$/i.test(name);
}

const targets: ReadonlySet<string> = new Set(targetKinds);

export function isTargetKind(kind: string): kind is TargetKind {
  return targets.has(kind);
}

/** What a target that telecom knows is read as. */
function observableOf(kind: TargetKind): ObservableKind | undefined {
  if (kind === 'diameter-host' || kind === 'diameter-realm') return 'diameter-identity';
  return isObservableKind(kind) ? kind : undefined;
}

function doubtsOf(word: string, kind: TargetKind): readonly Doubt[] {
  const observable = observableOf(kind);
  const read = observable === undefined ? undefined : readObservable(observable, word);
  return read === undefined || read.kind === 'unvalidated' ? [] : certain(read.doubts);
}

function reasonOf(word: string, kind: TargetKind): string {
  const observable = observableOf(kind);
  const read = observable === undefined ? undefined : readObservable(observable, word);
  if (read?.kind === 'unvalidated') return read.reason;
  return `It is said to be ${kind}, and it does not have that form.`;
}

/** The list has said what it is: that it could be something else is no doubt. A point code needs its format all the same. */
function certain(doubts: readonly Doubt[]): readonly Doubt[] {
  return doubts.filter(({ code, message }) => code !== 'ambiguous' || message.includes('format'));
}

/** Kinds that nearly any text fits. */
const vague: ReadonlySet<ObservableKind> = new Set<ObservableKind>([
  'apn',
  'sms-sender',
  'tadig',
  'tac',
  'diameter-identity',
  'amf-id',
  'teid',
]);
const telling = observableKindNames.filter((kind) => !vague.has(kind));

/** Doubts of which one is enough where nothing else speaks for a reading: a word of hexadecimal digits is no global title. */
const against: ReadonlySet<string> = new Set(['not-standard', 'not-assigned', 'not-valid', 'check-digit']);

function readUnnamed(word: string): ReadValue {
  const sighted =
    readReference(word) ?? readTelecomValue(word, undefined) ?? readNetworkValue(word, { defanged: true });
  if (sighted !== undefined) return { ok: true, value: sighted };
  const possible = explain(word, telling).filter(
    ({ doubts }) => !doubts.some(({ code }) => against.has(code)),
  );
  const [only, ...others] = possible;
  if (only === undefined) return { ok: false, why: 'It is no value of any kind that is known here.' };
  if (others.length === 0) return readNamed(word, only.observable.kind);
  const titles = possible.slice(0, 3).map(({ observable }) => observableKinds[observable.kind].title);
  return {
    ok: false,
    why: `It can be one of several things (${titles.join(', ')}): say which with a column of types, or by the heading of its own.`,
  };
}
