import type { Context } from 'hono';
import type { HttpEnvironment } from './environment.ts';
import type { Refusal } from './refusal.ts';
import { refusalStatus } from './refusal.ts';

/** Writes a refusal as problem details (RFC 9457). */
export function problemResponse(context: Context<HttpEnvironment>, refusal: Refusal): Response {
  const status = refusalStatus[refusal.code];
  const { code, message, at, rule, details } = refusal;
  if (status === 401) context.header('WWW-Authenticate', challenge);
  context.header('Content-Type', 'application/problem+json');
  return context.body(
    JSON.stringify({
      type: `urn:belltower:problem:${code}`,
      title: code,
      status,
      detail: message,
      at,
      rule,
      details,
    }),
    status,
  );
}

/** How to authenticate (RFC 9110 §11.6.1): a token, or the token as the password for clients that know no other. */
export const challenge = 'Bearer realm="belltower", Basic realm="belltower", charset="UTF-8"';
