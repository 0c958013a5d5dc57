import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Outcome } from './refusal.ts';
import { createRequestRates } from './request-rates.ts';

const limits = { requestsPerToken: 120, requestsPerAddress: 60, badTokensPerAddress: 10 };

async function until(ask: () => Promise<Outcome<undefined>>, most: number) {
  for (let count = 0; count <= most; count += 1) {
    const outcome = await ask();
    if (!outcome.ok) return { count, refusal: outcome.refusal };
  }
  throw new Error(`${most} requests were let in`);
}

test('a token gets as much as one minute allows at once and no more, and is told when to come back', async () => {
  const rates = createRequestRates(limits, 1);
  const { count, refusal } = await until(() => rates.withToken('a'), 120);
  // The half for bursts, and what comes evenly: one a second.
  assert.ok(count >= 61 && count <= 70, `${count}`);
  assert.equal(refusal.code, 'too-many-requests');
  assert.match(refusal.headers?.['Retry-After'] ?? '', /^\d+$/);
  assert.equal(refusal.headers?.['RateLimit-Policy'], '"token";q=120;w=60');
  assert.match(refusal.headers?.['RateLimit'] ?? '', /^"token";r=0;t=\d+$/);
  assert.ok((await rates.withToken('b')).ok, 'another token is not concerned');
});

test('whoever has used up what there is for bursts goes on evenly', async () => {
  const rates = createRequestRates({ ...limits, requestsPerToken: 6_000 }, 1);
  const { refusal } = await until(() => rates.withToken('a'), 6_000);
  assert.equal(refusal.headers?.['Retry-After'], '1');
  await new Promise((resolve) => setTimeout(resolve, 1_050));
  assert.ok((await rates.withToken('a')).ok);
});

test('requests without a token count by address, those of one IPv6 subscriber together', async () => {
  const rates = createRequestRates(limits, 2);
  let host = 0;
  const next = () => {
    host += 1;
    return rates.withoutToken(`2001:db8::${host.toString(16)}`);
  };
  const { refusal } = await until(next, 60);
  assert.equal(refusal.headers?.['RateLimit-Policy'], '"address";q=60;w=60');
  assert.ok((await rates.withoutToken('192.0.2.1')).ok);
});

test('after some tokens that were not valid, no more are looked up for that address', async () => {
  const rates = createRequestRates(limits, 3);
  for (let n = 0; n < 10; n += 1) {
    assert.ok((await rates.mayTryTokens('192.0.2.1')).ok);
    assert.ok((await rates.badToken('192.0.2.1')).ok);
  }
  for (const outcome of [await rates.mayTryTokens('192.0.2.1'), await rates.badToken('192.0.2.1')]) {
    assert.ok(!outcome.ok);
    assert.equal(outcome.refusal.headers?.['RateLimit-Policy'], '"bad-tokens";q=10;w=60');
  }
  assert.ok((await rates.mayTryTokens('192.0.2.2')).ok);
});

test('counting a request costs less than 5 µs, also where a hundred thousand addresses ask', async (t) => {
  const rates = createRequestRates({ ...limits, requestsPerToken: 1_000_000_000 }, 4);
  const times: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    const before = process.cpuUsage();
    for (let n = 0; n < 20_000; n += 1) await rates.withToken('token');
    const { user } = process.cpuUsage(before);
    times.push(user / 20_000);
  }
  for (let n = 0; n < 100_000; n += 1) await rates.withoutToken(`198.${n & 255}.${n >> 8}.7`);
  t.diagnostic(`${Math.min(...times).toFixed(2)} µs of processor time a request`);
  // Three times what is wanted: this machine may be busy.
  assert.ok(Math.min(...times) < 15);
});
