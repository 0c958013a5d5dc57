import type { Platform } from '../../platform/platform.ts';
import type { Access } from './access.ts';
import { openAccess } from './access.ts';
import type { Authenticator } from './authenticate.ts';
import { createAuthenticator } from './authenticate.ts';
import type { IdentityCommands } from './commands.ts';
import { createIdentityCommands } from './commands.ts';
import { issueFirstStartToken } from './first-start.ts';
import { commandsWhileValid } from './while-valid.ts';

/** Organisations, people and tokens, and who may act. */
export interface Identity extends Authenticator, AsyncDisposable {
  readonly access: Access;
  readonly commands: IdentityCommands;
  /** The text of a one-time administrator token, when nobody else can run the node. */
  firstStartToken(): Promise<string | undefined>;
}

export async function openIdentity(platform: Platform): Promise<Identity> {
  const access = await openAccess(platform.storage, platform.bus);
  const authenticator = createAuthenticator(platform, access);
  return {
    access,
    ...authenticator,
    commands: commandsWhileValid(authenticator, createIdentityCommands(platform, access)),
    firstStartToken: () => issueFirstStartToken(platform),
    [Symbol.asyncDispose]: () => access[Symbol.asyncDispose](),
  };
}
