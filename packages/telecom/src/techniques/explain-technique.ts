import { notUnderstood, type Parsed, tidy, type Understood, understood } from '../parsed.ts';
import { fightMitigations } from './fight-mitigations.ts';
import { frameworkReleases } from './framework.ts';
import { type Technique, technique } from './technique.ts';

/** A technique that a text names by its number. */
export interface TechniqueNumber extends Understood<'technique'> {
  readonly technique: Technique;
}

/** Reads `FGT5012.008` and `mot3003.301`, the numbers of MITRE FiGHT and GSMA MoTIF. */
export function parseTechniqueNumber(text: string): Parsed<TechniqueNumber> {
  const found = technique(tidy(text));
  if (found === undefined) return notUnderstood('Neither FiGHT nor MoTIF has a technique of this number.');
  return understood({ kind: 'technique', raw: text, value: found.id, doubts: [], technique: found });
}

/** What a number of FiGHT or MoTIF means: undefined for every other text. */
export function explainTechnique(text: string) {
  const parsed = parseTechniqueNumber(text);
  if (!parsed.ok) return undefined;
  const { title, version } = frameworkReleases[parsed.value.technique.framework];
  return {
    observable: parsed.value,
    title: `technique of ${title}`,
    standard: `${title} ${version}`,
    personal: false,
    facts: techniqueFacts(parsed.value.technique),
    doubts: parsed.value.doubts,
  };
}

/** Name and value of what is known of a technique, for a person to read. */
export function techniqueFacts(one: Technique): readonly (readonly [name: string, value: string])[] {
  const whole = one.parent === undefined ? undefined : technique(one.parent);
  const helps = fightMitigations.filter(({ mitigates }) => mitigates.includes(one.id));
  const all: readonly (readonly [string, string | undefined])[] = [
    ['name', one.name],
    ['part of', whole === undefined ? undefined : `${whole.name} (${whole.id})`],
    ['tactics', one.tactics.map(({ name }) => name).join(', ')],
    ['what happens', one.says],
    ['seen', seen(one)],
    ['the same or near', one.links.join(', ')],
    ['what helps', helps.map(({ id, name }) => `${name} (${id})`).join(', ')],
  ];
  return all.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, value] as const],
  );
}

function seen({ status, observedWhere }: Technique): string | undefined {
  const words = status?.replaceAll('-', ' ');
  return words !== undefined && observedWhere !== undefined ? `${words} ${observedWhere}` : words;
}
