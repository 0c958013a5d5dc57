import type { Command } from 'commander';
import { readingBackup } from '../input/reading-backup.ts';
import { amountOf, printDigests } from '../output/print-digests.ts';
import { note, print, printJson } from '../output/terminal.ts';
import { loadServer } from '../session/storage-options.ts';
import { untilInterrupted } from '../until-interrupted.ts';
import { teaching, withJson } from './teaching.ts';

/** `belltower backup verify FILE`: exit code 0 when the file is whole, else 2. */
export function backupVerifySubcommand(): Command {
  const command = teaching('verify', {
    summary: 'say whether a backup is whole, and what it holds',
    about:
      'Reads a backup to its end and restores nothing. What each collection holds is compared with the digest that was taken ' +
      'when the backup was made.\n\nExit code: 0 the file is whole, 2 it is damaged or no backup.',
    examples: ['backup verify belltower-2026-11-22.backup', 'backup verify tonight.backup --json'],
  });
  return withJson(command)
    .argument('<file>', 'what "belltower backup" wrote')
    .action(async (file: string, _own: unknown, self: Command) => {
      // The command above has a --json of its own, which takes ours.
      const { json } = self.optsWithGlobals<{ readonly json?: boolean }>();
      using signal = untilInterrupted();
      const { verifyBackup } = await loadServer();
      const { header, rows, digests } = await readingBackup(file, () => verifyBackup(file, signal));
      const taken = new Date(header.started / 1_000).toISOString();
      if (json === true) {
        return printJson({ file, rows, taken, program: header.program, collections: digests ?? null });
      }
      if (digests !== undefined) await printDigests(digests, 'as it should be');
      else note('An older program made this backup, without digests to compare its content with.');
      const what = digests === undefined ? `${rows} records` : amountOf(digests);
      await print(`${file} is whole: ${what}, as of ${taken}.`);
    });
}
