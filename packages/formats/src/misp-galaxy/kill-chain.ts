import { phaseName } from '../framework-object.ts';
import type { Json } from '../json.ts';
import { textsOf } from './cluster-references.ts';

/** Chains that galaxies call otherwise than those who made them. */
const chainNames: ReadonlyMap<string, string> = new Map([['fight', 'mitre-fight']]);

/**
 * The phases of a cluster. A galaxy writes `mitre-attack:credential-access`, `mitre-attack:Linux:credential-access` or, where the chain
 * is its own, `Techniques:Credential-Access`.
 */
export function killChainPhases(kill_chain: unknown, galaxy: string): readonly Json[] {
  const phases = textsOf(kill_chain).map((text) => {
    const parts = text.split(':');
    const [chain = ''] = parts;
    const named = parts.length > 1 && /^[a-z0-9-]{1,100}$/.test(chain);
    const name = chainNames.get(chain) ?? (named ? chain : galaxy);
    return { kill_chain_name: name, phase_name: phaseName(parts.at(-1) ?? '') };
  });
  const distinct = new Map(phases.map((phase) => [`${phase.kill_chain_name} ${phase.phase_name}`, phase]));
  return [...distinct.values()].filter(({ phase_name }) => phase_name !== '');
}
