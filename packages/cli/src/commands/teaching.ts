import { Command } from 'commander';
import { styled } from '../output/terminal.ts';

/** A command whose help ends with lines that can be tried. */
export function teaching(
  name: string,
  {
    summary,
    about,
    examples,
  }: { readonly summary: string; readonly about?: string; readonly examples: readonly string[] },
): Command {
  const lines = examples
    .map((example) => (/^[A-Z_]+=/.test(example) ? `  $ ${example}` : `  $ belltower ${example}`))
    .join('\n');
  return new Command(name)
    .summary(summary)
    .description(about ?? `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`)
    .addHelpText('after', `\n${styled('bold', 'Examples:')}\n${lines}`);
}

/** Adds `--json`. */
export function withJson(command: Command, about = 'print JSON instead of text'): Command {
  return command.option('--json', about);
}
