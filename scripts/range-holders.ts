import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Writes the table of who was given which range of telephone numbers anew, from the folder resources/carrier/en of google/libphonenumber:
// one file for each calling code, with lines of a prefix (calling code and all), | and a name.

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node scripts/range-holders.ts FOLDER');
const target = join(import.meta.dirname, '../packages/telecom/src/numbering/range-holders-table.ts');

/** Prefixes by their digits; a name holds for everything below that has none of its own. */
interface Branch {
  name?: string;
  readonly next: Map<string, Branch>;
}

const rows = readdirSync(folder)
  .flatMap((file) => /^(\d{1,3})\.txt$/.exec(file)?.[1] ?? [])
  .toSorted()
  .map((code) => [code, packed(grown(code))] as const);
writeFileSync(
  target,
  [
    '/**',
    ' * Who was given which range of telephone numbers, by calling code: name=prefixes, with ; between names. Prefixes are without calling code;',
    ' * 46[05] stands for 460 and 465. The longest prefix holds. Made by scripts/range-holders.ts from the carrier data of libphonenumber.',
    ' */',
    'export const rangeHoldersTable: Readonly<Record<string, string>> = {',
    ...rows.map(([code, row]) => `  '${code}': ${JSON.stringify(row)},`),
    '};',
    '',
  ].join('\n'),
);

function grown(code: string): Branch {
  const root: Branch = { next: new Map() };
  for (const line of readFileSync(join(folder ?? '', `${code}.txt`), 'utf8').split('\n')) {
    const [, digits = '', name = ''] = /^(\d+)\|(.+)$/.exec(line) ?? [];
    if (!digits.startsWith(code)) continue;
    let branch = root;
    for (const digit of digits.slice(code.length)) {
      const next = branch.next.get(digit) ?? { next: new Map() };
      branch.next.set(digit, next);
      branch = next;
    }
    branch.name = name.replace(/[=;]/g, ' ').trim();
  }
  lift(root);
  return root;
}

/** Where all ten digits have names, the most frequent one stands before them. */
function lift(branch: Branch): void {
  const below = [...branch.next.values()];
  below.forEach(lift);
  if (branch.name !== undefined || below.length < 10) return;
  const counts = new Map<string, number>();
  for (const { name } of below) {
    if (name === undefined) return;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted(([, one], [, other]) => other - one);
  if (most !== undefined && most[1] > 1) branch.name = most[0];
}

function packed(root: Branch): string {
  const byName = new Map<string, Map<string, string>>();
  const walk = (branch: Branch, digits: string, inherited: string | undefined) => {
    if (branch.name !== undefined && branch.name !== inherited) {
      const stems = byName.get(branch.name) ?? new Map<string, string>();
      byName.set(branch.name, stems);
      const stem = digits.slice(0, -1);
      stems.set(stem, (stems.get(stem) ?? '') + digits.slice(-1));
    }
    for (const [digit, next] of [...branch.next].toSorted(([one], [other]) => (one < other ? -1 : 1)))
      walk(next, digits + digit, branch.name ?? inherited);
  };
  walk(root, '', undefined);
  return [...byName]
    .map(([name, stems]) => {
      const prefixes = [...stems].map(([stem, last]) =>
        last.length === 1 ? stem + last : `${stem}[${last}]`,
      );
      return `${name}=${prefixes.join(',')}`;
    })
    .join(';');
}
