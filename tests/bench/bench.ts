import type { RunningProcess } from './child-process.ts';
import type { Member } from './community.ts';
import type { LoadClient } from './load-client.ts';
import type { BenchOptions } from './options.ts';
import type { Comparison, Result } from './result.ts';

/** What every scenario works on: a node with its members, a bare server beside it, a client of each, and the place for results. */
export interface Bench {
  readonly options: BenchOptions;
  readonly node: RunningProcess;
  readonly bareServer: RunningProcess;
  readonly members: readonly [Member, ...Member[]];
  readonly bare: LoadClient;
  readonly report: (result: Omit<Result, 'engine'>) => void;
}

/** Reports a comparison as one line. */
export function reportComparison(
  { report }: Pick<Bench, 'report'>,
  line: {
    readonly name: string;
    readonly unit: string;
    readonly yardstick: string;
    readonly processor?: Result['processor'];
  },
  { value, yardstick, ratio, samples }: Comparison,
): void {
  report({
    name: line.name,
    unit: line.unit,
    value,
    samples,
    yardstick: { name: line.yardstick, value: yardstick },
    ratio,
    ...(line.processor === undefined ? {} : { processor: line.processor }),
  });
}
