import type { ObservableKind } from '@belltower/telecom';

/** Words that tell what kind of identifier comes next. */
const announcements: ReadonlyMap<string, ObservableKind> = new Map([
  ['msisdn', 'msisdn'],
  ['msisdns', 'msisdn'],
  ['phone', 'msisdn'],
  ['tel', 'msisdn'],
  ['cli', 'msisdn'],
  ['a-number', 'msisdn'],
  ['b-number', 'msisdn'],
  ['gt', 'global-title'],
  ['gts', 'global-title'],
  ['cgpa', 'global-title'],
  ['cdpa', 'global-title'],
  ['sccp', 'global-title'],
  ['pc', 'point-code'],
  ['opc', 'point-code'],
  ['dpc', 'point-code'],
  ['spc', 'point-code'],
  ['ispc', 'point-code'],
  ['imsi', 'imsi'],
  ['imsis', 'imsi'],
  ['imei', 'imei'],
  ['imeis', 'imei'],
  ['imeisv', 'imeisv'],
  ['tac', 'tac'],
  ['iccid', 'iccid'],
  ['iccids', 'iccid'],
  ['eid', 'eid'],
  ['plmn', 'plmn'],
  ['plmns', 'plmn'],
  ['mccmnc', 'plmn'],
  ['mcc-mnc', 'plmn'],
  ['tadig', 'tadig'],
  ['cgi', 'cell'],
  ['ecgi', 'cell'],
  ['ncgi', 'cell'],
  ['tai', 'cell'],
  ['apn', 'apn'],
  ['dnn', 'apn'],
  ['teid', 'teid'],
  ['teids', 'teid'],
  ['snssai', 's-nssai'],
  ['s-nssai', 's-nssai'],
  ['origin-host', 'diameter-identity'],
  ['origin-realm', 'diameter-identity'],
  ['destination-host', 'diameter-identity'],
  ['destination-realm', 'diameter-identity'],
]);

/** Pairs of words that do. */
const pairs: ReadonlyMap<string, ObservableKind> = new Map([
  ['global title', 'global-title'],
  ['global titles', 'global-title'],
  ['point code', 'point-code'],
  ['point codes', 'point-code'],
]);

/** Kinds that nearly any word fits: only the very next word counts. */
const vague: ReadonlySet<ObservableKind> = new Set<ObservableKind>(['apn', 'tadig', 'diameter-identity']);

/** Words after an announcement within which its values stand; each value found begins the count anew. */
const reach = 6;

/** What kind of identifier the words before lead one to expect. */
export class Announcement {
  #kind: ObservableKind | undefined;
  #left = reach;
  #before = '';

  constructor(kind?: ObservableKind) {
    this.#kind = kind;
  }

  get kind(): ObservableKind | undefined {
    return this.#left > 0 ? this.#kind : undefined;
  }

  /** Whether a word is an announcement, which is then in force. */
  hear(word: string): boolean {
    const plain = word.length > 20 ? '' : word.toLowerCase().replace(/[:=#.,]+$/, '');
    const kind = announcements.get(plain) ?? pairs.get(`${this.#before} ${plain}`);
    this.#before = plain;
    if (kind === undefined) return false;
    this.#kind = kind;
    this.#left = vague.has(kind) ? 1 : reach;
    return true;
  }

  /** One more word has gone by. */
  pass(isValue: boolean): void {
    if (this.#kind === undefined) return;
    if (isValue && !vague.has(this.#kind)) this.#left = reach;
    else this.#left -= 1;
  }
}
