// Clients that mean no good, as many as one machine can be without hurting itself: slow ones, ones that vanish, bombs, made-up
// cursors and tokens, floods. Runs until its input ends; then prints what it was answered, as JSON.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { indicator } from '../../packages/server/src/testing-objects.ts';

const [url = '', token = ''] = process.argv.slice(2);
const { hostname, port } = new URL(url);
const answers = new Map<string, number>();
let stopped = false;

const sockets = new Set<Socket>();

function open(): Socket {
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.resume();
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
  return socket;
}

const json = { 'content-type': 'application/json' };

async function ask(
  name: string,
  path: string,
  { as = token, ...request }: RequestInit & { as?: string } = {},
) {
  try {
    const authorization: Record<string, string> = as === '' ? {} : { authorization: `Bearer ${as}` };
    const response = await fetch(`${url}${path}`, {
      ...request,
      headers: { ...authorization, ...(request.headers as Record<string, string>) },
      signal: AbortSignal.timeout(60_000),
    });
    await response.arrayBuffer();
    count(name, String(response.status));
  } catch {
    count(name, 'broken');
  }
}

function count(name: string, what: string): void {
  answers.set(`${name} ${what}`, (answers.get(`${name} ${what}`) ?? 0) + 1);
}

function post(name: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<void> {
  const bytes = typeof body === 'string' ? body : new Uint8Array(body);
  return ask(name, '/api/collections/junk/objects', {
    method: 'POST',
    headers: { ...json, ...headers },
    body: bytes,
  });
}

const bomb = gzipSync(Buffer.alloc(200_000_000, ' '));
const huge = JSON.stringify({
  type: 'bundle',
  id: 'bundle--1',
  objects: Array.from({ length: 4_000 }, (_, number) =>
    indicator({ name: `Huge ${number}`, description: 'x'.repeat(1_000) }),
  ),
});
const refused = `{"objects":[${Array(50_000).fill('{}').join(',')}]}`;
const deep = `{"objects":[${'['.repeat(1_000_000)}`;
const patterns = [
  `[a:b MATCHES '${'(a+)+'.repeat(400)}$']`,
  `${'('.repeat(20_000)}[a:b = 1]`,
  `[a:b = 1]${' AND [a:b = 1]'.repeat(20_000)}`,
  `[a:b IN (${Array(50_000).fill('1').join(',')})]`,
  `([a:b = 1] FOLLOWEDBY [a:c = 2])${' REPEATS 1000000 TIMES'.repeat(500)}`,
].map((pattern) => JSON.stringify({ type: 'bundle', id: 'bundle--1', objects: [indicator({ pattern })] }));

/** Each is done over and over, with its pause in milliseconds. */
const all: readonly (readonly [name: string, pause: number, deed: () => Promise<void>])[] = [
  [
    'slow sender',
    200,
    async () => {
      const socket = open();
      socket.write(
        `POST /api/collections/junk/objects HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n`,
      );
      for (let second = 0; second < 20 && !stopped && !socket.destroyed; second += 1) {
        socket.write('{');
        await sleep(1_000);
      }
      socket.destroy();
      count('slow sender', 'left');
    },
  ],
  [
    'slow reader',
    200,
    async () => {
      const socket = open();
      socket.pause();
      socket.write(`GET /live/collections/log HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`);
      for (let second = 0; second < 15 && !stopped; second += 1) await sleep(1_000);
      socket.destroy();
      count('slow reader', 'left');
    },
  ],
  [
    'vanishing',
    20,
    async () => {
      const socket = open();
      socket.write(
        `POST /api/collections/junk/objects HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 500000\r\n\r\n${'{"objects":['.padEnd(200_000, ' ')}`,
      );
      await sleep(5);
      socket.destroy();
      count('vanishing', 'left');
    },
  ],
  [
    'flood',
    2_000,
    async () => {
      const many = Array.from({ length: 200 }, open);
      await sleep(1_500);
      for (const socket of many) socket.destroy();
      count('flood', '200 connections');
    },
  ],
  ['gzip bomb', 200, () => post('gzip bomb', bomb, { 'content-encoding': 'gzip' })],
  ['huge bundle', 1_000, () => post('huge bundle', huge)],
  ['refused objects', 1_000, () => post('refused objects', refused)],
  ['deep', 200, () => post('deep', deep)],
  [
    'patterns',
    100,
    async () => {
      for (const pattern of patterns) await post('patterns', pattern);
    },
  ],
  [
    'cursors',
    20,
    () =>
      ask(
        'cursors',
        `/taxii2/community/collections/log/objects/?next=${randomBytes(12).toString('base64url')}`,
        {
          headers: { accept: 'application/taxii+json;version=2.1' },
        },
      ),
  ],
  [
    'token guessing',
    5,
    () =>
      ask('token guessing', '/api/collections', {
        as: `bt_${randomBytes(8).toString('hex')}_${randomBytes(32).toString('base64url')}`,
      }),
  ],
  ['nobody', 10, () => ask('nobody', '/taxii2/', { as: '' })],
];

async function keepDoing([, pause, deed]: (typeof all)[number]): Promise<void> {
  while (!stopped) {
    await deed();
    await sleep(pause);
  }
}

const doing = Promise.all(
  [...all, ...all.filter(([name]) => /slow|vanish/.test(name)).flatMap((one) => [one, one, one])].map(
    keepDoing,
  ),
);
process.stdin.resume();
await once(process.stdin, 'end');
stopped = true;
for (const socket of sockets) socket.destroy();
await doing;
process.stdout.write(`${JSON.stringify(Object.fromEntries([...answers].sort()))}\n`);
