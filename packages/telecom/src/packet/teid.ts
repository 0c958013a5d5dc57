import type { Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';

/** The end of a GTP tunnel: TS 29.060 §3, TS 29.274 §5. Eight hexadecimal digits. */
export interface Teid extends Understood<'teid'> {
  readonly number: number;
}

/** UDP ports of GTP: TS 29.060 §10, TS 29.281 §4.4.2. */
export const gtpPorts: ReadonlyMap<number, string> = new Map([
  [2123, 'GTP-C'],
  [2152, 'GTP-U'],
  [3386, 'GTP version 0, GTP prime'],
]);

/** Interfaces on which GTP is spoken between networks and inside one: TS 23.060, TS 23.401, TS 23.501. */
export const gtpInterfaces = [
  'Gn',
  'Gp',
  'S4',
  'S5',
  'S8',
  'S10',
  'S11',
  'S12',
  'S16',
  'N3',
  'N9',
  'N26',
] as const;

/** Reads `teid:0x1a2b3c4d`, and `0x…` without the word. Bare digits could be anything and are not read. */
export function parseTeid(text: string): Parsed<Teid> {
  const [, word, hex, digits = ''] = /^(teid[:\s]\s*)?(0x)?([0-9a-f]{1,8})$/i.exec(tidy(text)) ?? [];
  if (digits === '' || (word === undefined && hex === undefined))
    return notUnderstood('A TEID is 1 to 8 hexadecimal digits behind 0x or teid:.');
  const number = Number.parseInt(digits, 16);
  const value = `0x${number.toString(16).padStart(8, '0')}`;
  return understood({
    kind: 'teid',
    raw: text,
    value,
    number,
    doubts: [
      {
        code: 'temporary',
        message: 'It means something only with the address, the interface and the time of its tunnel.',
      },
    ],
  });
}
