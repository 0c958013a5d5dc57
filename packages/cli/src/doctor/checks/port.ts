import { configured } from '../check.ts';
import { type Finding, fine, noted, problem } from '../finding.ts';
import { isBelltower } from '../is-belltower.ts';
import { listeningProcess } from '../listening-process.ts';
import { tryToListen } from '../try-to-listen.ts';

/** Whether the node could listen where it should, and who does so instead. */
export const port = configured('Port', async ({ config }) => {
  const { host, port: number } = config;
  const place = `${host}:${number}`;
  const code = await tryToListen(host, number);
  if (code === undefined) return [fine(`${place} is free`)];
  if (code === 'EADDRINUSE') return [await taken(host, number)];
  if (code === 'EACCES') {
    return [
      problem(
        `This user may not listen on ${place}`,
        'Take a port above 1023 and put a proxy in front, or give the right: AmbientCapabilities=CAP_NET_BIND_SERVICE.',
      ),
    ];
  }
  const advice = 'BELLTOWER_HOST has to be an address of this machine, or 0.0.0.0 for all of them.';
  return [problem(`The node cannot listen on ${place} (${code})`, advice)];
});

async function taken(host: string, number: number): Promise<Finding> {
  const local =
    host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  const process = await listeningProcess(number);
  const by = process === undefined ? '' : ` (${process})`;
  for (const scheme of ['http', 'https']) {
    if (await isBelltower(`${scheme}://${local}:${number}`)) {
      return noted(`A node of Belltower listens on ${host}:${number} already${by}`);
    }
  }
  return problem(
    `Another program listens on ${host}:${number}${by}`,
    'Stop it, or take another port with BELLTOWER_PORT.',
  );
}
