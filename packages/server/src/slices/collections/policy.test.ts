import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { micros } from '../../platform/time.ts';
import type { Actor } from '../identity/index.ts';
import type { AudienceKind, Collection } from './collection.ts';
import { audienceKinds, personalDataRules } from './collection.ts';
import { onlyLimits } from './decide.ts';
import { mayLimit, mayManage, mayPublish, mayRead, maySee } from './policy.ts';

type Scope = Actor['scopes'] extends ReadonlySet<infer Each> ? Each : never;

function actor(organisationId: string, more: Partial<Actor> = {}): Actor {
  return {
    tokenId: '0123456789abcdef',
    organisationId,
    organisationName: organisationId,
    personId: undefined,
    role: 'automation',
    scopes: new Set<Scope>(['read', 'publish', 'manage', 'red']),
    expires: undefined,
    ...more,
  };
}

const named = (personId: string, organisationId: string) =>
  actor(organisationId, { personId, role: 'analyst' });

// Who asks. Everybody has every scope; what a missing scope takes away is tested below.
const actors: readonly (readonly [string, Actor | undefined])[] = [
  ['nobody', undefined],
  ['a member that is not named', actor('stranger')],
  ['the owner', actor('owner')],
  ['an organisation named to read', actor('reader')],
  ['an organisation named to write', actor('writer')],
  ['an organisation named for both', actor('both')],
  ['a person named to read', named('ann', 'alpha')],
  ['a person named to write', named('bob', 'alpha')],
  ['a person named for both', named('cyd', 'alpha')],
  ['a colleague of these people', named('dan', 'alpha')],
  ['an administrator of the owner', actor('owner', { personId: 'eve', role: 'organisation-administrator' })],
  ['an administrator of another', actor('stranger', { personId: 'fay', role: 'organisation-administrator' })],
  ['the node operator', actor('operator', { personId: 'gus', role: 'node-operator' })],
];

const members: Collection['members'] = [
  { kind: 'organisation', id: 'reader', organisationId: 'reader', read: true, write: false },
  { kind: 'organisation', id: 'writer', organisationId: 'writer', read: false, write: true },
  { kind: 'organisation', id: 'both', organisationId: 'both', read: true, write: true },
  { kind: 'organisation', id: 'neither', organisationId: 'neither', read: false, write: false },
  { kind: 'person', id: 'ann', organisationId: 'alpha', read: true, write: false },
  { kind: 'person', id: 'bob', organisationId: 'alpha', read: false, write: true },
  { kind: 'person', id: 'cyd', organisationId: 'alpha', read: true, write: true },
];

function collection(audience: AudienceKind, audienceWrites: boolean): Collection {
  return {
    id: 'collection',
    alias: undefined,
    title: 'Collection',
    description: undefined,
    ownerId: 'owner',
    audience,
    members,
    defaultMarking: 'clear',
    audienceWrites,
    allowsOnBehalf: false,
    allowsAnonymous: false,
    personalData: 'refuse',
    created: micros(1),
  };
}

// R reads, P publishes, M manages; in the order of `actors`.
const table: readonly (readonly [AudienceKind, boolean, string])[] = [
  ['public', true, 'R RP RP RP RP RP RP RP RP RP RPM RP RP'],
  ['public', false, 'R R RP R RP RP R RP RP R RPM R R'],
  ['community', true, '- RP RP RP RP RP RP RP RP RP RPM RP RP'],
  ['community', false, '- R RP R RP RP R RP RP R RPM R R'],
  ['organisations', true, '- - RP RP P RP RP P RP - RPM - -'],
  ['organisations', false, '- - RP R P RP R P RP - RPM - -'],
  ['people', true, '- - - - - - RP P RP - M - -'],
  ['people', false, '- - - - - - R P RP - M - -'],
];

function rights(of: Collection, who: Actor | undefined): string {
  const letters = [
    mayRead(of, who) ? 'R' : '',
    mayPublish(of, who) ? 'P' : '',
    who !== undefined && mayManage(of, who) ? 'M' : '',
  ].join('');
  const limits = who !== undefined && mayLimit(of, who);
  assert.equal(limits, letters.includes('M') || (who?.role === 'node-operator' && who.scopes.has('manage')));
  assert.equal(maySee(of, who), letters !== '' || limits, 'it exists for whoever may do something with it');
  return letters || '-';
}

