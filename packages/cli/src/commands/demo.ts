import { randomUUID } from 'node:crypto';
import { styleText } from 'node:util';
import type { ApiClient } from '@belltower/client';
import { createApiClient, watch } from '@belltower/client';
import type { RunningNode } from '@belltower/server';
import { readConfig, startNode } from '@belltower/server';
import { Command } from 'commander';
import { demoCollections, demoMember } from '../demo/community.ts';
import { importBundle } from '../demo/import-bundle.ts';
import { incident } from '../demo/incident.ts';
import type { Outcome, Participant, Receipt } from '../demo/play.ts';
import { play } from '../demo/play.ts';
import type { MemberAccess } from '../demo/set-up.ts';
import { setUpCommunity } from '../demo/set-up.ts';
import { aborted, untilInterrupted } from '../until-interrupted.ts';
import { dataDirectory } from './data-directory.ts';

interface DemoOptions {
  readonly json?: boolean;
  readonly port?: string;
  readonly data?: string;
  readonly import?: readonly string[];
}

/** `belltower demo` */
export function demoCommand(): Command {
  return new Command('demo')
    .description('Start a hub with six fictional members and play a telecom incident')
    .option('--json', 'print one JSON line with addresses and tokens, and play nothing')
    .option(
      '--port <number>',
      'port to listen on; 0 takes a free one (8021, or a free one when that is taken)',
    )
    .option('--data <directory>', 'keep the data here; without it, a temporary folder')
    .option('--import <file...>', 'publish these bundles to the community first')
    .addHelpText(
      'after',
      `
Everything runs on this machine and stays up until you press Ctrl-C.

Examples:
  $ belltower demo
  $ belltower demo --json --port 0
  $ belltower demo --data ./demo-data --import ics-attack.json`,
    )
    .action(async (options: DemoOptions) => {
      using signal = untilInterrupted();
      const directory = await dataDirectory(options.data);
      try {
        await using node = await start(options, directory.path);
        await run(node, options, signal);
      } finally {
        await directory.remove();
      }
    });
}

async function start(options: DemoOptions, data: string): Promise<RunningNode> {
  const settings = { BELLTOWER_DATA: data, BELLTOWER_TITLE: 'Belltower demo', BELLTOWER_LOG_LEVEL: 'error' };
  const { BELLTOWER_DATABASE_URL: database } = process.env;
  const environment = {
    ...settings,
    ...(database === undefined ? {} : { BELLTOWER_DATABASE_URL: database }),
  };
  if (options.port !== undefined)
    return startNode(readConfig({ ...environment, BELLTOWER_PORT: options.port }));
  try {
    return await startNode(readConfig({ ...environment, BELLTOWER_PORT: '8021' }));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    return startNode(readConfig({ ...environment, BELLTOWER_PORT: '0' }));
  }
}

