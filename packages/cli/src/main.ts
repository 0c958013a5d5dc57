import { keepCompiledCode } from './keep-compiled-code.ts';

keepCompiledCode(process.env);
// Only what is imported after that is kept.
const { createProgram } = await import('./program.ts');
const { reportError } = await import('./report-error.ts');

// Whoever reads the output may stop whenever they like: `belltower watch … | head -1`.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}

const given = process.argv.slice(2);
// As other programs have it: `belltower help pull`.
const args = given[0] === 'help' ? [...given.slice(1), '--help'] : given;

try {
  const program = await createProgram(args[0]);
  await program.parseAsync(args, { from: 'user' });
} catch (error) {
  process.exitCode = reportError(error, { json: process.argv.includes('--json') });
}
