import { isUuid } from '@belltower/stix';
import { orRefuse, RefusalError } from '../../platform/http/refusal.ts';
import { mayFollow, refuseAnonymous } from './policy.ts';
import type { Answer, RootRequest, TaxiiParts, TaxiiRequest } from './requests.ts';
import { answer, readQuery } from './requests.ts';
import { apiRootResource, discoveryResource } from './resources.ts';
import { findStatus } from './store.ts';

/** The endpoints of TAXII 2.1 §4. */
export interface ServerEndpoints {
  readonly discovery: Answer<TaxiiRequest>;
  readonly apiRoot: Answer<RootRequest>;
  readonly status: Answer<RootRequest>;
}

export function createServerEndpoints({ platform, collections }: TaxiiParts): ServerEndpoints {
  const { config, storage } = platform;
  return {
    discovery(request) {
      readQuery(request, []);
      return answer(request, discoveryResource(config));
    },

    apiRoot(request) {
      readQuery(request, []);
      return answer(request, apiRootResource(request.root, config));
    },

    async status(request) {
      const { actor, context, root } = request;
      if (actor === undefined) return orRefuse(refuseAnonymous());
      readQuery(request, []);
      const id = context.req.param('status')?.toLowerCase() ?? '';
      const row = isUuid(id) ? await findStatus(storage.read, id) : undefined;
      if (row !== undefined && row.root === root.name && row.organisation_id === actor.organisationId) {
        if (mayFollow(await collections.find(row.collection_id), actor)) return answer(request, row.resource);
      }
      const message =
        'There is no such status for you: it is unknown, of another organisation, or more than a day old.';
      throw new RefusalError({ code: 'not-found', message });
    },
  };
}
