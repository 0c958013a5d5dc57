import { fightTactics } from './fight-tactics.ts';
import { fightTechniques } from './fight-techniques.ts';
import type { Framework, Tactic, TechniqueStatus } from './framework.ts';
import { motifTactics, motifTechniques } from './motif-techniques.ts';

/** A technique of a framework, with what can be told from its number. */
export interface Technique {
  readonly framework: Framework;
  readonly id: string;
  readonly name: string;
  readonly tactics: readonly Tactic[];
  /** Id of the technique that this one is a part of. */
  readonly parent: string | undefined;
  /** FiGHT says of each technique whether it has been observed. */
  readonly status: TechniqueStatus | undefined;
  /** Where it has been observed, if not in 5G. */
  readonly observedWhere: string | undefined;
  /** Ids of techniques of ATT&CK (T…) and of FiGHT (FGT…) that are the same or near. */
  readonly links: readonly string[];
  /** What the adversary does. */
  readonly says: string;
}

/** Every technique of FiGHT and of MoTIF, in the order of their ids. */
export const techniques: readonly Technique[] = [
  ...fightTechniques.map(({ id, name, tactics, status, observedWhere, says }): Technique => {
    const attack = attackNumber(id);
    return {
      framework: 'mitre-fight',
      id,
      name,
      tactics: tactics.map((tactic) => tacticOf(fightTactics, tactic)),
      parent: wholeOf(id),
      status,
      observedWhere,
      links: attack === undefined ? [] : [attack],
      says,
    };
  }),
  ...motifTechniques.map(
    ({ id, name, tactics, parent = wholeOf(id), links = [], says }): Technique => ({
      framework: 'gsma-motif',
      id,
      name,
      tactics: tactics.map((tactic) => tacticOf(motifTactics, tactic)),
      parent,
      status: undefined,
      observedWhere: undefined,
      links,
      says,
    }),
  ),
];

const byId: ReadonlyMap<string, Technique> = new Map(techniques.map((one) => [one.id, one]));

/** The technique that FiGHT or MoTIF gives a number such as `FGT5012.008` or `mot3003.301`. */
export function technique(id: string): Technique | undefined {
  return byId.get(id.trim().toUpperCase());
}

/** The number of ATT&CK in one of FiGHT: what begins with 1 is ATT&CK's, except sub-techniques from .500 on. */
export function attackNumber(id: string): string | undefined {
  return /^FG(T1\d{3}(?:\.[0-4]\d\d)?)$/.exec(id)?.[1];
}

function wholeOf(id: string): string | undefined {
  const dot = id.indexOf('.');
  return dot === -1 ? undefined : id.slice(0, dot);
}

function tacticOf(tactics: readonly Tactic[], id: string): Tactic {
  const tactic = tactics.find((one) => one.id === id);
  if (tactic === undefined) throw new TypeError(`no tactic ${id}`);
  return tactic;
}
