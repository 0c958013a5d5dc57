#!/usr/bin/env node
// Starts the program on the Node that it was made for. The program is TypeScript that Node 24 runs as it stands; on an
// older Node this file starts the one that the package `node` brings along, and passes on streams, signals and the exit
// code. Plain JavaScript that Node 20 understands, without any package.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const least = 24;
const program = fileURLToPath(new URL('../src/main.ts', import.meta.url));

if (Number(process.versions.node.split('.')[0]) >= least) {
  await import('../src/main.ts');
} else {
  const node = pinnedNode();
  if (node === undefined) {
    process.stderr.write(
      `belltower: This is Node ${process.versions.node}, and Belltower needs ${least}. Run "npm install" where Belltower is, which brings one along, or install Node ${least}.\n`,
    );
    process.exit(2);
  }
  run(node);
}

function pinnedNode() {
  try {
    const file = join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', 'node');
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

function run(node) {
  const child = spawn(node, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal sends its signals to both; what is sent to this process alone is passed on. Both wait for the program's end.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (!process.stdin.isTTY || signal !== 'SIGINT') child.kill(signal);
    });
  }
  child.on('error', (error) => {
    process.stderr.write(`belltower: ${node} cannot be started: ${error.message}\n`);
    process.exit(2);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 2);
    for (const passed of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(passed);
    process.kill(process.pid, signal);
  });
}
