import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TlpLevel } from '@belltower/stix';
import { tlpLevels } from '@belltower/stix';
import fc from 'fast-check';
import { micros } from '../../../platform/time.ts';
import type { AudienceKind, Collection, CollectionMember } from '../../collections/index.ts';
import { audienceKinds } from '../../collections/index.ts';
import { gate } from './gate.ts';

const me = 'identity--00000000-0000-4000-8000-000000000001';
const client = 'identity--00000000-0000-4000-8000-000000000002';
const stranger = 'identity--00000000-0000-4000-8000-000000000003';

function organisation(id: string, read = true): CollectionMember {
  return { kind: 'organisation', id, organisationId: id, read, write: false };
}

function collection(
  audience: AudienceKind,
  defaultMarking: TlpLevel,
  members: readonly CollectionMember[] = [],
): Collection {
  return {
    id: '00000000-0000-4000-8000-0000000000aa',
    alias: undefined,
    title: 'Test',
    description: undefined,
    ownerId: me,
    audience,
    members,
    defaultMarking,
    audienceWrites: true,
    allowsOnBehalf: false,
    allowsAnonymous: false,
    personalData: 'warn',
    created: micros(0),
  };
}

/** Rule G3, written out: the audiences to which an own object of each marking may go. */
const ownTable: Readonly<Record<TlpLevel, readonly AudienceKind[]>> = {
  clear: ['public', 'community', 'organisations', 'people'],
  green: ['community', 'organisations', 'people'],
  amber: ['community', 'organisations', 'people'],
  'amber+strict': ['organisations', 'people'],
  red: ['people'],
};

for (const marking of tlpLevels) {
  for (const audience of audienceKinds) {
    const allowed = ownTable[marking].includes(audience);
    test(`G3 an own object that is TLP:${marking.toUpperCase()} ${allowed ? 'may' : 'may not'} go to ${audience}`, () => {
      const verdict = gate({
        marking,
        own: true,
        publisherId: me,
        clients: new Set(),
        collection: collection(audience, 'clear'),
      });
      assert.equal(verdict.allowed, allowed);
      if (!verdict.allowed) assert.equal(verdict.rule, 'G3');
    });
  }
}

test('G2 the effective marking is the stricter of the object’s and the collection’s', () => {
  fc.assert(
    fc.property(
      fc.option(fc.constantFrom(...tlpLevels), { nil: undefined }),
      fc.constantFrom(...tlpLevels),
      fc.boolean(),
      (marking, defaultMarking, own) => {
        const verdict = gate({
          marking,
          own,
          publisherId: me,
          clients: new Set(),
          collection: collection('people', defaultMarking),
        });
        const levels = [defaultMarking, ...(marking === undefined ? [] : [marking])];
        const strictest = Math.max(...levels.map((level) => tlpLevels.indexOf(level)));
        assert.equal(verdict.marking, tlpLevels[strictest]);
      },
    ),
  );
});

/** Rule G4, case by case: marking, audience, who reads, allowed. */
const passingOn: readonly (readonly [TlpLevel, AudienceKind, readonly string[], boolean])[] = [
  ['clear', 'public', [], true],
  ['clear', 'community', [], true],
  ['green', 'public', [], false],
  ['green', 'community', [], true],
  ['green', 'organisations', [me, stranger], true],
  ['amber', 'public', [], false],
  ['amber', 'community', [], false],
  ['amber', 'organisations', [me], true],
  ['amber', 'organisations', [me, client], true],
  ['amber', 'organisations', [me, stranger], false],
  ['amber', 'people', [client], true],
  ['amber', 'people', [stranger], false],
  ['amber+strict', 'community', [], false],
  ['amber+strict', 'organisations', [me], true],
  ['amber+strict', 'organisations', [me, client], false],
  ['amber+strict', 'people', [me], true],
  ['red', 'organisations', [me], false],
  ['red', 'people', [me], false],
];

for (const [marking, audience, readers, allowed] of passingOn) {
  const to = [
    audience,
    ...readers.map((id) => (id === me ? 'oneself' : id === client ? 'a client' : 'a stranger')),
  ].join(', ');
  test(`G4 another’s TLP:${marking.toUpperCase()} ${allowed ? 'may' : 'may not'} be passed on to: ${to}`, () => {
    const verdict = gate({
      marking,
      own: false,
      publisherId: me,
      clients: new Set([client]),
      collection: collection(
        audience,
        'clear',
        readers.map((id) => organisation(id)),
      ),
    });
    assert.equal(verdict.allowed, allowed);
    if (!verdict.allowed) assert.equal(verdict.rule, 'G4');
  });
}

test('G4 somebody who may write but not read is not reached', () => {
  const writer = organisation(stranger, false);
  const request = { marking: 'amber', own: false, publisherId: me, clients: new Set<string>() } as const;
  assert.equal(
    gate({ ...request, collection: collection('organisations', 'clear', [writer]) }).allowed,
    true,
  );
});

test('G4 an unmarked object of another organisation counts as marked by the collection’s default', () => {
  const request = { marking: undefined, own: false, publisherId: me, clients: new Set<string>() } as const;
  assert.equal(gate({ ...request, collection: collection('community', 'green') }).allowed, true);
  assert.equal(gate({ ...request, collection: collection('community', 'amber') }).allowed, false);
});

test('G4 whoever owns a collection for organisations reads it, named or not', () => {
  const request = { marking: 'amber', own: false, publisherId: me, clients: new Set<string>() } as const;
  const own = collection('organisations', 'clear', [organisation(me)]);
  assert.equal(gate({ ...request, collection: own }).allowed, true);
  assert.equal(gate({ ...request, collection: { ...own, ownerId: stranger } }).allowed, false);
});
