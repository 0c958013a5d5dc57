import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { outputFormats } from '../../packages/formats/src/index.ts';
import { temporaryDirectory } from '../support/run-cli.ts';
import { about, indicator } from './written.ts';

const agent = 'friendly-scanner "1.0"; $x';
const until = { valid_until: '2099-01-01T00:00:00Z' };
const over = { valid_until: '2026-11-22T00:00:00Z' };
const objects = [
  indicator(
    `[ipv4-addr:value IN (${Array.from({ length: 5_000 }, (_, n) => `'10.1.${n >> 8}.${n & 255}'`).join(', ')})]`,
  ),
  indicator("[ipv4-addr:value = '127.0.0.9']"),
  indicator("[ipv4-addr:value ISSUBSET '127.0.0.16/31' OR ipv6-addr:value = '2001:db8::1']", {
    valid_until: '2037-01-01T00:00:00Z',
  }),
  indicator("[domain-name:value = 'bad.example']", until),
  indicator("[phone-number:value LIKE '32475%']"),
  indicator("[phone-number:value = '+32470000001']", over),
  indicator("[phone-number:value = '+881612345678']"),
  indicator("[sip-identity:value = 'sip:Mallory@other.example']"),
  indicator(`[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent' = '${agent}']`),
];

interface Request {
  readonly target?: string;
  readonly from?: string;
  readonly agent?: string;
  readonly source?: string;
}

/** What is answered to a request; undefined where nothing is. */
async function ask(
  port: number,
  {
    target = 'sip:a@b.example',
    from = 'sip:x@y.example',
    agent: name = 'phone',
    source = '127.0.0.1',
  }: Request,
): Promise<string | undefined> {
  const socket = createSocket('udp4');
  try {
    socket.bind(0, source);
    await once(socket, 'listening');
    const id = `${socket.address().port}.${Math.random()}`;
    const lines = [
      `OPTIONS ${target} SIP/2.0`,
      `Via: SIP/2.0/UDP ${source}:${socket.address().port};branch=z9hG4bK${id}`,
      `From: <${from}>;tag=1`,
      `To: <${target}>`,
      `Call-ID: ${id}`,
      'CSeq: 1 OPTIONS',
      `User-Agent: ${name}`,
      'Content-Length: 0',
    ];
    const answer = once(socket, 'message', { signal: AbortSignal.timeout(1_000) });
    socket.send(`${lines.join('\r\n')}\r\n\r\n`, port, '127.0.0.1');
    const [message] = await answer;
    return /^SIP\/2.0 (\d+)/.exec(String(message))?.[1];
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return undefined;
    throw error;
  } finally {
    socket.close();
  }
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

test('Kamailio refuses whom its block list names, and nobody else', async () => {
  await using directory = await temporaryDirectory();
  const port = await freePort();
  const written = outputFormats.kamailio.write(objects, about);
  assert.deepEqual(
    written.losses.map(({ at }) => at),
    [objects[5]?.id],
  );
  await writeFile(join(directory.path, 'belltower.cfg'), written.text);
  const configuration = join(directory.path, 'kamailio.cfg');
  const modules = /^#\s+modules: (.*)$/m.exec(written.text)?.[1]?.split(', ') ?? [];
  await writeFile(
    configuration,
    `${modules.map((name) => `loadmodule "${name}.so"\n`).join('')}listen=udp:127.0.0.1:${port}
include_file "belltower.cfg"
event_route[htable:mod-init] { route(BELLTOWER_LOAD); }
request_route { route(BELLTOWER); sl_send_reply("200", "OK"); }
`,
  );
  const checked = spawnSync('kamailio', ['-c', '-f', configuration], { encoding: 'utf8' });
  assert.equal(checked.error, undefined, 'kamailio is needed for this test');
  assert.equal(checked.status, 0, checked.stderr);
  // In the foreground, with one process for requests and nothing written elsewhere.
  const proxy = spawn(
    'kamailio',
    [
      '-f',
      configuration,
      '-DD',
      '-E',
      '-n',
      '1',
      '-m',
      '32',
      '-Y',
      directory.path,
      '-P',
      join(directory.path, 'pid'),
    ],
    { stdio: 'ignore' },
  );
  const ended = once(proxy, 'exit');
  try {
    const deadline = Date.now() + 30_000;
    while ((await ask(port, {})) === undefined) {
      assert.ok(Date.now() < deadline && proxy.exitCode === null, 'it does not answer');
      await delay(100);
    }
    const answers: readonly (readonly [Request, string | undefined])[] = [
      [{ source: '127.0.0.9' }, undefined],
      [{ source: '127.0.0.17' }, undefined],
      [{ source: '127.0.0.18' }, '200'],
      [{ agent }, undefined],
      [{ agent: `${agent}1` }, '200'],
      [{ target: 'sip:+32475123@b.example' }, '403'],
      [{ target: 'sip:0032475123@b.example' }, '403'],
      [{ target: 'sip:3247@b.example' }, '200'],
      [{ from: 'sip:+881612345678@b.example' }, '403'],
      [{ from: 'sip:+8816123456789@b.example' }, '200'],
      [{ from: 'sip:+32470000001@b.example' }, '200'],
      [{ from: 'sip:Mallory@OTHER.example' }, '403'],
      [{ from: 'sip:Malory@other.example' }, '200'],
      [{ from: 'sip:a@sip.bad.example' }, '403'],
      [{ target: 'sip:bad.example' }, '403'],
      [{ target: 'sip:xbad.example' }, '200'],
    ];
    for (const [request, answer] of answers)
      assert.equal(await ask(port, request), answer, JSON.stringify(request));
  } finally {
    proxy.kill('SIGTERM');
    await ended;
  }
});
