import { isStixId } from '@belltower/stix';
import { readBody } from '../../platform/http/body.ts';
import { orRefuse, RefusalError } from '../../platform/http/refusal.ts';
import type { StandingVersion } from '../exchange/index.ts';
import { isTaxiiContent, taxiiMediaType } from './media-types.ts';
import { mayAdd, mayDelete } from './policy.ts';
import type { TaxiiQuery } from './query.ts';
import type { Answer, CollectionRequest, TaxiiParts, TaxiiRequest } from './requests.ts';
import { answer, readQuery } from './requests.ts';
import { statusResource } from './status-resource.ts';
import { insertStatus } from './store.ts';

/** The endpoints that change what a collection holds: TAXII 2.1 §5.5 and §5.7. */
export interface ChangeEndpoints {
  readonly addObjects: Answer<CollectionRequest>;
  readonly deleteObject: Answer<CollectionRequest>;
}

export function createChangeEndpoints({ platform, exchange }: TaxiiParts): ChangeEndpoints {
  const { clock, random, storage } = platform;
  return {
    async addObjects(request) {
      const { collection, context, root } = request;
      const actor = orRefuse(mayAdd(collection, request.actor));
      readQuery(request, []);
      requireTaxiiContent(request);
      const received = clock.now();
      const body = await readBody(context);
      const published = await exchange.publish({ actor, collectionId: collection.id, body });
      const results = orRefuse(published);
      const resource = statusResource({ id: random.uuid(), received, results });
      const row = {
        id: resource.id,
        root: root.name,
        collection_id: collection.id,
        organisation_id: actor.organisationId,
        finished: clock.now(),
        resource: JSON.stringify(resource),
      };
      await storage.write((transaction) => insertStatus(transaction, row));
      return answer(request, row.resource, { status: 202 });
    },

    async deleteObject(request) {
      const { collection, context } = request;
      const actor = orRefuse(mayDelete(collection, request.actor));
      const query = readQuery(request, ['match[version]', 'match[spec_version]']);
      const objectId = context.req.param('object') ?? '';
      if (!isStixId(objectId)) {
        throw new RefusalError({ code: 'not-found', message: 'The collection does not hold this object.' });
      }
      const choose = (versions: readonly StandingVersion[]) =>
        versions.filter((version) => isChosen(version, query));
      orRefuse(await exchange.withdraw({ actor, collectionId: collection.id, objectId, choose }));
      return answer(request, '');
    },
  };
}

function requireTaxiiContent({ context }: TaxiiRequest): void {
  if (isTaxiiContent(context.req.header('content-type'))) return;
  throw new RefusalError({
    code: 'unsupported-media-type',
    message: `An envelope comes as ${taxiiMediaType}.`,
    at: 'Content-Type',
  });
}

/**
 * Without `match[version]` the object goes with all its versions: nothing of it may be found afterwards
 * (TAXII 2.1 §5.7), and an older version must not come to life again.
 */
function isChosen(version: StandingVersion, { versions, specVersions }: TaxiiQuery): boolean {
  if (specVersions !== undefined && !specVersions.includes(version.specVersion)) return false;
  if (versions === undefined || versions.all) return true;
  if (versions.first && version.isFirst) return true;
  return (versions.last && version.isLast) || versions.exact.includes(version.version);
}
