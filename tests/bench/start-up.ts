import { startProcess } from './child-process.ts';
import type { BenchOptions } from './options.ts';
import type { Place } from './place.ts';
import type { Comparison } from './result.ts';
import { compare } from './result.ts';

/** How a node finds its code: compiled by an earlier start, or as source only. */
export type StartKind = 'compiled before' | 'never compiled';

/** Milliseconds from the start of a process until it accepts requests: of a node on an empty database, and of a bare server. */
export function startUp(
  open: () => Promise<Place>,
  settings: Readonly<Record<string, string>>,
  { starts, kind }: Pick<BenchOptions, 'starts'> & { readonly kind: StartKind },
): Promise<Comparison> {
  const own = kind === 'compiled before' ? settings : { ...settings, NODE_DISABLE_COMPILE_CACHE: '1' };
  return compare(
    async () => {
      await using place = await open();
      // Awaited here: the place has to last until the node has ended.
      return await readyTime('node', { ...own, ...place.settings });
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
