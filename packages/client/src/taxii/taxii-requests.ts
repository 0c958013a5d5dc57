import { ClientError } from '../client-error.ts';
import type { ConnectionOptions, HttpAnswer, HttpRequest } from '../http/connection.ts';
import { createConnection } from '../http/connection.ts';
import { parseAnswer } from '../http/parse-answer.ts';
import type { TaxiiDiscovery } from './resources.ts';
import { readDiscovery } from './resources.ts';

/** How to reach a TAXII server. */
export interface TaxiiOptions extends ConnectionOptions {
  /** The discovery resource, such as `https://node.example/taxii2/`. */
  readonly url: string;
  /** Other origins that may be given the credentials, where a server's API roots stand elsewhere. */
  readonly trustedOrigins?: readonly string[] | undefined;
}

/** What is sent and asked for (TAXII 2.1 §1.6.8). */
export const taxiiMediaType = 'application/taxii+json;version=2.1';

/** Requests to one server, and nowhere else. */
export interface TaxiiRequests {
  send(request: Omit<HttpRequest, 'accept'>): Promise<HttpAnswer>;
  get(url: string, signal?: AbortSignal): Promise<HttpAnswer>;
  discovery(): Promise<TaxiiDiscovery>;
  /** The API roots of the discovery resource, the default one first; asked for once. */
  roots(): Promise<readonly string[]>;
}

export function createTaxiiRequests(options: TaxiiOptions): TaxiiRequests {
  const connection = createConnection(options);
  const trusted = new Set([new URL(options.url).origin, ...(options.trustedOrigins ?? [])]);
  let known: Promise<TaxiiDiscovery> | undefined;

  async function send(request: Omit<HttpRequest, 'accept'>): Promise<HttpAnswer> {
    const { origin } = new URL(request.url);
    if (trusted.has(origin)) return connection.send({ ...request, accept: taxiiMediaType });
    throw new ClientError(
      'unexpected-answer',
      `The server refers to ${origin}, which would be given your credentials. Name it as a trusted origin if it may have them.`,
    );
  }

  const get = (url: string, signal?: AbortSignal) => send({ method: 'GET', url, repeatable: true, signal });

  async function discovery(): Promise<TaxiiDiscovery> {
    return readDiscovery(parseAnswer(await get(options.url)), options.url);
  }

  async function roots(): Promise<readonly string[]> {
    // A failure is not kept.
    known ??= discovery().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    const { defaultRoot, apiRoots } = await known;
    return [...new Set(defaultRoot === undefined ? apiRoots : [defaultRoot, ...apiRoots])];
  }

  return { send, get, discovery, roots };
}
