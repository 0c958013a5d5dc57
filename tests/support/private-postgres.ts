import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A PostgreSQL of the test's own, which it may stop, start, starve and kill. */
export interface PrivatePostgres extends Disposable {
  /** Of an empty database. */
  readonly url: string;
  readonly directory: string;
  /** The first column of the first row that a statement gives. */
  query(statement: string): string;
  /** Runs statements as long as they take. */
  run(statements: string): Promise<void>;
  /** Resolves when it takes connections; throws when it does not come up. */
  start(): void;
  /** `fast` ends connections in order; `immediate` is a crash. */
  stop(how: 'fast' | 'immediate'): void;
}

/** Runs as a user who may own a cluster: PostgreSQL refuses to be root. */
function asOwner(program: string, args: readonly string[]): void {
  const root = process.getuid?.() === 0;
  const [command, given] = root ? ['runuser', ['-u', 'postgres', '--', program, ...args]] : [program, args];
  // The server keeps these open, so that a pipe would never end.
  execFileSync(command, given, { stdio: ['ignore', 'ignore', 'ignore'], cwd: '/' });
}

function binaries(): string {
  const places = readdirSync('/usr/lib/postgresql').sort((one, other) => Number(other) - Number(one));
  const [newest] = places;
  if (newest === undefined) throw new Error('PostgreSQL is not installed below /usr/lib/postgresql');
  return join('/usr/lib/postgresql', newest, 'bin');
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('There is no free port');
  return address.port;
}

/** Makes and starts a cluster, in a directory of its own or in the one given; gone when it is disposed of. */
export async function privatePostgres(place?: string): Promise<PrivatePostgres> {
  const bin = binaries();
  const port = await freePort();
  const home = place ?? mkdtempSync(join(tmpdir(), 'belltower-postgres-'));
  if (process.getuid?.() === 0) {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
    chownSync(home, id('-u'), id('-g'));
  }
  chmodSync(home, 0o700);
  const directory = join(home, 'data');
  const control = (...args: readonly string[]) => asOwner(join(bin, 'pg_ctl'), ['-D', directory, ...args]);
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${home} -c wal_level=minimal -c max_wal_senders=0 -c shared_buffers=8MB -c max_wal_size=64MB -c min_wal_size=32MB`;
  asOwner(join(bin, 'initdb'), [
    '-D',
    directory,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--wal-segsize=4',
    '--no-instructions',
  ]);
  const start = () => control('-w', '-t', '60', '-l', join(home, 'log'), '-o', options, 'start');
  start();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  return {
    url,
    directory,
    query: (statement) =>
      execFileSync(join(bin, 'psql'), ['-qAtX', '-c', statement, url], { encoding: 'utf8' }).trim(),
    run: async (statements) => {
      await promisify(execFile)(join(bin, 'psql'), ['-qAtX', '-c', statements, url]);
    },
    start,
    stop: (how) => control('-w', '-t', '60', '-m', how, 'stop'),
    [Symbol.dispose]() {
      const bounded = ['-D', directory, '-w', '-t', '30', '-m', 'immediate', 'stop'];
      const root = process.getuid?.() === 0;
      spawnSync(
        root ? 'runuser' : join(bin, 'pg_ctl'),
        root ? ['-u', 'postgres', '--', join(bin, 'pg_ctl'), ...bounded] : bounded,
      );
      if (place === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
}
