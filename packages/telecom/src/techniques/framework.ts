/** The frameworks, as `source_name` and `kill_chain_name` spell them. */
export const frameworks = ['mitre-fight', 'gsma-motif'] as const;

export type Framework = (typeof frameworks)[number];

/** A framework as it is held here. */
export interface FrameworkRelease {
  readonly title: string;
  readonly version: string;
  /** When the release was published: `created` of everything that is made of it. */
  readonly published: string;
}

export const frameworkReleases: Readonly<Record<Framework, FrameworkRelease>> = {
  'mitre-fight': { title: 'MITRE FiGHT', version: '3.0.1', published: '2025-07-01T00:00:00.000Z' },
  'gsma-motif': { title: 'GSMA MoTIF', version: '1.0', published: '2024-03-21T00:00:00.000Z' },
};

/**
 * When the tables were changed last: `modified` of what is made of them. Objects with the same id and time have to be the same
 * everywhere, so every change of a table, also of a word, comes with a new time here.
 */
export const tablesChanged = '2026-12-01T00:00:00.000Z';

/** An adversary's aim. */
export interface Tactic {
  readonly id: string;
  readonly name: string;
}

interface TechniqueEntry {
  /** As the source numbers it: FGT5012.008, MOT3003.301. */
  readonly id: string;
  /** As the source names it. */
  readonly name: string;
  /** Ids of tactics of the same framework. */
  readonly tactics: readonly string[];
  /** What the adversary does, in a sentence of this project. */
  readonly says: string;
}

/** Whether anybody has been seen to do it. */
export type TechniqueStatus = 'theoretical' | 'proof-of-concept' | 'observed';

/** A row of the table of FiGHT. */
export interface FightTechnique extends TechniqueEntry {
  readonly status: TechniqueStatus;
  readonly observedWhere?: string;
}

/** A row of the table of MoTIF. */
export interface MotifTechnique extends TechniqueEntry {
  /** The technique that it is a part of, where the number does not tell. */
  readonly parent?: string;
  /** Techniques of ATT&CK (T…) and FiGHT (FGT…) that the source names beside it. */
  readonly links?: readonly string[];
}
