import type { Context } from 'hono';
import { clientAddress } from '../../platform/http/client-address.ts';
import { echo } from '../../platform/http/echo.ts';
import type { HttpEnvironment } from '../../platform/http/environment.ts';
import type { Outcome } from '../../platform/http/refusal.ts';
import { orRefuse, RefusalError } from '../../platform/http/refusal.ts';
import { noteActor } from '../../platform/http/request-record.ts';
import type { Actor } from './actor.ts';
import type { Authenticator } from './authenticate.ts';

/**
 * Who makes a request: the holder of the token in `Authorization`, as Bearer (RFC 6750) or as the password of Basic
 * (RFC 7617) for TAXII clients that know no other. Undefined without that header. Throws RefusalError `unauthenticated` for a
 * token that is not valid, and `too-many-requests` for whoever asks too often: by token, and by address for those who have none
 * or try out tokens. A token that the node knows is let in also where others try out theirs from the same address.
 */
export async function requestActor(
  authenticator: Authenticator,
  context: Context<HttpEnvironment>,
): Promise<Actor | undefined> {
  refuseTokenInAddress(context.req.url);
  const { rates, limits } = context.get('bounds');
  const header = context.req.header('authorization');
  const address = () => clientAddress(context.env.incoming, limits.trustedProxies);
  if (header === undefined) return orRefuse(await rates.withoutToken(address()));
  const token = tokenOf(header);
  if (token === undefined || !authenticator.hasSeen(token)) orRefuse(await rates.mayTryTokens(address()));
  const actor = token === undefined ? undefined : await authenticator.authenticate(token);
  if (actor === undefined) {
    orRefuse(await rates.badToken(address()));
    throw new RefusalError({
      code: 'unauthenticated',
      message: 'This token is not valid: it is unknown, has ended, or was revoked.',
      at: 'Authorization',
    });
  }
  noteActor(context, actor);
  orRefuse(await rates.withToken(actor.tokenId));
  return actor;
}

/** Addresses are kept in logs and histories: a token in one has been told to others, and should be revoked. */
function refuseTokenInAddress(url: string): void {
  const [, name] = /[?&]([^=&#]{1,60})=b[te]_[0-9a-f]{16}_/.exec(url) ?? [];
  if (name === undefined) return;
  throw new RefusalError({
    code: 'bad-request',
    message:
      'A token does not belong in an address, where logs and histories keep it: send it in Authorization, and revoke this one.',
    at: `?${echo(name)}`,
  });
}

/**
 * Lets somebody without a token try a secret, with what comes of it: it counts as a request without a token, whatever stands in
 * its body; secrets that are refused count as tokens that are not valid. Beyond either bound it throws `too-many-requests`.
 */
export async function trySecret<Value>(
  context: Context<HttpEnvironment>,
  attempt: () => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  const { rates, limits } = context.get('bounds');
  const address = clientAddress(context.env.incoming, limits.trustedProxies);
  orRefuse(await rates.withoutToken(address));
  orRefuse(await rates.mayTryTokens(address));
  const outcome = await attempt();
  if (!outcome.ok) orRefuse(await rates.badToken(address));
  return outcome;
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