async function run(node: RunningNode, options: DemoOptions, signal: AbortSignal): Promise<void> {
  if (node.firstStartToken === undefined)
    throw new Error('This data belongs to a node with an operator; the demo needs a folder of its own.');
  const api = (token: string): ApiClient =>
    createApiClient({ url: node.url, credentials: { kind: 'bearer', token }, fetch, random: Math.random });
  const members = await setUpCommunity(api(node.firstStartToken), api);
  const last = members.at(-1);
  for (const file of options.import ?? []) {
    if (last === undefined) break;
    const results = await importBundle(api(last.token), { file, collection: 'community' });
    const refused = results.filter((result) => result.status === 'refused');
    console.error(`${file}: ${results.length - refused.length} objects published, ${refused.length} refused`);
    for (const { id, message } of refused.slice(0, 5)) console.error(`  ${id ?? '?'}: ${message ?? ''}`);
  }
  if (options.json === true) {
    console.log(JSON.stringify(addresses(node.url, members)));
    await aborted(signal);
    return;
  }
  try {
    await show(node.url, members, api, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  await aborted(signal);
}

function addresses(url: string, members: readonly MemberAccess[]) {
  return {
    url,
    taxii: `${url}/taxii2/`,
    members: members.map(({ member, token }) => ({ name: member.name, id: member.id, token })),
    collections: demoCollections.map(({ id, alias, title }) => ({ id, alias, title })),
  };
}

async function show(
  url: string,
  members: readonly MemberAccess[],
  api: (token: string) => ApiClient,
  signal: AbortSignal,
): Promise<void> {
  console.log(
    `A hub with ${members.length} members runs on ${url}. The incident begins; each line tells who received what.\n`,
  );
  const participants = await Promise.all(
    members.map((access) => join(access, { url, api: api(access.token), signal })),
  );
  await play(
    incident({ uuid: randomUUID, now: new Date() }),
    participants,
    (outcome) => console.log(outcomeText(outcome)),
    signal,
  );
  console.log(closing(url, members));
}

/** A member's own program: one live stream over everything that it may read. */
async function join(
  { member, token }: MemberAccess,
  { url, api, signal }: { url: string; api: ApiClient; signal: AbortSignal },
): Promise<Participant> {
  const received: Receipt[] = [];
  const readable = (await api.collections()).filter((collection) => collection.canRead);
  const reads = new Set(readable.map((collection) => collection.alias ?? collection.id));
  const connected = Promise.withResolvers<void>();
  const follow = async () => {
    const entries = watch({
      url,
      collections: [...reads],
      cursor: 'end',
      credentials: { kind: 'bearer', token },
      fetch,
      random: Math.random,
      signal,
      onState: (state) => state.kind === 'connected' && connected.resolve(),
    });
    for await (const entry of entries) received.push({ entry, at: performance.now() });
  };
  follow().catch((error: unknown) => {
    if (!signal.aborted) connected.reject(error);
  });
  await connected.promise;
  return { member, api, reads, received };
}

function outcomeText({ act, refused, received, outside }: Outcome): string {
  const time = `${act.at.toFixed(1).padStart(5)} s`;
  const who = participantName(act.by, act.to);
  const lines = [`${styleText('bold', time)}  ${styleText('bold', who)}`, `         ${act.title}`];
  for (const { id, rule, message } of refused) {
    lines.push(styleText('red', `         refused (${rule ?? ''}): ${message ?? ''} [${id ?? ''}]`));
  }
  if (received.length > 0) {
    const got = received.map(({ member, milliseconds }) => `${member.name} ${milliseconds.toFixed(0)} ms`);
    lines.push(styleText('green', `         received: ${got.join(', ')}`));
  }
  const without =
    received.length === 0
      ? 'nobody received it'
      : outside.length === 0
        ? ''
        : `not in the audience: ${outside.map((member) => member.name).join(', ')}`;
  if (without !== '') lines.push(styleText('dim', `         ${without}`));
  return `${lines.join('\n')}\n`;
}

function participantName(by: Outcome['act']['by'], to: Outcome['act']['to']): string {
  const collection = demoCollections.find((candidate) => candidate.alias === to);
  return `${demoMember(by).name} → ${collection?.title ?? to} (TLP:${(collection?.defaultMarking ?? '').toUpperCase()})`;
}

function closing(url: string, members: readonly MemberAccess[]): string {
  const tokens = members.map(({ member, token }) => `  ${member.name.padEnd(16)} ${token}`);
  const [first] = members;
  const token = first?.token ?? '';
  const collection = `${url}/taxii2/community/collections/operators`;
  return `The hub stays up until you press Ctrl-C: ${url}

A token for each member:
${tokens.join('\n')}

Worth trying, in another terminal:
  export BELLTOWER_SERVER=${url} BELLTOWER_TOKEN=${token}
  npx belltower watch --collection operators,advisories
  npx belltower pull --collection operators
  npx belltower pattern check "[ss7-global-title:value LIKE '9993104420%']"
  npx belltower pull --collection operators | npx belltower pattern match "[signalling-message:op_code = 70]" -
  curl -H "Authorization: Bearer $BELLTOWER_TOKEN" ${collection}/objects/
  curl -N -H "Authorization: Bearer $BELLTOWER_TOKEN" "${url}/live/collections/operators"
`;
}
