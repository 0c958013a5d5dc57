import { orRefuse } from '../../platform/http/refusal.ts';
import { maySee } from '../collections/index.ts';
import { refuseAnonymous } from './policy.ts';
import type { Answer, CollectionRequest, RootRequest, TaxiiParts } from './requests.ts';
import { answer, readQuery } from './requests.ts';
import { collectionResource } from './resources.ts';

/** The endpoints of TAXII 2.1 §5.1 and §5.2. */
export interface CollectionEndpoints {
  readonly collections: Answer<RootRequest>;
  readonly collection: Answer<CollectionRequest>;
}

export function createCollectionEndpoints({ collections }: TaxiiParts): CollectionEndpoints {
  return {
    async collections(request) {
      const { actor, root } = request;
      const all = await collections.all();
      const seen = all.filter((collection) => root.holds(collection) && maySee(collection, actor));
      // To somebody without a token an empty list would say less than the question who they are.
      if (actor === undefined && seen.length === 0) return orRefuse(refuseAnonymous());
      readQuery(request, []);
      const resources = seen.map((collection) => collectionResource(collection, actor));
      return answer(request, resources.length === 0 ? {} : { collections: resources });
    },

    collection(request) {
      readQuery(request, []);
      return answer(request, collectionResource(request.collection, request.actor));
    },
  };
}
