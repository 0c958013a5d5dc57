import type { ApiClient } from '@belltower/client';

/** Tells ids by name as far as the token may see them, and otherwise by the id. */
export type NameOf = (id: string | undefined) => string | undefined;

/** The names of organisations and collections, and of the people of those that are given; what may not be listed keeps its id. */
export async function loadNames(
  api: ApiClient,
  organisations: Iterable<string | undefined>,
): Promise<NameOf> {
  const names = new Map<string, string>();
  for (const { id, name } of await api.organisations().catch(() => [])) names.set(id, name);
  for (const { id, alias, title } of await api.collections().catch(() => [])) names.set(id, alias ?? title);
  const wanted = new Set([...organisations].filter((id) => id !== undefined));
  const people = await Promise.all([...wanted].map((id) => api.people(id).catch(() => [])));
  for (const { id, name } of people.flat()) names.set(id, name);
  return (id) => (id === undefined ? undefined : (names.get(id) ?? id));
}
