import type { Context } from 'hono';
import { Hono } from 'hono';
import { refusalOf } from '../../platform/http/app.ts';
import { echo } from '../../platform/http/echo.ts';
import type { HttpApp, HttpEnvironment } from '../../platform/http/environment.ts';
import { RefusalError } from '../../platform/http/refusal.ts';
import { createChangeEndpoints } from './change-endpoints.ts';
import { createCollectionEndpoints } from './collection-endpoints.ts';
import { errorResponse } from './error-resource.ts';
import { createObjectEndpoints } from './object-endpoints.ts';
import type { Methods, TaxiiParts, TaxiiRequest } from './requests.ts';
import { createOpeners, manifestOffers, respond, usualOffers } from './requests.ts';
import { createServerEndpoints } from './server-endpoints.ts';

/** Everything under `/taxii2/`: the endpoints of TAXII 2.1 §4 and §5. To be mounted at the root of the server (§8.2.1). */
export function taxiiRoutes(parts: TaxiiParts): HttpApp {
  const routes: HttpApp = new Hono<HttpEnvironment>();
  const { openServer, openRoot, openCollection } = createOpeners(parts);
  const server = createServerEndpoints(parts);
  const lists = createCollectionEndpoints(parts);
  const reading = createObjectEndpoints(parts);
  const changing = createChangeEndpoints(parts);

  routes.onError((error, context) =>
    errorResponse(
      context,
      refusalOf(error, { log: parts.platform.log, requestId: context.get('requestId') }),
    ),
  );

  endpoint('', openServer, { GET: server.discovery });
  endpoint('/:root', openRoot, { GET: server.apiRoot });
  endpoint('/:root/status/:status', openRoot, { GET: server.status });
  endpoint('/:root/collections', openRoot, { GET: lists.collections });
  endpoint('/:root/collections/:collection', openCollection, { GET: lists.collection });
  const collection = '/:root/collections/:collection';
  endpoint(`${collection}/manifest`, openCollection, { GET: reading.manifest }, manifestOffers);
  endpoint(`${collection}/objects`, openCollection, { GET: reading.objects, POST: changing.addObjects });
  endpoint(`${collection}/objects/:object`, openCollection, {
    GET: reading.object,
    DELETE: changing.deleteObject,
  });
  endpoint(`${collection}/objects/:object/versions`, openCollection, { GET: reading.versions });

  routes.all('/taxii2/*', (context) => {
    throw new RefusalError({
      code: 'not-found',
      message: `There is no endpoint ${echo(context.req.path, 200)}`,
    });
  });

  return routes;

  /** Every path ends in a slash (TAXII 2.1 §3.1); a client that leaves it out is understood all the same. */
  function endpoint<Request extends TaxiiRequest>(
    path: string,
    open: (context: Context<HttpEnvironment>) => Promise<Request>,
    methods: Methods<Request>,
    offers = usualOffers,
  ): void {
    for (const slash of ['', '/']) {
      routes.all(`/taxii2${path}${slash}`, async (context) => {
        // What may be read can change at any moment, and so can what there is: no answer is kept anywhere.
        context.env.outgoing.setHeader('Cache-Control', 'no-store');
        return respond(await open(context), methods, offers);
      });
    }
  }
}
