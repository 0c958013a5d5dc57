import { startProcess } from './child-process.ts';
import type { BenchOptions } from './options.ts';
import type { Place } from './place.ts';
import type { Comparison } from './result.ts';
import { compare } from './result.ts';

/** Milliseconds from the start of a process until it accepts requests: of a node, and of a bare server. */
export function startUp(
  open: () => Promise<Place>,
  settings: Readonly<Record<string, string>>,
  { starts }: Pick<BenchOptions, 'starts'>,
): Promise<Comparison> {
  return compare(
    async () => {
      await using place = await open();
      // Awaited here: the place has to last until the node has ended.
      return await readyTime('node', { ...settings, ...place.settings });
    },
    () => readyTime('bare-server', {}),
    { rounds: starts },
  );
}

async function readyTime(
  program: 'node' | 'bare-server',
  settings: Readonly<Record<string, string>>,
): Promise<number> {
  await using running = await startProcess(program, settings);
  return running.ready;
}
