import type { Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';

/** A reference point on which GTP is spoken. `value` is its name as the standard writes it. */
export interface GtpInterface extends Understood<'gtp-interface'> {
  readonly description: string;
  readonly versions: readonly number[];
  /** Whether it runs between networks, where a stranger can be at the other end. */
  readonly betweenNetworks: boolean;
}

type Row = readonly [name: string, description: string, versions: readonly number[], betweenNetworks?: true];

/** 3GPP TS 23.060 §5.4, TS 23.401 §4.2, TS 23.402 §4.2, TS 23.501 §4.2.7, TS 29.274 §1. */
const rows: readonly Row[] = [
  ['Gn', 'SGSN to GGSN or SGSN of the same network', [0, 1]],
  ['Gp', 'SGSN to GGSN or SGSN of another network', [0, 1], true],
  ['Ga', 'charging records from a node to the charging gateway', [0, 1]],
  ['S1-U', 'eNodeB to SGW, user plane', [1]],
  ['S2a', 'trusted access without 3GPP to PGW', [1, 2]],
  ['S2b', 'ePDG to PGW', [1, 2]],
  ['S3', 'SGSN to MME', [2]],
  ['S4', 'SGSN to SGW', [1, 2]],
  ['S5', 'SGW to PGW of the same network', [1, 2]],
  ['S8', 'SGW to PGW of another network', [1, 2], true],
  ['S10', 'MME to MME', [2]],
  ['S11', 'MME to SGW', [1, 2]],
  ['S12', 'RNC to SGW, user plane', [1]],
  ['S16', 'SGSN to SGSN', [2]],
  ['Sv', 'MME or SGSN to MSC server, for calls that change access', [2]],
  ['X2-U', 'eNodeB to eNodeB, user plane', [1]],
  ['Xn-U', 'gNodeB to gNodeB, user plane', [1]],
  ['N3', 'radio access to UPF', [1]],
  ['N9', 'UPF to UPF, also of another network', [1], true],
  ['N26', 'MME to AMF', [2]],
];

/** Names of the interfaces on which GTP is spoken between networks and inside one. */
export const gtpInterfaces: readonly string[] = rows.map(([name]) => name);

/** Reads `gtp-interface:S8`, `S8` and `s8`. */
export function parseGtpInterface(text: string): Parsed<GtpInterface> {
  const written = tidy(text)
    .replace(/^(?:gtp[-\s]?)?(?:interface|reference[-\s]point)[:=\s]\s*/i, '')
    .toLowerCase();
  const row = rows.find(([known]) => known.toLowerCase() === written);
  if (row === undefined) return notUnderstood(`GTP is spoken on the interfaces ${gtpInterfaces.join(', ')}.`);
  const [name, description, versions, betweenNetworks = false] = row;
  return understood({
    kind: 'gtp-interface',
    raw: text,
    value: name,
    description,
    versions,
    betweenNetworks,
    doubts: [],
  });
}
