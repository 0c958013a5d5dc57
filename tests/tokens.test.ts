import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { describeEngines } from '../packages/server/src/platform/storage/testing.ts';
import { indicator } from '../packages/server/src/testing-objects.ts';
import { startServing } from './support/serving-node.ts';

// What a node in a process of its own leaves behind of the tokens that were used with it: nothing, in its log at the finest
// level and in the files of its database.

describeEngines('what a node leaves behind', (place) => {
  test('has no token in it, neither of good requests nor of bad ones', async (t) => {
    const here = await place();
    t.after(() => here.remove());
    const node = await startServing(here.location, { BELLTOWER_LOG_LEVEL: 'trace' });
    t.after(() => node[Symbol.asyncDispose]());
    const tokens = [node.operator];
    const ask = async (
      path: string,
      { token = node.operator, ...init }: RequestInit & { token?: string } = {},
    ) => {
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...init.headers,
      };
      const response = await fetch(`${node.url}${path}`, { ...init, headers });
      return {
        status: response.status,
        body: JSON.parse(await response.text()) as {
          id: string;
          token: string;
          enrolment: { text: string };
        },
      };
    };
    const post = (path: string, body: unknown, token?: string) =>
      ask(path, { method: 'POST', body: JSON.stringify(body), ...(token === undefined ? {} : { token }) });

    const { id } = (await post('/api/organisations', { name: 'Alpha Telecom', kind: 'operator' })).body;
    const person = { name: 'Ada', role: 'organisation-administrator' };
    const { enrolment } = (await post(`/api/organisations/${id}/people`, person)).body;
    const own = await post('/api/enrolments', { enrolment: enrolment.text });
    tokens.push(enrolment.text, own.body.token);
    const machine = { label: 'siem', scopes: ['read', 'publish'] };
    const made = await post(`/api/organisations/${id}/tokens`, machine, own.body.token);
    const { token } = made.body;
    tokens.push(token);
    await post('/api/collections', { title: 'Fraud', alias: 'fraud', audience: 'community' });
    const good = await post(
      '/api/collections/fraud/objects',
      { type: 'bundle', objects: [indicator()] },
      token,
    );
    assert.equal(good.status, 200, JSON.stringify(good.body));

    // Forged and misplaced: where somebody puts a token by mistake, or to see it come out somewhere.
    const forged = `bt_${'0'.repeat(16)}_${'forged'.padEnd(43, 'x')}`;
    tokens.push(forged);
    const basic = `Basic ${Buffer.from(`user:${token}`).toString('base64')}`;
    const statuses = [
      await ask('/api/me', { token: forged }),
      await ask('/api/me', { token: `${token}x` }),
      await ask('/api/me', { headers: { authorization: basic } }),
      await ask('/api/me', { headers: { authorization: `Token ${token}` } }),
      await ask('/api/me', { headers: { cookie: `token=${token}`, 'x-api-key': token, referer: token } }),
      await ask(`/api/nothing/${token}`),
      await ask(`/api/audit?before=${token}`),
      await ask(`/api/tokens/${token}`, { method: 'DELETE' }),
      await ask(`/taxii2/${token}/`),
      await ask(`/taxii2/community/collections/fraud/objects/?next=${token}`, {
        headers: { accept: 'application/taxii+json;version=2.1' },
      }),
      await ask(`/live?collections=fraud&token=${token}&after=${token}`),
      await post('/api/organisations', { name: token, kind: 'operator', password: token }),
      await ask('/api/organisations', { method: 'POST', body: `{"name": "${token}` }),
    ].map(({ status }) => status);
    assert.deepEqual(statuses, [401, 401, 200, 401, 200, 404, 400, 404, 404, 400, 400, 400, 400]);

    assert.equal(await node.stop('SIGTERM'), 0);
    const log = node.said();
    assert.match(log, /"event":"node.started"/, 'the log was written');
    for (const text of tokens) assert.ok(!log.includes(text.slice(20)), `a token is in the log: ${log}`);

    if (here.location.kind !== 'sqlite') return;
    const { directory } = here.location;
    const files = (await readdir(directory)).map((name) => join(directory, name));
    const bytes = Buffer.concat(await Promise.all(files.map((file) => readFile(file))));
    assert.ok(bytes.includes('Alpha Telecom'), 'the right files were read');
    for (const text of tokens) assert.ok(!bytes.includes(text.slice(20)), 'a token is in the files');
  });
});
