import { styleText } from 'node:util';

/** Foreground colours and weights that the output uses. */
export type Style = 'red' | 'green' | 'yellow' | 'bold' | 'dim';

/** Styles a text for standard output, when that is a terminal and nobody asked for plain text (`NO_COLOR`). */
export function styled(style: Style, text: string): string {
  return wantsColour(process.stdout) ? styleText(style, text, { validateStream: false }) : text;
}

/** The same for standard error. */
export function styledForErrors(style: Style, text: string): string {
  return wantsColour(process.stderr) ? styleText(style, text, { validateStream: false }) : text;
}

function wantsColour(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, TERM } = process.env;
  return stream.isTTY === true && (NO_COLOR === undefined || NO_COLOR === '') && TERM !== 'dumb';
}

/** Writes to standard output and resolves when the text has left the process. */
export function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error === undefined || error === null) resolve();
      else reject(error);
    });
  });
}

/** A line on standard output. */
export function print(line = ''): Promise<void> {
  return write(`${line}\n`);
}

/** A value as JSON on standard output, for machines. */
export function printJson(value: unknown): Promise<void> {
  return print(JSON.stringify(value, undefined, 2));
}

/** A line on standard error: what a person should know and no machine reads. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}
