/** The frameworks, as `source_name` and `kill_chain_name` spell them. */
export const frameworks = ['mitre-fight', 'gsma-motif'] as const;

export type Framework = (typeof frameworks)[number];

/** What a framework is called, which release of it is held here, and when that was published. */
export const frameworkReleases: Readonly<
  Record<Framework, { readonly title: string; readonly version: string; readonly published: string }>
> = {
  'mitre-fight': { title: 'MITRE FiGHT', version: '3.0.1', published: '2025-07-01T00:00:00.000Z' },
  'gsma-motif': { title: 'GSMA MoTIF', version: '1.0', published: '2024-03-21T00:00:00.000Z' },
};

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
