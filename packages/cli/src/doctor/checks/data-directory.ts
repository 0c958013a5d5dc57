import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { configured } from '../check.ts';
import { type Finding, fine, noted, problem, warning } from '../finding.ts';

/** Whether SQLite's folder is there, ours, private, on a disk whose locks hold, and with space left. */
export const dataDirectory = configured('Data', async ({ config, server }) => {
  if (config.databaseUrl !== undefined) return [];
  const { dataDirectory: directory } = config;
  const found = await stat(directory).catch((error: unknown) => {
    if (error instanceof Error && Reflect.get(error, 'code') === 'ENOENT') return undefined;
    throw error;
  });
  if (found === undefined) return [await missing(directory)];
  if (!found.isDirectory()) {
    return [problem(`${directory} is no directory`, 'Name another with BELLTOWER_DATA or --data.')];
  }
  if (!(await may(directory))) {
    const advice = `Run as the user that owns it (id ${found.uid}), or give it to this one: chown -R ${process.getuid?.() ?? 'USER'} ${directory}`;
    return [problem(`${directory} cannot be read and written by this user`, advice)];
  }
  const findings: Finding[] = [fine(`${directory} is there and writable`)];
  if ((found.mode & 0o077) !== 0) {
    findings.push(
      warning(`Other users of this machine can look into ${directory}`, `Run: chmod 700 ${directory}`),
    );
  }
  findings.push(...(await disk(directory)));
  const holder = server.directoryHolder(directory);
  if (holder !== undefined) findings.push(noted(`${directory} is in use by ${holder}: a node runs on it`));
  return findings;
});

async function missing(directory: string): Promise<Finding> {
  if (await may(dirname(directory)))
    return noted(`${directory} does not exist yet; the first start makes it`);
  return problem(
    `${directory} does not exist, and this user cannot make it`,
    'Make it and give it to the user that runs the node, or name another with BELLTOWER_DATA.',
  );
}

async function may(path: string): Promise<boolean> {
  return access(path, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** By the numbers of statfs(2), on Linux. */
const networks: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x01021997, '9p'],
  [0x65735546, 'FUSE'],
]);

const mebibyte = 1_048_576;

async function disk(directory: string): Promise<readonly Finding[]> {
  const { type, bavail, bsize } = await statfs(directory);
  const network = networks.get(type);
  const free = Math.floor((bavail * bsize) / mebibyte);
  const findings: Finding[] = [];
  if (network !== undefined) {
    findings.push(
      problem(
        `${directory} is on a file system of the kind ${network}, on which SQLite's locks may not hold`,
        'Keep the data on a disk of this machine, or use PostgreSQL.',
      ),
    );
  }
  const left = `${free} MiB are free where the data are`;
  if (free < 100) findings.push(problem(left, 'Make room: what cannot be written is refused.'));
  else if (free < 1_024) findings.push(warning(left, 'Make room before it is full.'));
  else findings.push(fine(left));
  return findings;
}
