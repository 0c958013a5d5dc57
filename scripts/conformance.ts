// Writes docs/conformance.md: every numbered rule of the exchange and of the standards that a test title names, with the
// tests that name it. With --check it writes nothing and fails when the document is not what it would write.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const document = join(root, 'docs/conformance.md');

/** The exchange's own rules, in a line each; ARCHITECTURE.md says more. */
const rules: readonly (readonly [string, string])[] = [
  [
    'L1',
    'An entry has a position from 1 without holes, a time that rises strictly, and the object exactly as accepted',
  ],
  ['L2', 'Publishing the same version again is no error and adds no entry'],
  ['L3', 'The same version with other content is refused, and the answer says what differs'],
  ['L4', 'A publish answers when its entries are durable'],
  ['L5', 'Entries become visible in the order of their positions'],
  ['L6', 'Withdrawal takes the content away from every read; position and fact remain'],
  ['L7', 'A newer version supersedes older ones in the default view'],
  ['L8', 'A revocation is carried like any version'],
  ['G1', 'Every object is validated, and one bad object does not sink the rest'],
  ['G2', 'The effective marking is the strictest of object, granular and default marking'],
  ['G3', 'What is one’s own goes to audiences that its marking allows'],
  ['G4', 'What belongs to others is passed on only as far as they allowed'],
  ['G5', 'Widening an audience shows its effect and is refused where a marking forbids it'],
  ['G6', 'What is refused is recorded with who, what, why'],
  ['G7', 'Publishing on behalf of another, or anonymously, where the collection allows it'],
  ['G8', 'What a publisher is told rests on nothing that they may not read'],
  ['G9', 'Subscribers who are named in plain are warned of, or refused where the collection says so'],
  ['R1', 'Reading from a position returns the entries after it, in order'],
  ['R2', 'A reader that resumes misses nothing'],
  ['R3', 'A right that ends stops reading within a second, on open streams as well'],
  ['R4', 'A slow reader slows nobody and is never skipped silently'],
  ['R5', 'What a reader gets does not depend on the node that it asks'],
];

interface Named {
  readonly file: string;
  readonly title: string;
}

const tests = await namedTests();
const text = render();
if (process.argv.includes('--check')) {
  const current = existsSync(document) ? readFileSync(document, 'utf8') : '';
  const untested = rules.filter(([id]) => titlesOf(id).length === 0).map(([id]) => id);
  if (untested.length > 0) console.log(`No test bears the number of: ${untested.join(', ')}`);
  if (current !== text) console.log('docs/conformance.md is out of date: npm run docs');
  process.exitCode = untested.length === 0 && current === text ? 0 : 1;
} else {
  writeFileSync(document, text);
  // `npm run docs` writes every generated document.
  await import('./operations-tables.ts');
  await import('./stix-telecom.ts');
}

async function namedTests(): Promise<readonly Named[]> {
  const found: Named[] = [];
  for (const pattern of ['packages/*/src/**/*.test.ts', 'tests/**/*.test.ts']) {
    for await (const file of glob(pattern, { cwd: root })) {
      const source = readFileSync(join(root, file), 'utf8');
      for (const [, , title = ''] of source.matchAll(
        /\b(?:test|it)\(\s*(['`"])((?:[LGR]\d|STIX 2\.1|TAXII 2\.1|RFC \d+|TAXII)[^\n]*?)\1/g,
      )) {
        found.push({ file, title: title.replaceAll(/\$\{[^}]*\}/g, '…') });
      }
    }
  }
  return found.sort((one, other) => (one.title + one.file < other.title + other.file ? -1 : 1));
}

function titlesOf(id: string): readonly Named[] {
  return tests.filter(({ title }) => new RegExp(`^(?:[LGR]\\d, ?)*${id}\\b`).test(title));
}

function render(): string {
  const lines = [
    '# Conformance',
    '',
    'Which test shows which rule. Written by `npm run docs` from the titles of the tests; `npm run check` fails when it is',
    'out of date or when a rule of the exchange has no test.',
    '',
    '## The exchange',
    '',
  ];
  for (const [id, says] of rules) {
    lines.push(`### ${id} · ${says}`, '', ...titlesOf(id).map(line), '');
  }
  const standards = tests.filter(({ title }) => !/^[LGR]\d/.test(title));
  lines.push('## The standards', '', ...standards.map(line), '');
  return lines.join('\n');
}

function line({ file, title }: Named): string {
  return `- ${title.replace(/^(?:[LGR]\d,? ?)+/, '')} (\`${file}\`)`;
}
