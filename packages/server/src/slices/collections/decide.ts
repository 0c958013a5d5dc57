import type { TlpLevel } from '@belltower/stix';
import { compareTlp } from '@belltower/stix';
import type { Outcome } from '../../platform/http/refusal.ts';
import { accept, refuse } from '../../platform/http/refusal.ts';
import type { AudienceKind, Collection, PersonalDataRule } from './collection.ts';
import { audienceKinds } from './collection.ts';

/** The widest audience that may get an own object of this marking (rule G3). */
export const widestAudience: Readonly<Record<TlpLevel, AudienceKind>> = {
  clear: 'public',
  green: 'community',
  amber: 'community',
  'amber+strict': 'organisations',
  red: 'people',
};

/** The marking that a new collection gives to what has none. */
export const usualMarking: Readonly<Record<AudienceKind, TlpLevel>> = {
  public: 'clear',
  community: 'green',
  organisations: 'amber',
  people: 'red',
};

/** What a new collection does with subscribers who are named in plain: nobody knows who will read what goes to everybody (rule G9). */
export const usualPersonalData: Readonly<Record<AudienceKind, PersonalDataRule>> = {
  public: 'refuse',
  community: 'refuse',
  organisations: 'warn',
  people: 'warn',
};

/** Whether an audience is as narrow as `widest`, or narrower. */
export function isWithin(audience: AudienceKind, widest: AudienceKind): boolean {
  return audienceKinds.indexOf(audience) >= audienceKinds.indexOf(widest);
}

/** The stricter of two markings. */
export function stricter(one: TlpLevel, other: TlpLevel): TlpLevel {
  return compareTlp(one, other) >= 0 ? one : other;
}

/** A collection that makes sense: its default marking fits its audience, and it names the kind of members that it says. */
export function checkCollection(collection: Collection): Outcome<Collection> {
  const { audience, defaultMarking, members } = collection;
  if (!isWithin(audience, widestAudience[defaultMarking])) {
    return refuse(
      'not-allowed-by-marking',
      `The default marking TLP:${defaultMarking.toUpperCase()} may reach an audience of ${widestAudience[defaultMarking]} at the widest; this one is ${audience}.`,
      { at: '$.defaultMarking', rule: 'G3' },
    );
  }
  for (const [index, member] of members.entries()) {
    const at = `$.members[${index}]`;
    if (audience === 'people' && member.kind !== 'person') {
      return refuse('unprocessable', 'A collection for named people names people, not organisations.', {
        at,
        rule: 'G3',
      });
    }
    if (members.findIndex((other) => other.kind === member.kind && other.id === member.id) !== index) {
      return refuse('unprocessable', 'This member is named twice.', { at });
    }
  }
  return accept(collection);
}

/**
 * Whether a change only takes away: nobody can read or publish afterwards who could not before, and what people know the
 * collection by stays. An alias may be given where there is none.
 */
export function onlyLimits(before: Collection, after: Collection): boolean {
  const keepsName =
    after.title === before.title &&
    after.description === before.description &&
    (after.alias === before.alias || before.alias === undefined);
  const keepsMembers = after.members.every((member) =>
    before.members.some(
      ({ kind, id, read, write }) =>
        kind === member.kind && id === member.id && (read || !member.read) && (write || !member.write),
    ),
  );
  return (
    keepsName &&
    keepsMembers &&
    isWithin(after.audience, before.audience) &&
    compareTlp(after.defaultMarking, before.defaultMarking) >= 0 &&
    (before.audienceWrites || !after.audienceWrites) &&
    (before.allowsOnBehalf || !after.allowsOnBehalf) &&
    (before.allowsAnonymous || !after.allowsAnonymous) &&
    (before.personalData === 'warn' || after.personalData === 'refuse')
  );
}
