import { parseArgs } from 'node:util';

/** What can be measured, in the order of the table. */
export const scenarioNames = [
  'start',
  'ingest',
  'pages',
  'match',
  'pull',
  'stalls',
  'live',
  'sizes',
  'formats',
] as const;
export type ScenarioName = (typeof scenarioNames)[number];

/** How much is measured, and how long. */
export interface BenchOptions {
  readonly quick: boolean;
  /** How often everything is measured, each time on an empty database. */
  readonly runs: number;
  /** Objects in the large collection; a multiple of 1,000. */
  readonly objects: number;
  /** Objects in the largest collection. */
  readonly largest: number;
  /** Seconds that filling it may take: it stays smaller then. */
  readonly loading: number;
  /** Bundles of 30 MB that are published while others wait. */
  readonly largeBundles: number;
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
  /** A document that gets the figures. */
  readonly markdown: string | undefined;
  /** A directory for the node's CPU profiles. */
  readonly profile: string | undefined;
}

export const usage = `npm run bench -- [--quick] [--runs N] [--only NAME]... [--markdown FILE] [--json FILE]
               [--objects N] [--largest N] [--profile DIRECTORY]
  --quick          small sizes, less than two minutes for both engines
  --runs N         measures everything N times (1): medians, and the least and the most
  --only NAME      one of ${scenarioNames.join(', ')}; can be given more than once
  --markdown FILE  writes the table into a document, between its markers (docs/benchmarks.md)
  --json FILE      where the results go (bench-<date>.json)
  --objects N      objects in the large collection (50,000; rounded to thousands, 3,000 at least)
  --largest N      objects in the largest one (500,000)
  --profile D      writes CPU profiles of the node into a directory
PostgreSQL is measured as well where BELLTOWER_TEST_DATABASE_URL names one.`;

/** Reads the command line. Throws with a sentence for what it does not understand; undefined when help is asked for. */
export function readOptions(args: readonly string[], date: string): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      runs: { type: 'string', default: '1' },
      objects: { type: 'string' },
      largest: { type: 'string' },
      only: { type: 'string', multiple: true, default: [] },
      json: { type: 'string' },
      markdown: { type: 'string' },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const { quick } = values;
  return {
    quick,
    runs: readNumber('--runs', values.runs, 100),
    objects: readObjects('--objects', values.objects ?? (quick ? '6000' : '50000')),
    largest: readObjects('--largest', values.largest ?? (quick ? '12000' : '500000')),
    loading: quick ? 10 : 240,
    largeBundles: quick ? 1 : 4,
    slice: quick ? 0.4 : 1.2,
    rounds: quick ? 2 : 4,
    live: quick ? 2 : 12,
    starts: quick ? 1 : 5,
    scenarios: values.only.length === 0 ? scenarioNames : values.only.map(readScenario),
    markdown: values.markdown,
    json: values.json ?? `bench-${date}.json`,
    profile: values.profile,
  };
}

function readObjects(option: string, text: string): number {
  return Math.max(3, Math.round(readNumber(option, text, 99_999_999) / 1_000)) * 1_000;
}

function readNumber(option: string, text: string, most: number): number {
  const value = /^\d{1,8}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= most) return value;
  throw new Error(`${option} takes a number from 1 to ${most}, not ${text}`);
}

function readScenario(text: string): ScenarioName {
  const found = scenarioNames.find((name) => name === text);
  if (found === undefined) throw new Error(`--only takes ${scenarioNames.join(', ')}, not ${text}`);
  return found;
}
