import type { Context } from 'hono';
import type { HttpEnvironment } from '../../platform/http/environment.ts';
import { RefusalError } from '../../platform/http/refusal.ts';
import type { Actor } from './actor.ts';
import type { Authenticator } from './authenticate.ts';

/**
 * Who makes a request: the holder of the token in `Authorization`, as Bearer (RFC 6750) or as the password of Basic
 * (RFC 7617) for TAXII clients that know no other. Undefined without that header. Throws RefusalError
 * `unauthenticated` for a token that is not valid.
 */
export async function requestActor(
  authenticator: Authenticator,
  context: Context<HttpEnvironment>,
): Promise<Actor | undefined> {
  const header = context.req.header('authorization');
  if (header === undefined) return undefined;
  const token = tokenOf(header);
  const actor = token === undefined ? undefined : await authenticator.authenticate(token);
  if (actor === undefined) {
    throw new RefusalError({
      code: 'unauthenticated',
      message: 'This token is not valid: it is unknown, has ended, or was revoked.',
      at: 'Authorization',
    });
  }
  return actor;
}

/** As `requestActor`, and throws `unauthenticated` where nobody is named. */
export async function requireActor(
  authenticator: Authenticator,
  context: Context<HttpEnvironment>,
): Promise<Actor> {
  const actor = await requestActor(authenticator, context);
  if (actor !== undefined) return actor;
  throw new RefusalError({
    code: 'unauthenticated',
    message: 'This needs a token: Authorization: Bearer bt_…',
    at: 'Authorization',
  });
}

function tokenOf(header: string): string | undefined {
  const [, scheme = '', credentials = ''] = /^(\w{1,20}) +(\S{1,500})$/.exec(header) ?? [];
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return credentials;
    case 'basic': {
      const [user = '', ...password] = Buffer.from(credentials, 'base64').toString('utf8').split(':');
      return password.join(':') || user;
    }
    default:
      return undefined;
  }
}
