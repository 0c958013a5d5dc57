import type { Context } from 'hono';
import type { HttpEnvironment } from './environment.ts';
import type { Refusal } from './refusal.ts';
import { refusalStatus } from './refusal.ts';
import { noteRefusal } from './request-record.ts';

/** Writes a refusal as problem details (RFC 9457). */
export function problemResponse(context: Context<HttpEnvironment>, refusal: Refusal): Response {
  const { code, headers = {} } = refusal;
  const status = refusalStatus[code];
  noteRefusal(context, code);
  if (status === 401) context.header('WWW-Authenticate', challenge);
  for (const [name, value] of Object.entries(headers)) context.header(name, value);
  context.header('Content-Type', 'application/problem+json');
  return context.body(problemText(refusal), status);
}

/** The problem details of a refusal (RFC 9457 §3). */
export function problemText({ code, message, at, rule, details }: Refusal): string {
  return JSON.stringify({
    type: `urn:belltower:problem:${code}`,
    title: code,
    status: refusalStatus[code],
    detail: message,
    at,
    rule,
    details,
  });
}

/** How to authenticate (RFC 9110 §11.6.1): a token, or the token as the password for clients that know no other. */
export const challenge = 'Bearer realm="belltower", Basic realm="belltower", charset="UTF-8"';
