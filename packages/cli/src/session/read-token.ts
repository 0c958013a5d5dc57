import { text } from 'node:stream/consumers';
import { CommandError } from '../command-error.ts';

/** A token as it is given: itself, or `-` for standard input, where a terminal is asked and does not show it. */
export async function readToken(given: string): Promise<string> {
  const token = (given === '-' ? await fromStandardInput() : given).trim();
  if (/^[\x21-\x7E]{1,500}$/.test(token)) return token;
  throw new CommandError('That is not a token.', { advice: 'One looks like bt_…, on one line.' });
}

function fromStandardInput(): Promise<string> {
  return process.stdin.isTTY ? ask(process.stdin) : text(process.stdin);
}

const enter = ['\r', '\n'];
const erase = ['\b', '\x7F'];
const interrupt = '\x03';
const endOfInput = '\x04';

function ask(terminal: NodeJS.ReadStream): Promise<string> {
  process.stderr.write('Token (it is not shown): ');
  terminal.setRawMode(true);
  terminal.setEncoding('utf8');
  return new Promise((resolve, reject) => {
    let typed = '';
    const finish = (end: () => void) => {
      terminal.off('data', read);
      terminal.setRawMode(false);
      terminal.pause();
      process.stderr.write('\n');
      end();
    };
    const read = (chunk: string) => {
      for (const character of chunk) {
        if (character === interrupt) return finish(() => reject(new CommandError('Nothing was changed.')));
        if (enter.includes(character) || character === endOfInput) return finish(() => resolve(typed));
        typed = erase.includes(character) ? typed.slice(0, -1) : typed + character;
      }
    };
    terminal.on('data', read);
  });
}
