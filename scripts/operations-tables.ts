// Writes the tables of docs/operations.md anew: settings, metrics and log events, from where the program declares them. What
// stands between `<!-- name: begin -->` and `<!-- name: end -->` belongs to this script. With --check it writes nothing and fails when the
// document is not what it would write.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { settingRows } from '../packages/server/src/platform/config/setting-rows.ts';
import { logEvents } from '../packages/server/src/platform/telemetry/log-events.ts';
import { createMetrics } from '../packages/server/src/platform/telemetry/metrics.ts';

const document = fileURLToPath(new URL('../docs/operations.md', import.meta.url));

const tables: Readonly<Record<string, () => readonly string[]>> = { settings, metrics, 'log events': events };

const current = readFileSync(document, 'utf8');
const text = Object.entries(tables).reduce((before, [name, rows]) => fill(before, name, rows()), current);
if (!process.argv.includes('--check')) writeFileSync(document, text);
else if (text !== current) {
  console.log('docs/operations.md is out of date: npm run docs');
  process.exitCode = 1;
}

function fill(before: string, name: string, rows: readonly string[]): string {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`docs/operations.md has no place for the ${name}`);
  return `${before.slice(0, from)}${begin}\n\n${rows.join('\n')}\n\n${before.slice(to)}`;
}

function settings(): readonly string[] {
  const lines = settingRows().flatMap(({ title, rows }) => [
    row([`**${title}**`, '', '']),
    ...rows.map(({ name, fallback, unit, allowed, fromFile, says }) => {
      const unset = fallback === undefined ? '' : `\`${fallback}\``;
      const bounds = /^(a text of 1 to|an address that begins)/.test(allowed) ? '' : ` Has to be ${allowed}.`;
      const file = fromFile ? ` \`${name}_FILE\` names a file that holds it.` : '';
      const counted = unit === undefined || unset === '' ? unset : `${unset} ${unit}`;
      return row([`\`${name}\``, counted, `${says}${bounds}${file}`]);
    }),
  ]);
  return [row(['setting', 'without it', 'what it decides']), '|---|---|---|', ...lines];
}

function metrics(): readonly string[] {
  const lines = createMetrics()
    .registry.getMetricsAsArray()
    .map((metric) => {
      const labels: unknown = Reflect.get(metric, 'labelNames');
      const names = Array.isArray(labels) ? labels.filter((label) => label !== 'le') : [];
      return row([`\`${metric.name}\``, names.map((label) => `\`${label}\``).join(', '), metric.help]);
    });
  return [row(['metric', 'labels', 'what it tells']), '|---|---|---|', ...lines];
}

function events(): readonly string[] {
  const lines = Object.entries(logEvents).map(([name, { level, fields, says }]) =>
    row([`\`${name}\``, level, fields.map((field) => `\`${field}\``).join(', '), says]),
  );
  return [row(['event', 'level', 'fields', 'what happened']), '|---|---|---|---|', ...lines];
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}
