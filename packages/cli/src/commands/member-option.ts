import type { ApiClient, CollectionMember } from '@belltower/client';
import { CommandError } from '../command-error.ts';
import { findOrganisation } from '../session/find-organisation.ts';

/** `NAME`, `NAME=read`, `NAME=write`, `NAME=both`; just a name reads. */
interface NamedMember {
  readonly name: string;
  readonly read: boolean;
  readonly write: boolean;
}

const rights: Readonly<Record<string, Omit<NamedMember, 'name'>>> = {
  read: { read: true, write: false },
  write: { read: false, write: true },
  both: { read: true, write: true },
};

/** The organisations and people that options name, as a collection lists them. */
export async function readMembers(
  api: ApiClient,
  {
    organisations,
    people,
  }: { readonly organisations: readonly string[]; readonly people: readonly string[] },
): Promise<readonly CollectionMember[]> {
  const members: CollectionMember[] = [];
  for (const text of organisations) {
    const { name, read, write } = parseMember(text);
    members.push({ kind: 'organisation', id: await findOrganisation(api, name), read, write });
  }
  for (const text of people) {
    const { name, read, write } = parseMember(text);
    members.push({ kind: 'person', id: name, read, write });
  }
  return members;
}

/** The members after a change: those named now take the place of themselves. */
export function mergeMembers(
  before: readonly CollectionMember[],
  { named, removed }: { readonly named: readonly CollectionMember[]; readonly removed: readonly string[] },
): readonly CollectionMember[] {
  const gone = new Set([...removed, ...named.map(({ id }) => id)]);
  return [...before.filter(({ id }) => !gone.has(id)), ...named];
}

export function parseMember(text: string): NamedMember {
  const at = text.lastIndexOf('=');
  const right = at === -1 ? 'read' : text.slice(at + 1);
  const name = (at === -1 ? text : text.slice(0, at)).trim();
  const known = Object.hasOwn(rights, right) ? rights[right] : undefined;
  if (known !== undefined && name !== '') return { name, ...known };
  throw new CommandError(`"${text}" names no member.`, {
    advice: 'It looks like NAME, NAME=read, NAME=write or NAME=both.',
  });
}
