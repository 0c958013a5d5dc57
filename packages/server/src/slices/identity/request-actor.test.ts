import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startTestNode } from '../../testing.ts';

const node = await startTestNode();
after(() => node[Symbol.asyncDispose]());
const { token } = await node.member('Alpha Telecom');
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const secret = token.slice(20);

async function ask(authorization: string | undefined) {
  return fetch(`${node.url}/api/me`, authorization === undefined ? {} : { headers: { authorization } });
}

for (const [form, header] of [
  ['Bearer', `Bearer ${token}`],
  ['a scheme in other letters', `bEARER ${token}`],
  ['more spaces', `Bearer   ${token}`],
  ['the password of Basic', basic(`anybody:${token}`)],
  ['the password of Basic without a user', basic(`:${token}`)],
  ['the user of Basic with an empty password', basic(`${token}:`)],
  ['the user of Basic', basic(token)],
  ['Basic without padding', basic(`ab:${token}`).replaceAll('=', '')],
] as const) {
  test(`a token is taken as ${form}`, async () => {
    assert.equal((await ask(header)).status, 200);
  });
}

for (const [form, header] of [
  ['nothing at all', undefined],
  ['an empty header', ''],
  ['the scheme alone', 'Bearer'],
  ['the token alone', token],
  ['another scheme', `Token ${token}`],
  ['a comma', `Bearer,${token}`],
  ['two tokens', `Bearer ${token} ${token}`],
  ['a token in quotes', `Bearer "${token}"`],
  ['a token with more behind it', `Bearer ${token}A`],
  ['a token that is cut', `Bearer ${token.slice(0, -1)}`],
  ['a token in capitals', `Bearer ${token.toUpperCase()}`],
  ['the secret alone', `Bearer ${secret}`],
  ['the public part alone', `Bearer ${token.slice(0, 20)}`],
  ['another secret', `Bearer ${token.slice(0, 20)}${'A'.repeat(43)}`],
  ['another public part', `Bearer bt_${'0'.repeat(16)}_${secret}`],
  ['Basic that is not base64', 'Basic !!!!'],
  ['Basic with an empty text', basic('')],
  ['Basic with colons alone', basic(':::')],
  ['Basic with the token behind a second colon', basic(`a:b:${token}`)],
  ['a user and another password', basic(`${token}:password`)],
  ['a default user', basic('admin:admin')],
  ['15,000 characters', `Bearer ${'A'.repeat(15_000)}`],
] as const) {
  test(`${form} is no authorization`, async () => {
    const response = await ask(header);
    assert.equal(response.status, 401);
    assert.match(response.headers.get('www-authenticate') ?? '', /^Bearer .*Basic /);
    assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/);
    const text = await response.text();
    assert.ok(!text.includes(secret), 'the answer does not repeat what was sent');
  });
}

test('an unknown token, a wrong secret and a text that is no token are refused in the same words', async () => {
  const answers = await Promise.all(
    [`bt_${'0'.repeat(16)}_${secret}`, `${token.slice(0, 20)}${'A'.repeat(43)}`, 'nonsense'].map(
      async (text) => (await ask(`Bearer ${text}`)).text(),
    ),
  );
  assert.equal(new Set(answers).size, 1, answers.join('\n'));
});

test('a token or an enrolment in an address is refused, and not repeated', async () => {
  for (const text of [token, token.replace('bt_', 'be_')]) {
    const response = await fetch(`${node.url}/api/me?key=${text}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    assert.equal(response.status, 400);
    assert.ok(!(await response.text()).includes(secret));
  }
});

test('a public collection does not make a wrong token right', async () => {
  await node.collection({ title: 'Public', alias: 'public', audience: 'public' });
  const path = `${node.url}/taxii2/community/collections/public/objects/`;
  const headers = { accept: 'application/taxii+json;version=2.1' };
  assert.equal((await fetch(path, { headers })).status, 200);
  const wrong = await fetch(path, { headers: { ...headers, authorization: 'Bearer nonsense' } });
  assert.equal(wrong.status, 401);
});
