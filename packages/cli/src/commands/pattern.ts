import { readStixText } from '@belltower/formats';
import type { Pattern, PatternError } from '@belltower/stix';
import { checkPattern, matchPattern, parsePattern, printPattern, readObservations } from '@belltower/stix';
import { telecomTypes } from '@belltower/telecom';
import type { Command } from 'commander';
import { CommandError, exitCodes } from '../command-error.ts';
import { readSource } from '../input/read-source.ts';
import { printable } from '../output/printable.ts';
import { note, print, printJson, styled } from '../output/terminal.ts';
import { teaching, withJson } from './teaching.ts';

interface Options {
  readonly json?: boolean;
}

/** `belltower pattern check|match` */
export function patternCommand(): Command {
  return teaching('pattern', {
    summary: 'check STIX patterns, and match them against observed data',
    examples: [
      `pattern check "[ipv4-addr:value = '198.51.100.7']"`,
      `pattern match "[domain-name:value LIKE '%.example']" observed.json`,
    ],
  })
    .addCommand(checkSubcommand())
    .addCommand(matchSubcommand());
}

function checkSubcommand(): Command {
  const command = teaching('check', {
    summary: 'say whether a text is a STIX pattern',
    about:
      'Says whether a text is a STIX pattern (STIX 2.1 §9), and where it is not.\n\nExit code: 0 it is, 1 it is not, 2 wrong usage.',
    examples: [
      `pattern check "[url:value = 'http://a.example/'] WITHIN 5 MINUTES"`,
      'pattern check "$(cat pattern.txt)" --json',
    ],
  });
  return withJson(command)
    .argument('<pattern>', 'the pattern, in quotation marks of the shell')
    .action(async (text: string, { json }: Options) => {
      const parsed = parsePattern(text);
      const findings = parsed.ok ? checkPattern(parsed.pattern, telecomTypes) : [];
      const valid = parsed.ok && findings.every((finding) => finding.level !== 'must');
      if (!valid) process.exitCode = exitCodes.no;
      if (json === true) {
        const errors = parsed.ok ? [] : parsed.errors;
        await printJson({
          valid,
          errors,
          findings,
          pattern: parsed.ok ? printPattern(parsed.pattern) : null,
        });
        return;
      }
      for (const error of parsed.ok ? [] : parsed.errors) await printSyntaxError(text, error);
      for (const { level, code, message, section } of findings) {
        // A type of one's own, or of an extension, is nothing to mend; one that is nearly a standard one may be.
        const own = code === 'unknown-object-type' && !message.includes('meant?');
        const mark = level === 'must' ? styled('red', 'error') : own ? 'note' : styled('yellow', 'warning');
        const more = own ? ' Its properties are not checked.' : '';
        await print(`${mark}  ${printable(message)}${more}  ${styled('dim', section)}`);
      }
      if (valid) await print(styled('green', 'A valid STIX pattern'));
    });
}

function matchSubcommand(): Command {
  const command = teaching('match', {
    summary: 'match a pattern against observed-data objects',
    about:
      'Matches a pattern against the observed-data objects of a file: a bundle, a list of bundles or objects, or NDJSON. ' +
      'Prints the ids of those that match together.\n\nExit code: 0 match, 1 no match, 2 error.',
    examples: [
      `pattern match "[ipv4-addr:value = '198.51.100.7']" observed.json`,
      `pull --collection sightings | belltower pattern match "[signalling-message:count > 5]" -`,
    ],
  });
  return withJson(command)
    .argument('<pattern>', 'the pattern, in quotation marks of the shell')
    .argument('<file>', 'a file, or - for standard input')
    .action(async (text: string, file: string, { json }: Options) => {
      const pattern = parseOrThrow(text);
      const { observations, problems } = readObservations(bundlesOf(file, await readSource(file)));
      for (const { id, message } of problems)
        note(`belltower: ${printable(`${id || 'An object'} is left out: ${message}`)}`);
      const match = matchPattern(pattern, observations);
      if (match.kind === 'error') throw new CommandError(match.message);
      const ids = match.kind === 'match' ? match.observedDataIds : [];
      if (match.kind === 'no-match') process.exitCode = exitCodes.no;
      if (json === true) {
        await printJson({
          match: match.kind === 'match',
          observedData: ids,
          looked: observations.length,
          problems,
        });
        return;
      }
      for (const id of ids) await print(printable(id));
      if (match.kind === 'no-match')
        note(
          `No match among ${observations.length} observed-data ${observations.length === 1 ? 'object' : 'objects'}.`,
        );
    });
}

function parseOrThrow(text: string): Pattern {
  const parsed = parsePattern(text);
  if (parsed.ok) return parsed.pattern;
  const [error] = parsed.errors;
  const where = error === undefined ? '' : `: ${error.message} (line ${error.line}, column ${error.column})`;
  throw new CommandError(`This is not a STIX pattern${where}`);
}

/** What the file holds, as bundles and one list of what stands in none: references stay within one of these. */
function bundlesOf(file: string, text: string): readonly unknown[] {
  const read = readStixText(text);
  if (!read.ok) throw new CommandError(`${file} cannot be used: ${read.message}.`);
  return read.items.map((item) => (item.kind === 'bundle' ? item.value : item.object.value));
}

async function printSyntaxError(
  text: string,
  { message, line, column, section }: PatternError,
): Promise<void> {
  const before = text.split(/\r\n?|\n/)[line - 1] ?? '';
  await print(`${styled('red', 'error')}  ${printable(message)}  ${styled('dim', section)}`);
  await print(`  ${printable(before)}`);
  await print(`  ${' '.repeat(column - 1)}${styled('red', '^')}`);
}
