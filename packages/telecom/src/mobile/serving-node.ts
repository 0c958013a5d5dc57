import type { Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';
import type { KnownNetwork } from './plmn.ts';
import { findNetwork, networkDoubts } from './plmn.ts';

/** An MME or AMF with its network: GUMMEI and GUAMI, TS 23.003 §2.8.1, §2.10.1; TS 29.571 §5.4.4. */
export interface ServingNode extends Understood<'serving-node'> {
  readonly form: 'gummei' | 'guami';
  /** `mcc-mnc` */
  readonly plmn: string;
  readonly network: KnownNetwork | undefined;
  /** Six hexadecimal digits: MME group (16 bits) and code (8), or AMF region (8), set (10) and pointer (6). */
  readonly node: string;
}

/** Reads `gummei:206-01-8001-01` and `guami:206-01-CAFE00`. */
export function parseServingNode(text: string): Parsed<ServingNode> {
  const [, word = '', mcc = '', mnc = '', upper = '', lower = ''] =
    /^(gummei|guami)[:=\s]\s*(\d{3})-(\d{2,3})-([0-9a-f]{4})-?([0-9a-f]{2})$/i.exec(tidy(text)) ?? [];
  const form = word.toLowerCase();
  if (form !== 'gummei' && form !== 'guami')
    return notUnderstood('A serving node is gummei:mcc-mnc-group-code or guami:mcc-mnc-amf, hexadecimal.');
  const node = (upper + lower).toUpperCase();
  return understood({
    kind: 'serving-node',
    raw: text,
    value: `${form}:${mcc}-${mnc}-${node}`,
    form,
    plmn: `${mcc}-${mnc}`,
    network: findNetwork(mcc, mnc),
    node,
    doubts: networkDoubts(mcc, mnc),
  });
}
