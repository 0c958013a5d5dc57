import assert from 'node:assert/strict';
import { rename, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';
import { ConfigError, readConfig } from '../packages/server/src/platform/config/config.ts';
import { openRaw, readToEnd } from '../packages/server/src/platform/http/testing.ts';
import { serve } from '../packages/server/src/serve.ts';
import { startTestNode } from '../packages/server/src/testing.ts';
import { runCli, startCli, temporaryDirectory } from './support/run-cli.ts';

interface Pair {
  readonly cert: string;
  readonly private: string;
}

async function makePair(name: string): Promise<Pair> {
  return generate([{ name: 'commonName', value: name }], {
    keySize: 2048,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
}

/** A pair on the disk, and the settings that name it. */
async function place(directory: string, pair: Pair) {
  const files = { cert: join(directory, 'cert.pem'), key: join(directory, 'key.pem') };
  await writeFile(files.cert, pair.cert);
  await writeFile(files.key, pair.private);
  return { files, settings: { BELLTOWER_TLS_CERT: files.cert, BELLTOWER_TLS_KEY: files.key } };
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
}

function get(url: string, ca: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(url, { ca, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece) => {
        text += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
    })
      .on('error', reject)
      .end();
  });
}

function openTls(
  url: string,
  options: { ca: string | string[]; maxVersion?: 'TLSv1.1' | 'TLSv1.2' },
): Promise<TLSSocket> {
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    const least =
      options.maxVersion === 'TLSv1.1' ? { minVersion: 'TLSv1' as const, ciphers: 'DEFAULT@SECLEVEL=0' } : {};
    const socket = connect({ port: Number(port), host: '127.0.0.1', ...options, ...least }, () =>
      resolve(socket),
    );
    socket.on('error', reject);
  });
}

test('a node with a certificate speaks HTTPS from TLS 1.2 on, and says so for good', async (t) => {
  await using directory = await temporaryDirectory();
  const pair = await makePair('first');
  const { settings } = await place(directory.path, pair);
  const node = await startTestNode(t, settings);
  assert.match(node.url, /^https:\/\/127\.0\.0\.1:\d+$/);
  const { status, headers, text } = await get(`${node.url}/healthz`, pair.cert);
  assert.deepEqual([status, text], [200, '{"status":"alive"}']);
  assert.equal(headers['strict-transport-security'], 'max-age=31536000');
  assert.match((await get(`${node.url}/taxii2/`, pair.cert)).text, /taxii2/);
  const old = await openTls(node.url, { ca: pair.cert, maxVersion: 'TLSv1.2' });
  assert.equal(old.getProtocol(), 'TLSv1.2');
  old.destroy();
  await assert.rejects(openTls(node.url, { ca: pair.cert, maxVersion: 'TLSv1.1' }));
  // Somebody who speaks HTTP, or nothing, keeps nobody from stopping the node.
  const plain = await openRaw(node.url);
  plain.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  assert.ok(!(await readToEnd(plain)).includes('200 OK'));
});

test('serve names the address that the certificate is for, and the command line says in words why it trusts none', async () => {
  await using directory = await temporaryDirectory();
  const { files, settings } = await place(directory.path, await makePair('cli'));
  const env = { ...settings, BELLTOWER_PUBLIC_URL: 'https://node.example' };
  await using node = startCli(['serve', '--port', '0', '--data', join(directory.path, 'data')], { env });
  await node.untilLines(12);
  assert.match(node.lines.join('\n'), /belltower login --server https:\/\/node\.example /);
  const url = /https:\/\/127\.0\.0\.1:\d+/.exec(node.lines.join('\n'))?.[0] ?? '';
  const ask = (server: string, trusted: Record<string, string>) =>
    runCli(['org', 'list', '--server', server], { env: { ...trusted, BELLTOWER_TOKEN: 'bt_0_0' } });
  assert.equal(
    (await ask(url, {})).stderr,
    "belltower: The node's certificate is not trusted here (DEPTH_ZERO_SELF_SIGNED_CERT). " +
      'Serve the whole chain, or trust its authority here with NODE_EXTRA_CA_CERTS=FILE.\n',
  );
  const trusted = { NODE_EXTRA_CA_CERTS: files.cert };
  assert.match((await ask(url, trusted)).stderr, /token/i);
  const other = url.replace('127.0.0.1', 'localhost');
  assert.match((await ask(other, trusted)).stderr, /certificate is for another name\. Use the name that/);
  const looked = await runCli(['doctor', '--server', other], { env: trusted });
  assert.match(looked.stdout, /certificate of localhost is for another name/);
});

