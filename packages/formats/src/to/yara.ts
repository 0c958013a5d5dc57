import type { ListedIndicator } from '../indicator/read-indicator.ts';
import type { Loss, Written } from '../loss.ts';
import { readYaraText } from './yara-text.ts';

/**
 * The YARA rules that indicators carry, in one file. What would decide over the rules of others, or keep a compiler from taking the
 * file, is left out: global rules, rules whose name stands in it already, includes, and what has no end.
 */
export function writeYara(indicators: readonly ListedIndicator[]): Written {
  const names = new Set<string>();
  const imports = new Set<string>();
  const bodies: string[] = [];
  const losses: Loss[] = [];
  for (const { id, rule, targets } of indicators) {
    if (rule?.language !== 'yara') {
      const what = rule === undefined ? (targets[0]?.kind ?? 'pattern') : `rule in ${rule.language}`;
      losses.push({ at: id, what, why: 'A file of YARA rules holds YARA rules alone.' });
      continue;
    }
    const read = readYaraText(rule.text);
    if (typeof read === 'string') {
      losses.push({ at: id, what: 'rule', why: read });
      continue;
    }
    const { rules: own, isGlobal, body } = read;
    const twice = own.find((name, index) => names.has(name) || own.indexOf(name) !== index);
    if (own.length === 0) losses.push({ at: id, what: 'rule', why: 'Its pattern declares no YARA rule.' });
    else if (isGlobal)
      losses.push({ at: id, what: 'rule', why: 'A global rule decides over the rules of all others.' });
    else if (twice !== undefined)
      losses.push({ at: id, what: `rule ${twice}`, why: 'A rule of this name stands in the file already.' });
    else {
      for (const name of own) names.add(name);
      for (const module of read.imports) imports.add(module);
      bodies.push(body);
    }
  }
  const head = [...imports].sort().map((module) => `import "${module}"\n`);
  return { text: [...head, ...bodies.map((body) => `${body}\n\n`)].join(''), count: names.size, losses };
}
