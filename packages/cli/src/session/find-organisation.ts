import type { ApiClient } from '@belltower/client';
import { CommandError, exitCodes } from '../command-error.ts';

/** The id of an organisation that is named by id or by name; one's own where none is named. */
export async function findOrganisation(api: ApiClient, named: string | undefined): Promise<string> {
  if (named === undefined) return (await api.me()).organisation.id;
  if (named.startsWith('identity--')) return named;
  const wanted = named.trim().toLowerCase();
  const found = (await api.organisations()).find(({ name }) => name.toLowerCase() === wanted);
  if (found !== undefined) return found.id;
  throw new CommandError(`There is no organisation "${named}".`, {
    exitCode: exitCodes.no,
    advice: '"belltower org list" shows all.',
  });
}