for (const [audience, audienceWrites, row] of table) {
  const expected = row.split(' ');
  const of = collection(audience, audienceWrites);
  describe(`a collection for ${audience}, ${audienceWrites ? 'which may write' : 'which only reads'}`, () => {
    for (const [index, [name, who]] of actors.entries()) {
      const letters = expected[index] ?? '';
      test(`is for ${name}: ${letters}`, () => {
        assert.equal(rights(of, who), letters);
      });
    }
    test('gives nothing for a scope that is missing, but what is public', () => {
      for (const [index, [name, who]] of actors.entries()) {
        if (who === undefined) continue;
        for (const missing of ['read', 'publish', 'manage', 'red'] as const) {
          const less: Actor = {
            ...who,
            scopes: new Set([...who.scopes].filter((scope) => scope !== missing)),
          };
          const letter = {
            read: audience === 'public' ? '' : 'R',
            publish: 'P',
            manage: 'M',
            red: audience === 'people' ? 'R' : '',
          }[missing];
          const left = (expected[index] ?? '').replace(letter, '') || '-';
          assert.equal(rights(of, less), left, `${name} without ${missing}`);
        }
      }
    });
  });
}

test('being named for nothing gives nothing', () => {
  assert.equal(rights(collection('organisations', true), actor('neither')), '-');
});

test('a person who is named counts only within the organisation that they were named in', () => {
  for (const audience of ['organisations', 'people'] as const)
    assert.equal(rights(collection(audience, true), named('cyd', 'elsewhere')), '-');
});

test("an organisation that bears a person's id, or a person that bears an organisation's, is not named", () => {
  for (const audience of ['organisations', 'people'] as const) {
    assert.equal(rights(collection(audience, true), actor('cyd')), '-');
    assert.equal(rights(collection(audience, true), named('both', 'alpha')), '-');
  }
});

const anyCollection: fc.Arbitrary<Collection> = fc
  .record({
    audience: fc.constantFrom(...audienceKinds),
    audienceWrites: fc.boolean(),
    allowsOnBehalf: fc.boolean(),
    allowsAnonymous: fc.boolean(),
    personalData: fc.constantFrom(...personalDataRules),
    members: fc.subarray([...members]),
    turned: fc.boolean(),
    defaultMarking: fc.constantFrom('clear' as const, 'amber' as const),
  })
  .map(({ turned, members: some, ...settings }) => ({
    ...collection(settings.audience, settings.audienceWrites),
    ...settings,
    members: turned ? some.map((member) => ({ ...member, read: member.write, write: member.read })) : some,
  }));

test('a change that only limits gives nobody a right that they had not', () => {
  let limiting = 0;
  fc.assert(
    fc.property(anyCollection, anyCollection, (before, after) => {
      if (!onlyLimits(before, after)) return;
      limiting += 1;
      for (const [name, who] of actors) {
        assert.ok(!mayRead(after, who) || mayRead(before, who), `${name} reads`);
        assert.ok(!mayPublish(after, who) || mayPublish(before, who), `${name} publishes`);
      }
      for (const key of ['allowsOnBehalf', 'allowsAnonymous'] as const)
        assert.ok(!after[key] || before[key], key);
      assert.ok(after.personalData === 'refuse' || before.personalData === 'warn', 'personalData');
    }),
    { numRuns: 20_000 },
  );
  assert.ok(limiting > 50, `some were such changes: ${limiting}`);
});

test('a change that only limits leaves what people know a collection by', () => {
  const before = { ...collection('community', true), alias: 'known' };
  assert.equal(onlyLimits(before, before), true);
  for (const more of [{ title: 'Other' }, { description: 'Other' }, { alias: 'other' }, { alias: undefined }])
    assert.equal(onlyLimits(before, { ...before, ...more }), false, JSON.stringify(more));
  assert.equal(onlyLimits({ ...before, alias: undefined }, before), true, 'but a first alias');
});
