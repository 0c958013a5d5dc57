import { ClientError } from '@belltower/client';
import { CommanderError } from 'commander';
import { certificateTrouble } from './certificate-trouble.ts';
import { CommandError, exitCodes } from './command-error.ts';
import { printable } from './output/printable.ts';
import { note, styledForErrors } from './output/terminal.ts';

interface Told {
  readonly exitCode: number;
  readonly code: string;
  readonly message: string;
  readonly advice: string | undefined;
}

/**
 * Tells on standard error what went wrong, on one line (as JSON where the command was given `--json`), and answers the exit
 * code. The stack is shown with `BELLTOWER_DEBUG` only.
 */
export function reportError(error: unknown, { json }: { readonly json: boolean }): number {
  // Commander has written its own message.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.unusable;
  const { exitCode, code, message, advice } = tell(error);
  if (json) note(JSON.stringify({ error: { code, message, advice } }));
  else {
    const line = [message, advice].filter((part) => part !== undefined).join(' ');
    note(`${styledForErrors('red', 'belltower:')} ${printable(line)}`);
  }
  if ((process.env['BELLTOWER_DEBUG'] ?? '') !== '') console.error(error);
  return exitCode;
}

function tell(error: unknown): Told {
  if (error instanceof CommandError) {
    return { exitCode: error.exitCode, code: 'command', message: error.message, advice: error.advice };
  }
  if (error instanceof ClientError) {
    const { code, message, rule, at } = error;
    const place = [at === undefined ? undefined : `at ${at}`, rule].filter((part) => part !== undefined);
    return {
      exitCode: isAnswer(error) ? exitCodes.no : exitCodes.unusable,
      code,
      message: place.length === 0 ? message : `${message} (${place.join(', ')})`,
      advice: adviceFor(code),
      ...tellOfCertificate(error),
    };
  }
  if (isInterruption(error))
    return { exitCode: 130, code: 'interrupted', message: 'Interrupted.', advice: undefined };
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  // Set-ups that cannot work are the operator's to mend; everything else is ours.
  const known = [
    'ConfigError',
    'MigrationError',
    'DirectoryInUseError',
    'BackupError',
    'RestoreError',
    'StorageTroubleError',
    'PostgresSetupError',
    'DamagedDatabaseError',
  ];
  const system = error instanceof Error && typeof Reflect.get(error, 'syscall') === 'string';
  if (error instanceof Error && Reflect.get(error, 'code') === 'EADDRINUSE') return portTaken(error);
  const advice: unknown = error instanceof Error ? Reflect.get(error, 'advice') : undefined;
  const line = message.replaceAll('\n', '; ');
  return {
    exitCode: exitCodes.unusable,
    code: name === '' ? 'unknown' : name,
    message: /[.!?]$/.test(line) || advice === undefined ? line : `${line}.`,
    advice:
      typeof advice === 'string'
        ? advice
        : known.includes(name) || system
          ? undefined
          : 'Set BELLTOWER_DEBUG=1 to see where.',
  };
}

function portTaken(error: Error): Told {
  const [address, port] = [Reflect.get(error, 'address'), Reflect.get(error, 'port')];
  const message = `Another program listens on ${String(address)}:${String(port)}.`;
  return {
    exitCode: exitCodes.unusable,
    code: 'port-taken',
    message,
    advice: 'Stop it, or give another --port.',
  };
}

/** The same words as doctor's; what Node says of a certificate advises on options of Node. Nothing where that was not the reason. */
function tellOfCertificate({ code, cause }: ClientError): Pick<Told, 'message' | 'advice'> | undefined {
  const reason: unknown = cause instanceof Error ? cause.cause : undefined;
  if (code !== 'unreachable' || !(reason instanceof Error)) return undefined;
  const found = certificateTrouble(String(Reflect.get(reason, 'code')));
  return found && { message: `The node's certificate ${found.says}.`, advice: found.advice };
}

/** Whether the node understood and said no, rather than being out of reach or out of order. */
function isAnswer({ code, status }: ClientError): boolean {
  if (code === 'access-lost' || code === 'token-expired') return true;
  return status !== undefined && status >= 400 && status < 500;
}

function adviceFor(code: string): string | undefined {
  switch (code) {
    case 'unauthenticated':
    case 'access-lost':
    case 'token-expired':
      return 'Get a valid token of this node and run "belltower login"; "belltower doctor --client" looks closer.';
    case 'unreachable':
    case 'timed-out':
      return 'Is the node running, and is --server right?';
    default:
      return undefined;
  }
}

/** The signal that `untilInterrupted` aborts. */
export const interruption = Symbol('interrupted');

function isInterruption(error: unknown): boolean {
  return error === interruption;
}
