import { parseArgs } from 'node:util';

/** What can be measured, in the order of the table. */
export const scenarioNames = ['start', 'ingest', 'pages', 'match', 'pull', 'sizes', 'live'] as const;
export type ScenarioName = (typeof scenarioNames)[number];

/** How much is measured, and how long. */
export interface BenchOptions {
  /** Objects in the large collection; a multiple of 1,000. */
  readonly objects: number;
  /** Seconds of one slice of load; slices of the node and of its yardstick take turns. */
  readonly slice: number;
  /** Slices of each. */
  readonly rounds: number;
  /** Seconds of publishing on a live stream. */
  readonly live: number;
  /** Starts of a process, of which the median counts. */
  readonly starts: number;
  readonly scenarios: readonly ScenarioName[];
  /** Where the results are written as JSON. */
  readonly json: string;
  /** A directory for the node's CPU profiles. */
  readonly profile: string | undefined;
}

export const usage = `npm run bench -- [--quick] [--objects N] [--only NAME]... [--json FILE] [--profile DIRECTORY]
  --quick      small sizes, about half a minute
  --objects N  objects in the large collection (50,000; rounded to thousands, 3,000 at least)
  --only NAME  one of ${scenarioNames.join(', ')}; can be given more than once
  --json FILE  where the results go (bench-<date>.json)
  --profile D  writes CPU profiles of the node into a directory
PostgreSQL is measured as well where BELLTOWER_TEST_DATABASE_URL names one.`;

/** Reads the command line. Throws with a sentence for what it does not understand; undefined when help is asked for. */
export function readOptions(args: readonly string[], date: string): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      objects: { type: 'string' },
      only: { type: 'string', multiple: true, default: [] },
      json: { type: 'string' },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const { quick } = values;
  return {
    objects: readObjects(values.objects ?? (quick ? '6000' : '50000')),
    slice: quick ? 0.4 : 1.2,
    rounds: quick ? 2 : 4,
    live: quick ? 2 : 12,
    starts: quick ? 1 : 5,
    scenarios: values.only.length === 0 ? scenarioNames : values.only.map(readScenario),
    json: values.json ?? `bench-${date}.json`,
    profile: values.profile,
  };
}

function readObjects(text: string): number {
  if (!/^\d{1,8}$/.test(text)) throw new Error(`--objects takes a number, not ${text}`);
  return Math.max(3, Math.round(Number(text) / 1_000)) * 1_000;
}

function readScenario(text: string): ScenarioName {
  const found = scenarioNames.find((name) => name === text);
  if (found === undefined) throw new Error(`--only takes ${scenarioNames.join(', ')}, not ${text}`);
  return found;
}
