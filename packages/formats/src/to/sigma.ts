import { derivedUuid } from '../derived-uuid.ts';
import type { ListedIndicator } from '../indicator/read-indicator.ts';
import type { Target, TargetKind } from '../indicator/target.ts';
import type { Written } from '../loss.ts';
import { entriesOf, oneLine } from './entries.ts';
import { carriedSigmaRules } from './sigma-carried.ts';
import { type SigmaSource, sigmaSources } from './sigma-sources.ts';
import { type YamlValue, yamlDocument } from './yaml-document.ts';

const carries: ReadonlySet<TargetKind> = new Set(sigmaSources.flatMap(({ kinds }) => kinds));

/**
 * Sigma rules (specification 2.0), each a document of its own in one file: of each indicator one for every kind of log that can show
 * its values, and the rules that indicators carry.
 */
export function writeSigma(indicators: readonly ListedIndicator[]): Written {
  const { entries, losses } = entriesOf(
    indicators.map((one) => (one.rule?.language === 'sigma' ? { ...one, rule: undefined } : one)),
    { carries, format: 'A Sigma rule', ports: true },
  );
  const targets = new Map<ListedIndicator, Target[]>();
  for (const { target, indicator } of entries) {
    const own = targets.get(indicator);
    if (own === undefined) targets.set(indicator, [target]);
    else own.push(target);
  }
  const rules = [...targets].flatMap(([indicator, own]) =>
    sigmaSources.flatMap((source) => {
      const seen = own.filter(({ kind }) => source.kinds.includes(kind));
      return seen.length === 0 ? [] : [ruleOf(indicator, source, source.select(seen))];
    }),
  );
  const carried = carriedSigmaRules(indicators, new Set(rules.map(({ id }) => String(id))));
  const documents = [...rules, ...carried.rules];
  return {
    text: documents.map(yamlDocument).join(''),
    count: documents.length,
    losses: [...losses, ...carried.losses],
  };
}

function ruleOf(
  indicator: ListedIndicator,
  { name, says, logsource, falsePositive }: SigmaSource,
  selections: readonly YamlValue[],
): { readonly [key: string]: YamlValue } {
  const { id, created, modified, references, validUntil, description } = indicator;
  const urls = [...new Set(references.map(({ url }) => oneLine(url, 2_000)))].filter((url) =>
    /^https?:\/\//i.test(url),
  );
  const made = dayOf(created);
  const changed = dayOf(modified);
  const until = validUntil === undefined ? '' : ` Valid until ${oneLine(validUntil, 40)}.`;
  const about = oneLine(description, 2_000);
  return {
    title: `${oneLine(indicator.name, 180) || 'Indicator'}: ${says}`,
    id: derivedUuid(`${id} sigma ${name}`),
    status: 'experimental',
    description: `${about}${about === '' ? '' : ' '}Made of ${oneLine(id, 200)}.${until}`,
    ...(urls.length > 0 ? { references: urls } : {}),
    ...(made === undefined ? {} : { date: made }),
    ...(changed === undefined ? {} : { modified: changed }),
    tags: tagsOf(indicator),
    logsource,
    detection: {
      ...Object.fromEntries(selections.map((selection, at) => [`selection_${at + 1}`, selection])),
      condition: '1 of selection_*',
    },
    falsepositives: [falsePositive],
    level: levelOf(indicator.confidence),
  };
}

function dayOf(moment: string): string | undefined {
  return /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))T/.exec(moment)?.[1];
}

/** STIX's own scale of words for confidence (STIX 2.1, appendix A); what nobody has rated is in the middle. */
function levelOf(confidence: number | undefined): 'low' | 'medium' | 'high' {
  if (confidence === undefined) return 'medium';
  if (confidence >= 70) return 'high';
  return confidence >= 30 ? 'medium' : 'low';
}

/** Tags of Sigma's own name spaces (tags appendix 2.1). */
function tagsOf({ tlp, references }: ListedIndicator): readonly string[] {
  const tags = references.flatMap(({ source, id }) => {
    if (source === 'mitre-attack' && /^(?:T\d{4}(?:\.\d{3})?|[GS]\d{4})$/.test(id))
      return [`attack.${id.toLowerCase()}`];
    const [, cve] = source === 'cve' ? (/^CVE-(\d{4}-\d{4,})$/.exec(id) ?? []) : [];
    return cve === undefined ? [] : [`cve.${cve}`];
  });
  // Amber with strict is spelt with a plus sign elsewhere.
  const all = tlp === undefined ? tags : [`tlp.${tlp.replace('+', '-')}`, ...tags];
  return [...new Set(all)];
}
