import type { HttpApp } from '../../platform/http/environment.ts';
import { startStatusRemoval } from './jobs.ts';
import type { TaxiiParts } from './requests.ts';
import { taxiiRoutes } from './routes.ts';

/** The TAXII 2.1 service of a node. */
export interface Taxii extends AsyncDisposable {
  /** To be mounted at the root of the server: the paths begin with `/taxii2`. */
  readonly routes: HttpApp;
}

export function createTaxii(parts: TaxiiParts): Taxii {
  const removal = startStatusRemoval(parts.platform);
  return {
    routes: taxiiRoutes(parts),
    [Symbol.asyncDispose]: () => removal[Symbol.asyncDispose](),
  };
}
