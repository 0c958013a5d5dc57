import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LiveEntry, TaxiiCursor } from '../packages/client/src/index.ts';
import { ClientError, createApiClient, createTaxiiClient, watch } from '../packages/client/src/index.ts';
import { indicator } from '../packages/server/src/testing-objects.ts';
import type { Community } from './support/community.ts';
import { startCommunity } from './support/community.ts';
import { temporaryDirectory } from './support/run-cli.ts';

function clients({ url, member }: Community, token = member.token) {
  const common = { fetch, random: Math.random, credentials: { kind: 'bearer', token } } as const;
  return {
    api: createApiClient({ ...common, url }),
    taxii: createTaxiiClient({ ...common, url: `${url}/taxii2/` }),
    common,
  };
}

/** With what a program that parses and prints would lose: spaces, a big integer, the spelling of a number, an unknown property. */
function exactText(id = indicator().id): string {
  const object = JSON.stringify(indicator({ id }));
  return `${object.slice(0, -1)}, "x_big": 12345678901234567890, "confidence" : 5e1}`;
}

test('TAXII: what is published comes back byte for byte, page by page, and resumes where it stopped', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(directory.path);
  const { taxii, api } = clients(community);
  const collection = await taxii.collection(community.collection);
  assert.deepEqual([collection.canRead, collection.canWrite], [true, true]);
  const texts = Array.from({ length: 7 }, () => exactText());
  const status = await taxii.publish(collection, texts);
  assert.deepEqual([status.status, status.successCount, status.failureCount], ['complete', 7, 0]);

  const read: string[] = [];
  let cursor: TaxiiCursor | undefined;
  for await (const page of taxii.objectPages(collection, { limit: 3 })) {
    read.push(...page.items.map((item) => item.text));
    cursor = page.cursor;
    // As if the program had been killed here and begun anew with the cursor that it kept.
    if (read.length === 3) break;
  }
  for await (const page of taxii.objectPages(collection, { limit: 3, cursor })) {
    read.push(...page.items.map((item) => item.text));
    cursor = page.cursor;
  }
  assert.deepEqual(read, texts);

  const later = exactText();
  await api.publish(community.collection, [later]);
  const news: string[] = [];
  for await (const { text } of taxii.objects(collection, { cursor })) news.push(text);
  assert.deepEqual(news, [later]);
});

test('TAXII: manifest, versions, one object, filters and removal work against a node', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(directory.path);
  const { taxii } = clients(community);
  const collection = await taxii.collection(community.collection);
  const old = indicator();
  const young = { ...old, modified: '2026-02-01T00:00:00.000Z' };
  await taxii.publish(
    collection,
    [old, young, indicator()].map((object) => JSON.stringify(object)),
  );
  assert.deepEqual(await taxii.versions(collection, old.id), [old['modified'], young.modified]);
  const match = { version: ['all'] };
  assert.equal((await taxii.object(collection, old.id, { match })).length, 2);
  const records = [];
  for await (const record of taxii.manifest(collection, { match: { id: [old.id] } }))
    records.push(record.version);
  assert.deepEqual(records, [young.modified]);
  await taxii.delete(collection, old.id);
  await assert.rejects(
    taxii.object(collection, old.id),
    (error) => error instanceof ClientError && error.status === 404,
  );
});

test('G1 Publishing through the node gives each object its own result', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(directory.path);
  const { api } = clients(community);
  const good = JSON.stringify(indicator());
  const answer = await api.publish(community.collection, [good, '{"type":"indicator"}', good]);
  assert.deepEqual(
    answer.results.map((result) => result.status),
    ['accepted', 'refused', 'unchanged'],
  );
  assert.equal(answer.results[1]?.code, 'invalid');
  assert.notEqual(answer.results[1]?.errors.length, 0);
});

test('R2 A live stream goes through a restart of the node with nothing missed or repeated', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(directory.path);
  const { api, common } = clients(community);
  const publish = () => api.publish(community.collection, [JSON.stringify(indicator()), exactText()]);
  const taken: LiveEntry[] = [];
  const signal = AbortSignal.timeout(20_000);
  const reading = (async () => {
    const options = { ...common, url: community.url, collections: [community.collection], signal };
    for await (const entry of watch(options)) if (taken.push(entry) === 6) break;
  })();
  // Awaited below; what goes wrong before that must not end the test's process.
  reading.catch(() => undefined);
  await publish();
  await community.stop();
  await new Promise((resolve) => setTimeout(resolve, 300));
  await community.start();
  await publish();
  await publish();
  await reading;
  assert.deepEqual(
    taken.map((entry) => entry.position),
    [1, 2, 3, 4, 5, 6],
  );
  const second = taken[1];
  assert.match(
    second?.kind === 'object' ? second.objectText : '',
    /"x_big": 12345678901234567890, "confidence" : 5e1}$/,
  );
});

test('The rest of a node is there: organisations, people, tokens, collections, withdrawal, audit', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(directory.path);
  const { api: operator } = clients(community, community.operator);
  const { api: member } = clients(community);
  const { organisation } = community.member;

  const renamed = await operator.changeOrganisation(organisation, { name: 'Telco North' });
  assert.equal(renamed.name, 'Telco North');
  const { api: administrator } = clients(community, community.member.administrator);
  const person = await administrator.createPerson(organisation, { name: 'Bo', role: 'analyst' });
  assert.deepEqual(
    (await operator.people(organisation)).map(({ name }) => name),
    ['Ada', 'Bo'],
  );
  const renewed = await administrator.renewEnrolment(person.id);
  const own = await member.enrol({ enrolment: renewed.enrolment.text, scopes: ['read', 'red'] });
  assert.deepEqual([own.person, own.madeBy, own.scopes], [person.id, person.id, ['read', 'red']]);
  assert.equal((await administrator.removePerson(person.id)).removed, true);

  await assert.rejects(
    member.createOrganisation({ name: 'X', kind: 'vendor' }),
    (error) => error instanceof ClientError && error.code === 'forbidden',
  );

  const created = await operator.createCollection({
    title: 'Ring',
    alias: 'ring',
    audience: 'organisations',
  });
  assert.deepEqual(
    (await member.collections()).map(({ alias }) => alias),
    ['fraud'],
  );
  const members = [{ kind: 'organisation', id: organisation, read: true, write: true }] as const;
  const preview = await operator.previewCollection('ring', { members });
  assert.deepEqual([preview.preview, preview.organisations], [true, [organisation]]);
  assert.equal((await operator.collection(created.id)).members.length, 0);
  await operator.changeCollection('ring', { members });
  assert.equal((await member.collection('ring')).canWrite, true);

  const object = indicator();
  await member.publish('ring', [JSON.stringify(object)]);
  assert.equal((await member.withdraw('ring', object.id)).length, 1);

  const token = await operator.revokeToken(community.member.tokenId);
  assert.notEqual(token.revoked, undefined);
  await assert.rejects(member.me(), (error) => error instanceof ClientError && error.status === 401);
  const actions: string[] = [];
  for await (const { action } of operator.audit()) actions.push(action);
  assert.ok(actions.includes('token.revoke') && actions.includes('collection.change'));
});
