import type { Explanation, Unvalidated } from '@belltower/telecom';
import { explain, explainMisfit, observableKinds } from '@belltower/telecom';
import type { Command } from 'commander';
import { exitCodes } from '../command-error.ts';
import { printable } from '../output/printable.ts';
import { printFields } from '../output/table.ts';
import { print, printJson, styled } from '../output/terminal.ts';
import { teaching, withJson } from './teaching.ts';

interface Options {
  readonly json?: boolean;
  readonly all?: boolean;
}

/** `belltower explain VALUE…`: exit code 0 when every value can be something, 1 when one cannot. */
export function explainCommand(): Command {
  const command = teaching('explain', {
    summary: 'say what a telecom identifier is, whose it is, and what is doubtful about it',
    about:
      'Says what a number, code or name of a telecom network is, which country and network it belongs to, and what is ' +
      'doubtful about it. A word before it tells the kind: gt:32475*, pc:ansi-24:1-2-3, imsi:206011234567890.\n\n' +
      'Nothing is looked up anywhere: the numbering plans and lists come with the program.\n\n' +
      'Exit code: 0 all can be something, 1 one of them cannot.',
    examples: [
      'explain +32475123456 206011234567890',
      'explain map:71 gt:32475*',
      'explain --all --json 2-013-1',
    ],
  });
  return withJson(command, 'print [{value, explanations, unvalidated}]')
    .argument('<value...>', 'what is to be explained')
    .option('--all', 'print what else it could be, not the most likely alone')
    .action(async (values: readonly string[], { json, all }: Options) => {
      const explained = values.map((value) => {
        const explanations = explain(value);
        const unvalidated = explanations.length === 0 ? explainMisfit(value) : undefined;
        return { value, explanations, ...(unvalidated === undefined ? {} : { unvalidated }) };
      });
      if (json === true) await printJson(explained);
      else
        for (const { value, explanations } of explained) await printValue(value, explanations, all === true);
      if (explained.some(({ explanations }) => explanations.length === 0)) process.exitCode = exitCodes.no;
    });
}

async function printValue(value: string, explanations: readonly Explanation[], all: boolean): Promise<void> {
  const [first, ...others] = explanations;
  if (first === undefined) {
    const misfit = explainMisfit(value);
    const why = misfit === undefined ? 'nothing that is known here' : misfitText(misfit);
    await print(`${printable(value)}: ${styled('yellow', printable(why))}`);
    return;
  }
  await printExplanation(first);
  if (all) for (const other of others) await printExplanation(other);
  else if (others.length > 0) {
    const titles = others.map(({ title }) => title).join(', ');
    await print(styled('dim', `  could also be: ${titles} (--all)`));
  }
}

function misfitText({ as, reason }: Unvalidated): string {
  return `no ${observableKinds[as].title}. ${reason}`;
}

async function printExplanation({ observable, title, standard, facts, doubts }: Explanation): Promise<void> {
  await print(`${styled('bold', printable(observable.value))}  ${title}  ${styled('dim', standard)}`);
  if (facts.length > 0) await printFields(facts.map(([name, fact]) => [`  ${name}`, fact]));
  for (const { message } of doubts) await print(`  ${styled('yellow', '!')} ${printable(message)}`);
}
