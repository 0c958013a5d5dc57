import { Hono } from 'hono';
import type { HttpApp, HttpEnvironment } from '../http/environment.ts';
import { openApiDocument } from './document.ts';
import type { Operation } from './operation.ts';

/** `GET /api/openapi.json`; the document is made when somebody asks for it first. */
export function openApiRoutes(operations: readonly Operation[], version: string): HttpApp {
  const routes: HttpApp = new Hono<HttpEnvironment>();
  let text: string | undefined;
  routes.get('/openapi.json', (context) => {
    text ??= JSON.stringify(openApiDocument(operations, { title: 'Belltower', version, description }));
    context.header('Content-Type', 'application/json');
    return context.body(text);
  });
  return routes;
}

const description = `The node's own interface, beside TAXII 2.1, which stands under \`/taxii2/\` as the standard describes it.

Bodies are JSON in UTF-8. Ids of organisations are STIX identity ids; collections are named by id or alias. Times are RFC 3339 in UTC. Every
refusal is problem details (RFC 9457) whose \`title\` is a stable code. A token may make BELLTOWER_MAX_REQUESTS_PER_TOKEN requests a minute,
6,000 unless the operator says otherwise; a refusal says how long to wait in \`Retry-After\`.`;