test('a renewed certificate is taken over without breaking a connection, and one that does not fit is not', async (t) => {
  await using directory = await temporaryDirectory();
  const [first, second] = [await makePair('first'), await makePair('second')];
  const { files, settings } = await place(directory.path, first);
  const lines: string[] = [];
  const logTo = { write: (line: string) => lines.push(line) };
  const node = await startTestNode(t, { ...settings, BELLTOWER_LOG_LEVEL: 'info' }, { logTo });
  const nameNow = async () => {
    const socket = await openTls(node.url, { ca: [first.cert, second.cert] });
    const name = socket.getPeerCertificate().subject.CN;
    socket.destroy();
    return name;
  };
  const until = async (holds: () => Promise<boolean>) => {
    for (let turn = 0; !(await holds()); turn += 1) {
      assert.ok(turn < 100, 'it happens within ten seconds');
      await sleep(100);
    }
  };
  const kept = await openTls(node.url, { ca: first.cert });
  t.after(() => kept.destroy());
  assert.equal(await nameNow(), 'first');

  // Half of the new pair is there: the node tells, and goes on with what it has.
  await writeFile(`${files.cert}.new`, second.cert);
  await rename(`${files.cert}.new`, files.cert);
  await until(async () => lines.some((line) => line.includes('tls.refused')));
  assert.equal(await nameNow(), 'first');

  await writeFile(files.key, second.private);
  await until(async () => (await nameNow()) === 'second');
  assert.equal(lines.filter((line) => line.includes('tls.loaded')).length, 2);
  assert.ok(!lines.join('').includes('PRIVATE KEY'));

  const answer = new Promise<string>((resolve) => kept.once('data', (piece) => resolve(piece.toString())));
  kept.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
  assert.match(await answer, /^HTTP\/1\.1 200 OK/, 'the connection of before still carries requests');
});

test('a node with TLS stops at once, whoever has only connected to it, and answers what is under way', async (t) => {
  await using directory = await temporaryDirectory();
  const pair = await makePair('one');
  const { settings } = await place(directory.path, pair);
  const { platform, operator } = await startTestNode(t);
  const running = await serve({ ...platform, config: readConfig({ BELLTOWER_PORT: '0', ...settings }) });
  const silent = [await openRaw(running.url), await openTls(running.url, { ca: pair.cert })].map(readToEnd);
  const busy = await openTls(running.url, { ca: pair.cert });
  const answer = readToEnd(busy);
  const body = JSON.stringify({ name: 'Alpha Telecom', kind: 'operator' });
  const headers = `Host: x\r\nAuthorization: Bearer ${operator}\r\nContent-Type: application/json`;
  const length = `Content-Length: ${body.length}`;
  busy.write(`POST /api/organisations HTTP/1.1\r\n${headers}\r\n${length}\r\n\r\n${body.slice(0, 9)}`);
  await sleep(300);
  const stopped = running[Symbol.asyncDispose]();
  await sleep(300);
  busy.write(body.slice(9));
  assert.match(await answer, /^HTTP\/1\.1 201 Created/);
  const before = performance.now();
  await stopped;
  assert.ok(performance.now() - before < 3_000, 'it does not wait for those who say nothing');
  await Promise.all(silent);
});

test('certificate files that cannot be used are refused at the start, by the name of the setting', async (t) => {
  await using directory = await temporaryDirectory();
  const [pair, other] = [await makePair('one'), await makePair('other')];
  const { files, settings } = await place(directory.path, pair);
  const otherKey = join(directory.path, 'other.pem');
  await writeFile(otherKey, other.private);
  const wrong: readonly [settings: Record<string, string>, message: RegExp][] = [
    [{ BELLTOWER_TLS_CERT: files.cert }, /BELLTOWER_TLS_CERT and BELLTOWER_TLS_KEY: set both, or neither/],
    [{ BELLTOWER_TLS_KEY: files.key }, /set both, or neither/],
    [
      { ...settings, BELLTOWER_TLS_CERT: '/nowhere.pem' },
      /^BELLTOWER_TLS_CERT: \/nowhere\.pem cannot be read$/,
    ],
    [
      { ...settings, BELLTOWER_TLS_KEY: '/nowhere.pem' },
      /^BELLTOWER_TLS_KEY: \/nowhere\.pem cannot be read$/,
    ],
    [{ ...settings, BELLTOWER_TLS_CERT: files.key }, /^BELLTOWER_TLS_CERT: .* holds no certificate in PEM$/],
    [{ ...settings, BELLTOWER_TLS_KEY: files.cert }, /^BELLTOWER_TLS_KEY: .* holds no private key in PEM/],
    [
      { ...settings, BELLTOWER_TLS_KEY: otherKey },
      /^BELLTOWER_TLS_KEY: .* is not the key of the certificate in/,
    ],
  ];
  const { platform } = await startTestNode(t);
  const start = async (values: Record<string, string>) =>
    serve({ ...platform, config: readConfig({ BELLTOWER_PORT: '0', ...values }) });
  for (const [values, message] of wrong) {
    await assert.rejects(start(values), (error) => {
      assert.ok(error instanceof ConfigError);
      assert.match(error.message, message);
      assert.ok(!error.message.includes('PRIVATE'));
      return true;
    });
  }
});
