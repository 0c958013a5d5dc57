import type { Platform } from '../../platform/platform.ts';
import type { Access } from './access.ts';
import type { OrganisationCommands } from './organisation-commands.ts';
import { createOrganisationCommands } from './organisation-commands.ts';
import type { PeopleCommands } from './people-commands.ts';
import { createPeopleCommands } from './people-commands.ts';
import { createRecordChange } from './record-change.ts';
import type { TokenCommands } from './token-commands.ts';
import { createTokenCommands } from './token-commands.ts';

/** What is done to organisations, people and tokens. Each change and its audit entry are one transaction. */
export interface IdentityCommands extends OrganisationCommands, PeopleCommands, TokenCommands {}

export function createIdentityCommands(platform: Platform, access: Access): IdentityCommands {
  const recordChange = createRecordChange(platform, access);
  return {
    ...createOrganisationCommands(platform, recordChange),
    ...createPeopleCommands(platform, recordChange),
    ...createTokenCommands(platform, recordChange),
  };
}
