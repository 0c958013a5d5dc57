import type { KnownNetwork } from '../mobile/plmn.ts';
import { findNetwork, networkDoubts } from '../mobile/plmn.ts';
import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';

/**
 * A non-public network that stands alone (SNPN): TS 23.003 §12.7, TS 29.571 §5.4.2 (Nid). `value` is the NID in eleven capital hexadecimal
 * digits, behind the PLMN where it was given: neither is unique without the other.
 */
export interface StandaloneNetwork extends Understood<'standalone-network'> {
  /** Eleven hexadecimal digits. */
  readonly nid: string;
  /** `mcc-mnc` */
  readonly plmn: string | undefined;
  readonly network: KnownNetwork | undefined;
}

/** Reads `snpn:999-99-1234567890A`, `nid:1234567890A` and the same without a word before it. */
export function parseStandaloneNetwork(text: string): Parsed<StandaloneNetwork> {
  const [, mcc, mnc = '', digits] =
    /^(?:(?:nid|snpn)[:=\s]\s*)?(?:(\d{3})-(\d{2,3})-)?([0-9a-f]{11})$/i.exec(tidy(text)) ?? [];
  if (digits === undefined)
    return notUnderstood('A NID is 11 hexadecimal digits, with or without mcc-mnc- before it.');
  const nid = digits.toUpperCase();
  const plmn = mcc === undefined ? undefined : `${mcc}-${mnc}`;
  const doubts: Doubt[] = mcc === undefined ? [] : [...networkDoubts(mcc, mnc)];
  if (plmn === undefined)
    doubts.push({
      code: 'ambiguous',
      message: 'A NID names a network only together with its PLMN; networks may choose it themselves.',
    });
  return understood({
    kind: 'standalone-network',
    raw: text,
    value: plmn === undefined ? nid : `${plmn}-${nid}`,
    nid,
    plmn,
    network: mcc === undefined ? undefined : findNetwork(mcc, mnc),
    doubts,
  });
}
