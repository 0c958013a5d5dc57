import { concealedForms, concealedValues, explain, observableKindNames } from '@belltower/telecom';
import type { Command } from 'commander';
import { CommandError, exitCodes } from '../command-error.ts';
import { readKeyRing } from '../files/key-ring-file.ts';
import { readObjects } from '../input/read-objects.ts';
import { readSource } from '../input/read-source.ts';
import { printable } from '../output/printable.ts';
import { note, print, printJson } from '../output/terminal.ts';
import { currentMoment, readMoment } from '../session/moment.ts';
import { teaching, withJson } from './teaching.ts';

interface Options {
  readonly keys: string;
  readonly since?: string;
  readonly json?: boolean;
}

interface Match {
  readonly value: string;
  readonly kind: string;
  readonly key: string;
  /** The id of the object that is about it. */
  readonly object: string;
}

/** `belltower match VALUES FILE…`: exit code 0 when something matches, 1 when nothing does, 2 when a file cannot be used. */
export function matchCommand(): Command {
  const command = teaching('match', {
    summary: 'find your own subscribers in what others concealed',
    about:
      'Reads a list of your own values, one a line (+32475123456, imsi:206011234567890, imei:490154203237518), and STIX objects, and tells which of the ' +
      'objects are about one of them: concealed identifiers, and indicators whose pattern asks for one. Values are concealed on this machine; nothing is sent.\n\n' +
      'Exit code: 0 something matches, 1 nothing does, 2 a file cannot be used.',
    examples: [
      'match subscribers.txt report.json --keys ring.json',
      'pull --collection fraud | belltower match subscribers.txt - --keys ring.json --since 2026-01-01',
    ],
  });
  return withJson(command, 'print [{value, kind, key, object}]')
    .argument('<values>', 'a file with a value on each line')
    .argument('<file...>', 'bundles, objects, lists or NDJSON; - is standard input')
    .requiredOption('--keys <file>', 'the file of keys, see "belltower key"')
    .option('--since <time>', 'also with keys that have ended since then')
    .action(async (values: string, files: readonly string[], { keys, since, json }: Options) => {
      const to = currentMoment();
      const from = since === undefined ? to : readMoment(since);
      if (from > to) throw new CommandError('--since lies in the future.');
      const ring = await readKeyRing(keys);
      const known = new Map<string, readonly Omit<Match, 'object'>[]>();
      let nobody = 0;
      for (const line of (await readSource(values)).split('\n')) {
        const text = line.trim();
        if (text === '' || text.startsWith('#')) continue;
        const read = explain(text, observableKindNames).flatMap(({ observable }) =>
          concealedForms(observable, ring, { from, to }),
        );
        // A number is a sender of short messages as well, and the same subscriber.
        const forms = [...new Map(read.map((form) => [form.value, form])).values()];
        if (forms.length === 0) nobody += 1;
        for (const { of, key_id, value } of forms)
          known.set(value, [...(known.get(value) ?? []), { value: text, kind: of, key: key_id }]);
      }
      if (nobody > 0)
        note(
          `belltower: ${nobody === 1 ? '1 line names' : `${nobody} lines name`} no subscriber, card or device, or no key holds.`,
        );
      const objects = (await Promise.all(files.map(readObjects))).flat();
      const matches = objects.flatMap((object) => {
        const id = typeof object['id'] === 'string' ? object['id'] : '';
        return concealedValues(object).flatMap((value) =>
          (known.get(value) ?? []).map((one) => ({ ...one, object: id })),
        );
      });
      if (matches.length === 0) process.exitCode = exitCodes.no;
      if (json === true) return printJson(matches);
      for (const { value, kind, key, object } of matches)
        await print(`${printable(value)}  ${kind}  ${printable(key)}  ${printable(object)}`);
      if (matches.length === 0)
        note(`No match in ${objects.length} ${objects.length === 1 ? 'object' : 'objects'}.`);
    });
}
