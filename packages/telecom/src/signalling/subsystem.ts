import type { Parsed, Understood } from '../parsed.ts';
import { notUnderstood, readWholeNumber, tidy, understood } from '../parsed.ts';
import { subsystems } from './subsystems.ts';

/** A user of SCCP at a node, by its subsystem number: ITU-T Q.713 §3.4.2.2, 3GPP TS 23.003 §8. `value` is the number. */
export interface Subsystem extends Understood<'subsystem'> {
  /** 0 to 255 */
  readonly number: number;
  /** Undefined for numbers that nobody has named. */
  readonly name: string | undefined;
}

/** Reads `ssn:6`, `SSN 6`, `6` and the short names of the list (`ssn:HLR`). */
export function parseSubsystem(text: string): Parsed<Subsystem> {
  const written = tidy(text).replace(/^(?:ssn|subsystem)[-:=\s]\s*/i, '');
  const number = readWholeNumber(written, 255) ?? numberOf(written);
  if (number === undefined)
    return notUnderstood('A subsystem number is from 0 to 255, or a name such as HLR, VLR or MSC.');
  const name = subsystems.get(number);
  return understood({
    kind: 'subsystem',
    raw: text,
    value: String(number),
    number,
    name,
    doubts: [...doubtsOf(number, name)],
  });
}

function doubtsOf(number: number, name: string | undefined) {
  if (name !== undefined) return [];
  // ITU-T Q.713 §3.4.2.2: 0 to 31 are given out internationally, what is above is a matter of networks.
  const message =
    number < 32
      ? 'The standard gives this number to nobody.'
      : 'It means what the networks have agreed: the standard names no such number.';
  return [{ code: number < 32 ? 'not-assigned' : 'private-use', message } as const];
}

function numberOf(name: string): number | undefined {
  const wanted = name.toLowerCase();
  return [...subsystems].find(([, known]) => known.toLowerCase() === wanted)?.[0];
}
