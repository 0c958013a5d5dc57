import { parseImei, parseImeisv } from '../mobile/imei.ts';
import { parseImsi } from '../mobile/imsi.ts';
import { networkDoubts } from '../mobile/plmn.ts';
import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';

/** A permanent subscription of 5G: TS 23.003 §2.2A, TS 29.571 §5.3.2. `value` is its form with prefix. */
export interface Supi extends Understood<'supi'> {
  readonly form: 'imsi' | 'nai' | 'gci' | 'gli';
  /** `mcc-mnc` where it is an IMSI of a known network. */
  readonly plmn: string | undefined;
}

/** A concealed subscription: TS 23.003 §2.2B. */
export interface Suci extends Understood<'suci'> {
  /** 0 stands for an IMSI. */
  readonly supiType: number;
  readonly plmn: string | undefined;
  readonly routingIndicator: string;
  /** 0 conceals nothing: the MSIN can be read. */
  readonly protectionScheme: number;
}

/** A public identity of a subscription: TS 23.003 §28.8, TS 29.571 §5.3.2. */
export interface Gpsi extends Understood<'gpsi'> {
  readonly form: 'msisdn' | 'extid';
}

/** A permanent equipment identity: TS 29.571 §5.3.2. */
export interface Pei extends Understood<'pei'> {
  readonly form: 'imei' | 'imeisv' | 'mac' | 'eui';
}

const person: Doubt = { code: 'identifies-a-person', message: 'It identifies a subscriber.' };

/** Reads `imsi-206011234567890`, `nai-…`, `gci-…` and `gli-…`. */
export function parseSupi(text: string): Parsed<Supi> {
  const value = tidy(text);
  const [, form, rest = ''] = /^(imsi|nai|gci|gli)-(\S+)$/.exec(value) ?? [];
  if (form === 'imsi') {
    const imsi = parseImsi(rest);
    if (!/^\d+$/.test(rest) || !imsi.ok)
      return notUnderstood('A SUPI with the form imsi- has 6 to 15 digits behind it.');
    const { mcc, mnc, doubts } = imsi.value;
    return understood({
      kind: 'supi',
      raw: text,
      value,
      form,
      plmn: mnc === undefined ? undefined : `${mcc}-${mnc}`,
      doubts,
    });
  }
  if (form === 'nai' || form === 'gci' || form === 'gli')
    return understood({ kind: 'supi', raw: text, value, form, plmn: undefined, doubts: [person] });
  return notUnderstood('A SUPI begins with imsi-, nai-, gci- or gli-.');
}

const suciForm =
  /^suci-(?:0-(\d{3})-(\d{2,3})|([1-7])-(\S+?))-(\d{1,4})-(?:(0)-0-(\S*)|([1-9a-f])-(?:[1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])-[0-9a-f]+)$/i;

/** Reads `suci-0-206-01-0-1-27-…`. */
export function parseSuci(text: string): Parsed<Suci> {
  const value = tidy(text);
  const found = suciForm.exec(value);
  if (found === null) return notUnderstood('A SUCI is suci-0-mcc-mnc-routing-scheme-key-output.');
  const [, mcc, mnc, type = '0', , routingIndicator = '', plain, , scheme = '0'] = found;
  const doubts: Doubt[] = mcc === undefined || mnc === undefined ? [] : [...networkDoubts(mcc, mnc)];
  if (plain !== undefined)
    doubts.push({
      code: 'identifies-a-person',
      message: 'The null scheme conceals nothing: the subscriber can be read.',
    });
  return understood({
    kind: 'suci',
    raw: text,
    value: value.toLowerCase(),
    supiType: Number(type),
    plmn: mcc === undefined || mnc === undefined ? undefined : `${mcc}-${mnc}`,
    routingIndicator,
    protectionScheme: Number.parseInt(scheme, 16),
    doubts,
  });
}

/** Reads `msisdn-32475123456` and `extid-name@domain`. */
export function parseGpsi(text: string): Parsed<Gpsi> {
  const value = tidy(text);
  const [, form] =
    /^(?:(msisdn)-\d{5,15}|(extid)-[^@\s]+@[^@\s]+)$/.exec(value)?.filter((part) => part !== undefined) ?? [];
  if (form !== 'msisdn' && form !== 'extid')
    return notUnderstood('A GPSI is msisdn- and 5 to 15 digits, or extid-name@domain.');
  return understood({ kind: 'gpsi', raw: text, value, form, doubts: [person] });
}

/** Reads `imei-…`, `imeisv-…`, `mac-00-11-22-33-44-55` and `eui-…`. */
export function parsePei(text: string): Parsed<Pei> {
  const value = tidy(text);
  const [, form, rest = ''] = /^(imei|imeisv|mac|eui)-(\S+)$/.exec(value) ?? [];
  if (form === 'imei' && /^\d{15}$/.test(rest)) return fromEquipment(text, form, parseImei(rest));
  if (form === 'imeisv' && /^\d{16}$/.test(rest)) return fromEquipment(text, form, parseImeisv(rest));
  const isMac = form === 'mac' && /^(?:[0-9a-f]{2}-){5}[0-9a-f]{2}(?:-untrusted)?$/i.test(rest);
  const isEui = form === 'eui' && /^(?:[0-9a-f]{2}-){7}[0-9a-f]{2}$/i.test(rest);
  if (!isMac && !isEui)
    return notUnderstood('A PEI is imei-, imeisv-, mac- or eui- with the digits behind it.');
  return understood({
    kind: 'pei',
    raw: text,
    value: value.toLowerCase(),
    form: isMac ? 'mac' : 'eui',
    doubts: [person],
  });
}

function fromEquipment(
  raw: string,
  form: 'imei' | 'imeisv',
  parsed: Parsed<{ readonly value: string; readonly doubts: readonly Doubt[] }>,
): Parsed<Pei> {
  if (!parsed.ok) return parsed;
  return understood({
    kind: 'pei',
    raw,
    value: `${form}-${parsed.value.value}`,
    form,
    doubts: parsed.value.doubts,
  });
}
