import type { ApiClient } from '@belltower/client';
import { tlpMarkingId } from '@belltower/stix';
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
  for (const { member, token } of access) {
    const text = JSON.stringify(memberIdentity(member));
    const { results } = await connect(token).publish('community', [text]);
    const refused = results.find(({ status }) => status === 'refused');
    if (refused !== undefined) throw new Error(`${member.name} cannot be introduced: ${refused.message}`);
  }
  return access;
}

/** The object that `created_by_ref` of everything a member publishes points to (STIX 2.1 §4.5); the same at every start. */
export function memberIdentity({ id, name, kind }: DemoMember) {
  const at = '2026-01-01T00:00:00.000Z';
  return {
    type: 'identity',
    spec_version: '2.1',
    id,
    created_by_ref: id,
    created: at,
    modified: at,
    name,
    description: 'A member of the demo, which does not exist.',
    identity_class: 'organization',
    sectors: [kind === 'cert' ? 'emergency-services' : 'telecommunications'],
    object_marking_refs: [tlpMarkingId('green')],
  };
}
