import { attackNumber, techniqueReference } from '@belltower/telecom';
import { cleanText } from '../framework-object.ts';
import type { Json } from '../json.ts';
import type { Cluster } from './read-galaxy.ts';

/** References and synonyms of one cluster; more are left out. */
const mostTexts = 1_000;

/** The texts of a field that has one or a list of them. */
export function textsOf(field: unknown): readonly string[] {
  const all = Array.isArray(field) ? field.slice(0, mostTexts) : [field];
  const texts = all.flatMap((item) => (typeof item === 'string' ? cleanText(item) : []));
  return [...new Set(texts)].filter((text) => text !== '');
}

/** What a cluster refers to (STIX 2.1 §2.5): its own numbers, techniques that its references name, addresses and other texts. */
export function clusterReferences({ meta }: Cluster, source: string): readonly Json[] {
  const numbers = textsOf(meta['external_id']);
  const texts = textsOf(meta['refs']);
  const own = numbers.map((number) => numbered(source, number));
  const others = [
    ...(source === 'gsma-motif' ? texts.flatMap(techniquesIn) : []),
    ...(source === 'mitre-fight' ? numbers.flatMap((number) => attackNumber(number) ?? []) : []),
  ].map(techniqueReference);
  const urls = new Set([...own, ...others].map((one) => one['url']));
  const given = texts
    .filter((text) => !urls.has(text))
    .map((text) =>
      /^https?:\/\/[^\s<>"{}|\\^`]{1,2000}$/.test(text)
        ? { source_name: source, url: text }
        : { source_name: source, description: text },
    );
  const distinct = new Map([...own, ...others, ...given].map((one) => [JSON.stringify(one), one]));
  return [...distinct.values()];
}

function numbered(source: string, number: string): Json {
  const known =
    (source === 'mitre-attack' && /^T\d{4}(?:\.\d{3})?$/.test(number)) ||
    (source === 'mitre-fight' && /^FGT\d{4}(?:\.\d{3})?$/.test(number));
  return known ? techniqueReference(number) : { source_name: source, external_id: number };
}

/** Numbers of techniques of ATT&CK and FiGHT in a text, as in `ATT&CK Enterprise: Trusted Relationship (T1199)`. */
function techniquesIn(text: string): readonly string[] {
  return text.match(/\b(?:FG)?T\d{4}(?:\.\d{3})?\b/g) ?? [];
}
