import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, readWholeNumber, tidy, understood } from '../parsed.ts';
import type { DiameterCommandType } from './registry.ts';
import { diameterApplications, diameterCommandTypes } from './registry.ts';

/** What a Diameter session is for, by Application-Id: RFC 6733 §2.4. `value` is the id. */
export interface DiameterApplication extends Understood<'diameter-application'> {
  /** 32 bits */
  readonly id: number;
  readonly name: string | undefined;
}

/** A command of Diameter, by code: RFC 6733 §3.1. `value` is the code. */
export interface DiameterCommand extends Understood<'diameter-command'> {
  /** 24 bits */
  readonly code: number;
  readonly command: DiameterCommandType | undefined;
}

/** Reads `diameter-app:16777251`, `16777251` and the names of reference points: `S6a`. */
export function parseDiameterApplication(text: string): Parsed<DiameterApplication> {
  const written = tidy(text).replace(/^(?:diameter[-\s])?app(?:lication)?(?:-?id)?[:=\s]\s*/i, '');
  const id = readWholeNumber(written, 4_294_967_295) ?? applicationIdOf(written);
  if (id === undefined)
    return notUnderstood('A Diameter application is a number of 32 bits, or a name such as S6a.');
  const name = diameterApplications.get(id);
  const doubts: readonly Doubt[] =
    name === undefined
      ? [
          {
            code: 'not-assigned',
            message: 'It is none of the applications of IETF and 3GPP; it may be of a vendor.',
          },
        ]
      : [];
  return understood({ kind: 'diameter-application', raw: text, value: String(id), id, name, doubts });
}

/** Reads `diameter-cmd:318`, `318`, `AIR` or `AIA`, and `Authentication-Information-Request`. */
export function parseDiameterCommand(text: string): Parsed<DiameterCommand> {
  const written = tidy(text).replace(/^(?:diameter[-\s])?c(?:omman|m)d(?:-?code)?[:=\s]\s*/i, '');
  const code = readWholeNumber(written, 16_777_215);
  const commands =
    code === undefined ? commandsNamed(written) : diameterCommandTypes.filter((known) => known.code === code);
  const [command, ...others] = commands;
  const known = code ?? command?.code;
  if (known === undefined)
    return notUnderstood('A Diameter command is a number of 24 bits, or a name such as AIR.');
  const doubts: Doubt[] = [];
  if (command === undefined)
    doubts.push({
      code: 'not-assigned',
      message: 'It is none of the commands of IETF and 3GPP; it may be of a vendor.',
    });
  if (others.length > 0) {
    const codes = others.map((other) => `${other.code} (${other.name})`).join(', ');
    doubts.push({ code: 'ambiguous', message: `Other commands have the same short name: ${codes}.` });
  }
  return understood({
    kind: 'diameter-command',
    raw: text,
    value: String(known),
    code: known,
    command,
    doubts,
  });
}

function applicationIdOf(name: string): number | undefined {
  const wanted = name.toLowerCase().replace(/^3gpp[-\s]/, '');
  if (wanted === '') return undefined;
  return [...diameterApplications].find(
    ([, known]) => known.toLowerCase() === wanted || known.toLowerCase().split('/').includes(wanted),
  )?.[0];
}

/** By the short name of request or answer, or by the long one. */
function commandsNamed(name: string): readonly DiameterCommandType[] {
  const plain = name.toLowerCase().replace(/^3gpp-/, '');
  const long = plain.replace(/-(?:request|answer)$/, '');
  const short = plain.replace(/a$/, 'r');
  if (plain === '') return [];
  return diameterCommandTypes.filter(
    (known) => known.name.toLowerCase() === long || known.abbreviation?.toLowerCase() === short,
  );
}
