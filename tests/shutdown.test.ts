import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { Agent, request } from 'node:http';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openRaw, parseAnswer, readToEnd } from '../packages/server/src/platform/http/testing.ts';
import { describeEngines } from '../packages/server/src/platform/storage/testing.ts';
import { entriesOf, readLive } from '../packages/server/src/slices/live/testing.ts';
import { indicator } from '../packages/server/src/testing-objects.ts';
import { temporaryDirectory } from './support/run-cli.ts';
import { type ServingNode, startServing } from './support/serving-node.ts';

// A node in a process of its own is asked to stop while it is at work: what it has accepted it finishes.

function publishHeaders(node: ServingNode, body: string): Readonly<Record<string, string>> {
  return {
    authorization: `Bearer ${node.operator}`,
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
  };
}

interface Answer {
  readonly status: number | undefined;
  readonly closes: boolean;
  readonly text: string;
}

/** One publish on a connection that is kept. */
function publish(node: ServingNode, agent: Agent, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', agent, headers: publishHeaders(node, body) };
    const asking = request(`${node.url}/api/collections/log/objects`, options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece) => {
        text += piece;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode, closes: response.headers.connection === 'close', text }),
      );
    });
    asking.on('error', reject).end(body);
  });
}

function bundle(): { readonly id: string; readonly body: string } {
  const object = indicator();
  return { id: object.id, body: JSON.stringify({ type: 'bundle', objects: [object] }) };
}

async function createLog(node: ServingNode): Promise<void> {
  const body = JSON.stringify({ title: 'Log', alias: 'log', audience: 'community' });
  const headers = publishHeaders(node, body);
  const made = await fetch(`${node.url}/api/collections`, { method: 'POST', headers, body });
  assert.equal(made.status, 201);
}

async function idsInLog(node: ServingNode, count: number): Promise<ReadonlySet<string>> {
  const events = await readLive(`${node.url}/live/collections/log?after=0`, {
    token: node.operator,
    enough: (seen) => entriesOf(seen).length >= count,
  });
  return new Set(entriesOf(events).map((entry) => String(Reflect.get(Object(entry['object']), 'id'))));
}

describeEngines('a node that is asked to stop', (place) => {
  test('answers everything it accepted, asks clients to go, and leaves no request without an answer', async (t) => {
    const here = await place();
    t.after(() => here.remove());
    const node = await startServing(here.location, { BELLTOWER_SHUTDOWN_DELAY_SECONDS: '1' });
    t.after(() => node[Symbol.asyncDispose]());
    await createLog(node);
    const published: string[] = [];
    const publisher = async () => {
      using agent = Object.assign(new Agent({ keepAlive: true, maxSockets: 1 }), {
        [Symbol.dispose]: () => agent.destroy(),
      });
      for (;;) {
        const { id, body } = bundle();
        const { status, closes, text } = await publish(node, agent, body);
        assert.equal(status, 200, text);
        published.push(id);
        if (closes) return;
      }
    };
    const slow = bundle();
    const publishers = Array.from({ length: 6 }, publisher);
    // A body that is on its way when the node is asked to stop, and takes its time.
    const raw = await openRaw(node.url);
    const lines = Object.entries({ host: 'x', ...publishHeaders(node, slow.body) });
    raw.write(
      `POST /api/collections/log/objects HTTP/1.1\r\n${lines.map(([k, v]) => `${k}: ${v}\r\n`).join('')}\r\n`,
    );
    raw.write(slow.body.slice(0, 10));
    const slowAnswer = readToEnd(raw);
    const stream = readLive(`${node.url}/live/collections/log`, {
      token: node.operator,
      enough: () => false,
    });
    await sleep(500);
    const ended = node.stop('SIGTERM');
    await sleep(100);
    assert.equal((await fetch(`${node.url}/readyz`)).status, 503, 'a load balancer hears of it first');
    void node.stop('SIGTERM');
    await Promise.all(publishers);
    await sleep(1_200);
    await assert.rejects(fetch(node.url), 'no new connections');
    raw.write(slow.body.slice(10));
    const answer = parseAnswer(await slowAnswer);
    assert.equal(answer.status, 200, answer.body);
    published.push(slow.id);
    assert.equal(await ended, 0);
    const events = await stream;
    assert.deepEqual(
      [events.at(-1)?.event, JSON.parse(events.at(-1)?.data ?? '').reason],
      ['end', 'shutting-down'],
    );

    await using again = await startServing(here.location);
    const ids = await idsInLog(again, published.length);
    assert.ok(published.length > 6, String(published.length));
    assert.deepEqual([...ids].sort(), published.sort(), 'what was answered is there, and nothing else');
  });

  test('cuts off after the grace period what does not come to an end, and ends in order all the same', async (t) => {
    const here = await place();
    t.after(() => here.remove());
    const node = await startServing(here.location, { BELLTOWER_SHUTDOWN_GRACE_SECONDS: '1' });
    t.after(() => node[Symbol.asyncDispose]());
    const raw = await openRaw(node.url);
    const lines = Object.entries({ host: 'x', ...publishHeaders(node, 'x'.repeat(100)) });
    raw.write(`POST /api/organisations HTTP/1.1\r\n${lines.map(([k, v]) => `${k}: ${v}\r\n`).join('')}\r\n{`);
    const idle = readToEnd(await openRaw(node.url));
    await sleep(200);
    const started = performance.now();
    assert.equal(await node.stop('SIGTERM'), 0);
    const milliseconds = performance.now() - started;
    assert.ok(milliseconds > 900 && milliseconds < 6_000, String(milliseconds));
    assert.equal(await idle, '');
    raw.destroy();
  });
});

const program = fileURLToPath(new URL('../packages/cli/src/main.ts', import.meta.url));

for (const [about, defect] of [
  ['an exception that nothing catches', 'throw new Error("defect 4711")'],
  ['a promise whose rejection nobody handles', 'Promise.reject(new Error("defect 4711"))'],
] as const) {
  test(`${about} ends the node with exit code 70 and a line in its log`, async () => {
    await using directory = await temporaryDirectory();
    const strike = `data:text/javascript,process.on('SIGUSR2', () => { ${defect} })`;
    const child = spawn(process.execPath, ['--import', strike, program, 'serve', '--port', '0'], {
      env: { PATH: process.env['PATH'] ?? '', BELLTOWER_DATA: directory.path },
      stdio: 'pipe',
    });
    let said = '';
    child.stderr.on('data', (piece) => {
      said += piece;
    });
    child.stdout.once('data', () => child.kill('SIGUSR2'));
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.equal(code, 70, said);
    const last = JSON.parse(said.trim().split('\n').at(-1) ?? '');
    assert.equal(last.event, 'node.failed');
    assert.equal(last.level, 'fatal');
    assert.equal(last.error.message, 'defect 4711');
  });
}
