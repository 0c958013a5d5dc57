import type { Json } from '../json.ts';
import type { MispAttribute } from './misp-event.ts';
import { slugOf } from './slug.ts';
import { relationOf } from './telecom-readings.ts';

/** The template of MISP for phases of attacks in the mobile threat model of CONCORDIA (CMTMF). */
export const concordiaTemplate = 'concordia-mtmf-intrusion-set';

/** The attack, its number and its phase, as properties of an attack pattern, and the attributes that said so; undefined where one is missing. */
export function readConcordia(
  attributes: readonly MispAttribute[],
): { readonly properties: Json; readonly told: ReadonlySet<MispAttribute> } | undefined {
  const of = (relation: string) => attributes.find((attribute) => relationOf(attribute) === relation);
  const [attack, phase, id] = [of('AttackName'), of('PhName'), of('CMTMF_ATCKID')];
  const phaseName = slugOf(phase?.value ?? '');
  if (attack === undefined || attack.value === '' || phase === undefined || phaseName === '')
    return undefined;
  return {
    properties: {
      name: attack.value,
      kill_chain_phases: [{ kill_chain_name: 'concordia-mtmf', phase_name: phaseName }],
      ...(id === undefined
        ? {}
        : { external_references: [{ source_name: 'concordia-mtmf', external_id: id.value }] }),
    },
    told: new Set([attack, phase, ...(id === undefined ? [] : [id])]),
  };
}
