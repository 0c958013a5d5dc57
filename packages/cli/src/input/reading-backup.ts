import { CommandError } from '../command-error.ts';
import { Progress } from '../output/progress.ts';
import { readable } from './read-source.ts';

/** Runs what reads a backup, says on a terminal that it does, and throws CommandError for a file that is none or is damaged. */
export async function readingBackup<Result>(file: string, run: () => Promise<Result>): Promise<Result> {
  using progress = new Progress();
  progress.show(`Reading ${file} …`);
  try {
    return await run();
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : '';
    const unusable =
      name === 'ArchiveError' || (cause instanceof Error && Reflect.get(cause, 'path') === file);
    if (!unusable) throw cause;
    throw new CommandError(`${file} cannot be used: ${readable(cause)}.`, {
      advice: name === 'ArchiveError' ? 'Take another backup.' : undefined,
      cause,
    });
  }
}
