import { tlp2Markings, tlpMarkingId } from '@belltower/stix';
import { telecomExtensionAuthor } from '../stix/extension-definitions.ts';
import { attackPatternId } from './attack-patterns.ts';
import { fightMitigations } from './fight-mitigations.ts';
import { type Framework, frameworkReleases, frameworks, tablesChanged } from './framework.ts';
import { type Technique, techniques } from './technique.ts';
import { frameworkObjectId, frameworkRelationshipId } from './technique-id.ts';

/** A STIX object as JSON has it. */
export type TechniqueObject = Readonly<Record<string, unknown>>;

/**
 * Techniques as STIX 2.1: an attack pattern each, courses of action for the mitigations of FiGHT, and the relationships between them and to
 * the objects of ATT&CK. Tactics are `kill_chain_phases`. Ids follow from the names in the frameworks (`frameworkObjectId`), so everybody's
 * are the same; `created` is the time of the release, `modified` that of the tables here. Everything is TLP:CLEAR and made by `telecomExtensionAuthor`, in its words.
 */
export function techniqueObjects(of: readonly Framework[] = frameworks): readonly TechniqueObject[] {
  const [clear] = tlp2Markings;
  return [telecomExtensionAuthor, clear, ...of.flatMap((framework) => objectsOf(framework))];
}

/** The objects of some techniques alone: they, what mitigates them, and the relationships between these and to ATT&CK. */
export function objectsOfTechniques(chosen: readonly Technique[]): readonly TechniqueObject[] {
  const all = techniqueObjects([...new Set(chosen.map(({ framework }) => framework))]);
  const patterns = new Set<unknown>(chosen.map(({ id }) => techniqueObjectId(id)));
  const outside = new Set<unknown>(
    chosen.flatMap(({ links }) => links.flatMap((link) => attackPatternId(link) ?? [])),
  );
  const mitigations = new Set(
    all.flatMap(({ relationship_type: type, source_ref: source, target_ref: target }) =>
      type === 'mitigates' && patterns.has(target) ? [source] : [],
    ),
  );
  const kept = (id: unknown) => patterns.has(id) || mitigations.has(id);
  return all.filter((object) => {
    if (object['type'] === 'relationship')
      return (
        kept(object['source_ref']) &&
        (patterns.has(object['target_ref']) || outside.has(object['target_ref']))
      );
    return kept(object['id']) || ['identity', 'marking-definition'].includes(String(object['type']));
  });
}

function objectsOf(framework: Framework): readonly TechniqueObject[] {
  const patterns = techniques.filter((one) => one.framework === framework);
  return [
    ...patterns.map(attackPattern),
    ...(framework === 'mitre-fight' ? mitigationObjects() : []),
    ...patterns.flatMap(relationshipsOf),
  ];
}

/** The attack pattern of one technique. */
export function attackPattern({
  framework,
  id,
  name,
  tactics,
  status,
  links,
  says,
}: Technique): TechniqueObject {
  return {
    ...head(frameworkObjectId('attack-pattern', framework, id), framework),
    name,
    description: says,
    kill_chain_phases: tactics.map((tactic) => ({
      kill_chain_name: framework,
      phase_name: tacticPhase(tactic.name),
    })),
    ...(status === undefined ? {} : { labels: [status] }),
    external_references: [techniqueReference(id), ...links.map(techniqueReference)],
  };
}

/** A tactic as the phase of a kill chain (STIX 2.1 §2.11). */
export function tacticPhase(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}

/** What tells whose number it is: an external reference to a technique of ATT&CK, FiGHT or MoTIF (STIX 2.1 §2.5). */
export function techniqueReference(id: string): TechniqueObject {
  if (id.startsWith('MOT')) return { source_name: 'gsma-motif', external_id: id };
  if (id.startsWith('FGT'))
    return {
      source_name: 'mitre-fight',
      external_id: id,
      url: `https://fight.mitre.org/techniques/${id}`,
    };
  return {
    source_name: 'mitre-attack',
    external_id: id,
    url: `https://attack.mitre.org/techniques/${id.replace('.', '/')}`,
  };
}

/** The id of the object of a technique of any of the three; undefined for one of ATT&CK that nothing here is linked to. */
export function techniqueObjectId(id: string): string | undefined {
  if (id.startsWith('MOT')) return frameworkObjectId('attack-pattern', 'gsma-motif', id);
  if (id.startsWith('FGT')) return frameworkObjectId('attack-pattern', 'mitre-fight', id);
  return attackPatternId(id);
}

/** What a technique is a part of (as ATT&CK says it: subtechnique-of), and what it is related to. */
function relationshipsOf({ framework, id, parent, links }: Technique): readonly TechniqueObject[] {
  const source = frameworkObjectId('attack-pattern', framework, id);
  const related = links.flatMap((link) => techniqueObjectId(link) ?? []);
  return [
    ...(parent === undefined
      ? []
      : [
          relationship(framework, {
            source,
            type: 'subtechnique-of',
            target: frameworkObjectId('attack-pattern', framework, parent),
          }),
        ]),
    ...related.map((target) => relationship(framework, { source, type: 'related-to', target })),
  ];
}

function mitigationObjects(): readonly TechniqueObject[] {
  return fightMitigations.flatMap(({ id, name, mitigates }) => {
    const source = frameworkObjectId('course-of-action', 'mitre-fight', id);
    return [
      {
        ...head(source, 'mitre-fight'),
        name,
        external_references: [{ source_name: 'mitre-fight', external_id: id }],
      },
      ...mitigates.map((technique) =>
        relationship('mitre-fight', {
          source,
          type: 'mitigates',
          target: frameworkObjectId('attack-pattern', 'mitre-fight', technique),
        }),
      ),
    ];
  });
}

function relationship(
  framework: Framework,
  ends: { readonly source: string; readonly type: string; readonly target: string },
): TechniqueObject {
  return {
    ...head(frameworkRelationshipId(ends), framework),
    relationship_type: ends.type,
    source_ref: ends.source,
    target_ref: ends.target,
  };
}

function head(id: string, framework: Framework): TechniqueObject {
  return {
    type: id.slice(0, id.indexOf('--')),
    spec_version: '2.1',
    id,
    created_by_ref: telecomExtensionAuthor.id,
    created: frameworkReleases[framework].published,
    modified: tablesChanged,
    object_marking_refs: [tlpMarkingId('clear')],
  };
}
