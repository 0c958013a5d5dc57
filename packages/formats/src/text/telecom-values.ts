import type { Observable, ObservableKind } from '@belltower/telecom';
import { observableKinds } from '@belltower/telecom';
import type { Sighted } from './found.ts';

/** How identifiers begin or end whose form alone tells them, wherever they stand. */
const selfEvident: readonly (readonly [hint: RegExp, kind: ObservableKind])[] = [
  [/3gppnetwork\.org\.?$/i, '3gpp-domain'],
  [/\.mnc\d{3}\.mcc\d{3}\.gprs$/i, 'apn'],
  [/^<?sips?:/i, 'sip-uri'],
  [/^tel:/i, 'tel-uri'],
  [/^suci-/, 'suci'],
  [/^(?:imsi|nai|gci|gli)-/, 'supi'],
  [/^(?:msisdn|extid)-/, 'gpsi'],
  [/^(?:imei|imeisv|mac|eui)-/, 'pei'],
  [/^[^;]{4,253};\d{1,10};\d/, 'diameter-session-id'],
  [/^eyJ/, 'passport'],
  [/^(?:cgi|ecgi|ncgi|tai):/i, 'cell'],
  [/^(?:map|cap):/i, 'signalling-operation'],
  [/^gt:/i, 'global-title'],
  [/^imsi:/i, 'imsi'],
  [/^imei:/i, 'imei'],
  [/^iccid:/i, 'iccid'],
  [/^\+[1-9]\d{6,14}$/, 'msisdn'],
];

/** Reads an identifier: one that its form tells, one that was announced, or a bare row of digits that can hardly be something else. */
export function readTelecomValue(word: string, announced: ObservableKind | undefined): Sighted | undefined {
  const told = selfEvident.find(([hint]) => hint.test(word))?.[1];
  const found = told === undefined ? undefined : readAs(told, word);
  if (found !== undefined) return found;
  const expected = announced === undefined ? undefined : readAs(announced, word);
  if (expected !== undefined) return expected;
  return /^\d{15,32}$/.test(word) ? readDigits(word) : undefined;
}

/** What is announced still has to look like an identifier as people write it: `IMSI catchers` and `GT (E.164)` announce none. */
function readAs(kind: ObservableKind, word: string): Sighted | undefined {
  if (looks[kind]?.test(word) === false) return undefined;
  const parsed = observableKinds[kind].parse(word);
  return parsed.ok ? sighted(parsed.value) : undefined;
}

const threeDigits = /\d\D*\d\D*\d/;
const looks: Readonly<Partial<Record<ObservableKind, RegExp>>> = {
  'global-title': /^(?:gt:)?\+?(?:\d{5,20}[a-f]?|\d{1,15}\*)$/i,
  msisdn: threeDigits,
  'point-code': threeDigits,
  imsi: threeDigits,
  imei: threeDigits,
  imeisv: threeDigits,
  tac: threeDigits,
  iccid: threeDigits,
  eid: threeDigits,
  plmn: threeDigits,
  cell: threeDigits,
  teid: threeDigits,
  's-nssai': threeDigits,
};

/** Rows of digits that nobody announced: only what a check digit or an existing network speaks for, and in doubt even so. */
function readDigits(word: string): Sighted | undefined {
  if (word.length >= 19 && word.length <= 20) return certainOnly('iccid', word);
  if (word.length === 32) return certainOnly('eid', word);
  if (word.length !== 15) return undefined;
  return certainOnly('imei', word) ?? certainOnly('imsi', word);
}

function certainOnly(kind: ObservableKind, word: string): Sighted | undefined {
  const found = readAs(kind, word);
  if (
    found === undefined ||
    found.doubts.some(({ code }) => code === 'check-digit' || code === 'not-assigned')
  )
    return undefined;
  const message = 'Nothing near it says what it is: its form alone speaks for it.';
  return { ...found, doubts: [{ code: 'ambiguous', message }, ...found.doubts] };
}

function sighted({ kind, value, doubts }: Observable): Sighted {
  return { kind, value, doubts };
}
