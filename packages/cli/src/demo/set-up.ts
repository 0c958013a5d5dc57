import type { ApiClient } from '@belltower/client';
import type { DemoMember } from './community.ts';
import { demoCollections, demoMembers } from './community.ts';

/** A member of the demo with a token that reads and publishes for it. */
export interface MemberAccess {
  readonly member: DemoMember;
  readonly token: string;
}

/** Makes the community where it is not there yet, and a new token for each member. */
export async function setUpCommunity(
  operator: ApiClient,
  connect: (token: string) => ApiClient,
): Promise<readonly MemberAccess[]> {
  const there = new Set((await operator.organisations()).map((organisation) => organisation.id));
  for (const { id, name, kind } of demoMembers) {
    if (!there.has(id)) await operator.createOrganisation({ id, name, kind });
  }
  const collections = new Set((await operator.collections()).map((collection) => collection.id));
  for (const collection of demoCollections) {
    if (!collections.has(collection.id)) await operator.createCollection(collection);
  }
  const access: MemberAccess[] = [];
  for (const member of demoMembers) {
    // An administrator comes in, makes a token for the member's program, and goes: so the next start finds the way free again.
    const person = { name: 'Administrator', role: 'organisation-administrator' };
    const { enrolment } = await operator.createPerson(member.id, person);
    const own = await operator.enrol({ enrolment: enrolment.text });
    const administrator = connect(own.text);
    const token = { label: 'demo', scopes: ['read', 'publish'] };
    access.push({ member, token: (await administrator.createToken(member.id, token)).text });
    await administrator.revokeToken(own.id);
  }
  return access;
}
