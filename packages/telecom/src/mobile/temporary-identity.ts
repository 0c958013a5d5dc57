import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';
import type { KnownNetwork } from './plmn.ts';
import { findNetwork, networkDoubts } from './plmn.ts';

/**
 * A name that a network gives to a subscriber for a while: TS 23.003 §2.4, §2.8, §2.10. `value` has its form before it, then the network, the
 * node and the number in capital hexadecimal digits.
 */
export interface TemporaryIdentity extends Understood<'temporary-identity'> {
  readonly form: TemporaryForm;
  /** `mcc-mnc` where the form has one. */
  readonly plmn: string | undefined;
  readonly network: KnownNetwork | undefined;
  /** MME group and code, AMF, or the part of them that the form has; hexadecimal digits. */
  readonly node: string | undefined;
  /** TMSI, P-TMSI, M-TMSI or 5G-TMSI: 32 bits in eight hexadecimal digits. */
  readonly number: string;
}

export type TemporaryForm = 'tmsi' | 'p-tmsi' | 'm-tmsi' | 's-tmsi' | '5g-s-tmsi' | 'guti' | '5g-guti';

const hex = (digits: number) => `[0-9a-f]{${digits}}`;
const network = String.raw`(\d{3})-(\d{2,3})-`;
const number = `(?:0x)?(${hex(8)})`;
const reads = (pattern: string) => new RegExp(`^${pattern}$`, 'i');

/** MMEGI 16 bits and MMEC 8, or AMF region 8, set 10 and pointer 6; their short forms leave out group or region. */
const forms: readonly { readonly form: TemporaryForm; readonly pattern: RegExp }[] = [
  { form: '5g-guti', pattern: reads(`5g-guti:\\s*${network}(${hex(6)})-?${number}`) },
  { form: 'guti', pattern: reads(`guti:\\s*${network}(${hex(4)}-?${hex(2)})-?${number}`) },
  { form: '5g-s-tmsi', pattern: reads(`5g-s-tmsi:\\s*()()(${hex(4)})-?${number}`) },
  { form: 's-tmsi', pattern: reads(`s-tmsi:\\s*()()(${hex(2)})-?${number}`) },
  { form: 'm-tmsi', pattern: reads(`m-tmsi:\\s*()()()${number}`) },
  { form: 'p-tmsi', pattern: reads(`p-?tmsi:\\s*()()()${number}`) },
  { form: 'tmsi', pattern: reads(`tmsi:\\s*()()()${number}`) },
];

const temporary: readonly Doubt[] = [
  {
    code: 'temporary',
    message: 'Networks change it often: equal ones at different times are different subscribers.',
  },
  { code: 'identifies-a-person', message: 'It identifies a subscriber as long as it lasts.' },
];

/** Reads `guti:206-01-8001-01-C0FFEE01`, `5g-guti:206-01-CAFE00-C0FFEE01`, `s-tmsi:01-C0FFEE01`, `tmsi:C0FFEE01` and the others. */
export function parseTemporaryIdentity(text: string): Parsed<TemporaryIdentity> {
  const written = tidy(text).replace(/^([\w-]{4,9})\s*[:=\s]\s*/, '$1:');
  for (const { form, pattern } of forms) {
    const [, mcc = '', mnc = '', at = '', of = ''] = pattern.exec(written) ?? [];
    if (of === '') continue;
    const node = at.toUpperCase().replace('-', '');
    const digits = of.toUpperCase();
    const plmn = mcc === '' ? undefined : `${mcc}-${mnc}`;
    return understood({
      kind: 'temporary-identity',
      raw: text,
      value: `${form}:${[plmn ?? '', node, digits].filter((part) => part !== '').join('-')}`,
      form,
      plmn,
      network: plmn === undefined ? undefined : findNetwork(mcc, mnc),
      node: node === '' ? undefined : node,
      number: digits,
      doubts: [...(plmn === undefined ? [] : networkDoubts(mcc, mnc)), ...temporary],
    });
  }
  return notUnderstood(
    'A temporary identity is written as guti:mcc-mnc-group-code-number, 5g-guti:mcc-mnc-amf-number, s-tmsi:code-number or tmsi:number, hexadecimal.',
  );
}
