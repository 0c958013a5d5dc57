import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openStorage } from '../../platform/storage/open-storage.ts';
import { describeEngines } from '../../platform/storage/testing.ts';
import { migrations } from '../../slices.ts';
import { collections0002 } from './migrations/0002-personal-data.ts';
import { loadCollection } from './store.ts';

describeEngines('collections of before', (place) => {
  test('G9 a collection that was there before it could refuse goes on with a warning', async (t) => {
    const there = await place();
    t.after(() => there.remove());
    const before = migrations.slice(0, migrations.indexOf(collections0002));
    {
      await using storage = await openStorage({ ...there.location, migrations: before });
      await storage.write(async (transaction) => {
        await sql`insert into organisation (id, name, name_key, kind, created, suspended)
          values ('identity--1', 'Telco', 'telco', 'operator', 1, 0)`.execute(transaction);
        await sql`insert into collection (id, title, owner_id, audience, default_marking, audience_writes, allows_on_behalf, allows_anonymous, created)
          values ('one', 'One', 'identity--1', 'public', 0, 1, 0, 0, 1)`.execute(transaction);
      });
    }
    await using storage = await openStorage({ ...there.location, migrations });
    assert.equal((await loadCollection(storage.read, 'one'))?.personalData, 'warn');
  });
});
