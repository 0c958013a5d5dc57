import { audit0001, audit0002 } from './platform/audit/migrations.ts';
import type { HttpApp } from './platform/http/environment.ts';
import { nodeOperations } from './platform/openapi/node-operations.ts';
import type { Operation } from './platform/openapi/operation.ts';
import { openApiRoutes } from './platform/openapi/routes.ts';
import type { Platform } from './platform/platform.ts';
import type { Migration } from './platform/storage/migrations.ts';
import { serverVersion } from './platform/version.ts';
import { collections0001, collections0002, createCollections } from './slices/collections/index.ts';
import { createExchange, exchange0001, exchangeOperations, exchangeRoutes } from './slices/exchange/index.ts';
import type { Identity } from './slices/identity/index.ts';
import {
  identity0001,
  identity0002,
  identityOperations,
  identityRoutes,
  openIdentity,
} from './slices/identity/index.ts';
import { createLive, liveOperations, liveRoutes } from './slices/live/index.ts';
import { createTaxii, taxii0001, taxii0002 } from './slices/taxii/index.ts';

/** Every step of every slice's tables, in the order in which they build on each other. */
export const migrations: readonly Migration[] = [
  audit0001,
  identity0001,
  collections0001,
  exchange0001,
  taxii0001,
  taxii0002,
  audit0002,
  identity0002,
  collections0002,
];

/** What every route beside TAXII takes and answers. */
export const operations: readonly Operation[] = [
  ...nodeOperations,
  ...identityOperations,
  ...exchangeOperations,
  ...liveOperations,
];

/** The whole product: what each slice puts under which path. */
export interface Slices extends AsyncDisposable {
  readonly identity: Identity;
  /** Ends what would otherwise go on for ever, so that the server can close. */
  stop(): void;
  readonly routes: readonly { readonly path: string; readonly app: HttpApp }[];
}

export async function openSlices(platform: Platform): Promise<Slices> {
  const identity = await openIdentity(platform);
  const collections = createCollections(platform, identity);
  const exchange = createExchange(platform, identity, collections);
  const parts = { platform, identity, collections, exchange };
  const live = createLive(parts);
  const taxii = createTaxii(parts);
  return {
    identity,
    routes: [
      { path: '/api', app: identityRoutes(platform, identity) },
      { path: '/api', app: exchangeRoutes(parts) },
      { path: '/api', app: openApiRoutes(operations, serverVersion) },
      { path: '/live', app: liveRoutes({ identity, live, log: platform.log }) },
      { path: '/', app: taxii.routes },
    ],
    stop: () => live.stop(),
    async [Symbol.asyncDispose]() {
      await taxii[Symbol.asyncDispose]();
      await exchange[Symbol.asyncDispose]();
      await identity[Symbol.asyncDispose]();
    },
  };
}
