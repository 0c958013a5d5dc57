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

/** Reads `teid:0x1a2b3c4d`, `0x1a2b3c4d` and `1a2b3c4d`. */
export function parseTeid(text: string): Parsed<Teid> {
  const [, digits] = /^(?:f?-?teid[:=\s]\s*)?(?:0x)?([0-9a-f]{1,8})$/i.exec(tidy(text)) ?? [];
  if (digits === undefined) return notUnderstood('A TEID is 1 to 8 hexadecimal digits.');
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
