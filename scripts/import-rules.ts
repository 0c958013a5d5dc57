// Which way imports run (see ARCHITECTURE.md). Reads every import of the product's source and names each that breaks a
// rule; tests and test support may reach anywhere within their own package.
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Import {
  readonly from: string;
  /** A path below the root for a file of ours, else the name of a package. */
  readonly to: string;
  readonly line: number;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const pure = ['stix', 'telecom', 'formats', 'client'];
const packages: Readonly<Record<string, string>> = {
  '@belltower/stix': 'packages/stix/src/index.ts',
  '@belltower/telecom': 'packages/telecom/src/index.ts',
  '@belltower/formats': 'packages/formats/src/index.ts',
  '@belltower/client': 'packages/client/src/index.ts',
  '@belltower/server': 'packages/server/src/main.ts',
};

const rules: readonly { readonly says: string; readonly broken: (one: Import) => boolean }[] = [
  {
    says: 'a pure package imports pure packages only, and nothing of Node',
    broken: ({ from, to }) =>
      pure.includes(packageOf(from)) &&
      (to.startsWith('node:') || (ours(to) && !pure.includes(packageOf(to)))),
  },
  {
    says: 'a package is used through its entry point',
    broken: ({ from, to }) =>
      ours(to) && packageOf(from) !== packageOf(to) && !Object.values(packages).includes(to),
  },
  {
    says: 'the server uses no client and no command line',
    broken: ({ from, to }) => packageOf(from) === 'server' && ['client', 'cli'].includes(packageOf(to)),
  },
  {
    says: 'the platform knows no slice',
    broken: ({ from, to }) => from.startsWith('packages/server/src/platform/') && slice(to) !== undefined,
  },
  {
    says: 'a slice uses another through its index.ts',
    broken: ({ from, to }) =>
      slice(from) !== undefined &&
      slice(to) !== undefined &&
      slice(from) !== slice(to) &&
      !to.endsWith('/index.ts'),
  },
  {
    says: 'a slice does not import what assembles the slices',
    broken: ({ from, to }) =>
      slice(from) !== undefined && /^packages\/server\/src\/(main|serve|slices)\.ts$/.test(to),
  },
  {
    says: 'only the files of content/ name the tables of shared content',
    broken: ({ from, to }) =>
      /slices\/exchange\/content\/tables\.ts$/.test(to) && !from.includes('/exchange/content/'),
  },
  {
    says: 'a migration imports the platform only',
    broken: ({ from, to }) => from.includes('/migrations/') && slice(to) !== undefined,
  },
];

const imports = await readImports();
const broken = imports.flatMap((one) =>
  rules.filter((rule) => rule.broken(one)).map((rule) => ({ ...one, says: rule.says })),
);
for (const { from, line, to, says } of broken) console.log(`${from}:${line} imports ${to}: ${says}`);
const cycles = sliceCycles(imports);
for (const cycle of cycles) console.log(`The slices form a cycle: ${cycle.join(' → ')}`);
process.exitCode = broken.length + cycles.length === 0 ? 0 : 1;

async function readImports(): Promise<readonly Import[]> {
  const found: Import[] = [];
  for await (const from of glob('packages/*/src/**/*.ts', { cwd: root })) {
    if (/(\.test|\/testing|\/testing-[a-z-]+)\.ts$/.test(from) || from.includes('/testing/')) continue;
    const lines = readFileSync(join(root, from), 'utf8').split('\n');
    for (const [index, line] of lines.entries()) {
      const target = /(?:from|import\(|^import) ?'([^']+)'/.exec(line)?.[1];
      if (target !== undefined) found.push({ from, to: resolve(from, target), line: index + 1 });
    }
  }
  return found;
}

function resolve(from: string, target: string): string {
  return target.startsWith('.') ? normalize(join(dirname(from), target)) : (packages[target] ?? target);
}

function ours(path: string): boolean {
  return path.startsWith('packages/');
}

function packageOf(path: string): string {
  return ours(path) ? (path.split('/')[1] ?? '') : '';
}

function slice(path: string): string | undefined {
  return /^packages\/server\/src\/slices\/([^/]+)\//.exec(path)?.[1];
}

function sliceCycles(all: readonly Import[]): readonly (readonly string[])[] {
  const uses = new Map<string, Set<string>>();
  for (const { from, to } of all) {
    const [one, other] = [slice(from), slice(to)];
    if (one === undefined || other === undefined || one === other) continue;
    uses.set(one, (uses.get(one) ?? new Set()).add(other));
  }
  const found: string[][] = [];
  const visit = (path: readonly string[]) => {
    for (const next of uses.get(path.at(-1) ?? '') ?? []) {
      if (next === path[0]) found.push([...path, next]);
      else if (!path.includes(next)) visit([...path, next]);
    }
  };
  for (const start of uses.keys()) visit([start]);
  return found;
}
