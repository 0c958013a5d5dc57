import type { ListedIndicator } from '../indicator/read-indicator.ts';
import type { Loss, Written } from '../loss.ts';

const declaration = /(?:^|\n)\s*(?:(?:global|private)\s+)*rule\s+([A-Za-z_]\w{0,127})/g;

/** The YARA rules that indicators carry, in one file. A rule whose name stands in it already is left out: a compiler takes each name once. */
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
    const own = [...rule.text.matchAll(declaration)].map(([, name = '']) => name);
    const twice = own.find((name) => names.has(name));
    if (own.length === 0) losses.push({ at: id, what: 'rule', why: 'Its pattern declares no YARA rule.' });
    else if (twice !== undefined)
      losses.push({ at: id, what: `rule ${twice}`, why: 'A rule of this name stands in the file already.' });
    else {
      for (const name of own) names.add(name);
      for (const [, module = ''] of rule.text.matchAll(/^\s*import\s+"(\w+)"/gm)) imports.add(module);
      bodies.push(rule.text.replace(/^\s*import\s+"\w+"\s*$/gm, '').trim());
    }
  }
  const head = [...imports].sort().map((module) => `import "${module}"\n`);
  return { text: [...head, ...bodies.map((body) => `${body}\n\n`)].join(''), count: names.size, losses };
}
