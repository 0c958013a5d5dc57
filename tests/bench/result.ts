/** One line of the table: what was measured, beside what the same machine did at the same time without Belltower. */
export interface Result {
  readonly engine: string;
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  /** What each round and each run gave, where there were several; `value` is their median. */
  readonly samples?: readonly number[];
  readonly yardstick?: { readonly name: string; readonly value: number };
  /** Value by yardstick; the median of the rounds where both were measured in turns. */
  readonly ratio?: number;
  /** Microseconds of a processor for each unit: of the node, and of the yardstick where that is a server. */
  readonly processor?: { readonly value: number; readonly yardstick?: number };
}

/** Two speeds that were measured in turns, so that the machine's moods meet both. */
export interface Comparison {
  readonly value: number;
  readonly yardstick: number;
  readonly ratio: number;
  /** The subject's value in each round. */
  readonly samples: readonly number[];
}

export type Speed = () => Promise<number>;

/** Measures both once unseen, to warm them up, and then `rounds` times in turns. */
export async function compare(
  subject: Speed,
  yardstick: Speed,
  { rounds }: { readonly rounds: number },
): Promise<Comparison> {
  await subject();
  await yardstick();
  const pairs: (readonly [number, number])[] = [];
  for (let round = 0; round < rounds; round += 1) pairs.push([await subject(), await yardstick()]);
  const samples = pairs.map(([value]) => value);
  return {
    value: median(samples),
    yardstick: median(pairs.map(([, value]) => value)),
    ratio: median(pairs.map(([value, other]) => value / other)),
    samples,
  };
}

/** One line for each thing that was measured, out of several runs: medians, and the values of all rounds. */
export function combineRuns(results: readonly Result[]): readonly Result[] {
  const lines = Map.groupBy(results, ({ engine, name }) => `${engine}\n${name}`);
  return [...lines.values()].flatMap((runs) => {
    const [first] = runs;
    if (first === undefined || runs.length === 1) return runs;
    const { engine, name, unit, yardstick, processor } = first;
    const medianOf = (pick: (result: Result) => number | undefined) =>
      median(runs.flatMap((run) => pick(run) ?? []));
    const ratio = medianOf((run) => run.ratio);
    const other = medianOf((run) => run.processor?.yardstick);
    return {
      engine,
      name,
      unit,
      value: medianOf((run) => run.value),
      samples: runs.flatMap((run) => run.samples ?? [run.value]),
      ...(yardstick === undefined
        ? {}
        : { yardstick: { name: yardstick.name, value: medianOf((run) => run.yardstick?.value) } }),
      ...(Number.isNaN(ratio) ? {} : { ratio }),
      ...(processor === undefined
        ? {}
        : {
            processor: {
              value: medianOf((run) => run.processor?.value),
              ...(Number.isNaN(other) ? {} : { yardstick: other }),
            },
          }),
    };
  });
}

/** The value below which that share of them lies; the mean of two for the median of an even number. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
