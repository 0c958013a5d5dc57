import { isStixId } from '@belltower/stix';
import { orRefuse, RefusalError } from '../../platform/http/refusal.ts';
import { versionTimestamp } from '../exchange/index.ts';
import type { ManifestResource, VersionsResource } from './contract.ts';
import type { CursorScope } from './cursor.ts';
import type { PageRequest } from './pages.ts';
import { allVersions, lastVersion, objectQuery, readObjectPage, readRecordPage } from './pages.ts';
import { mayReadObjects } from './policy.ts';
import type { Parameter } from './query.ts';
import type { Answer, CollectionRequest, TaxiiParts } from './requests.ts';
import { answer, readQuery } from './requests.ts';
import { continuation, dateAddedHeaders, manifestRecord } from './resources.ts';
import { sendEnvelope } from './send-envelope.ts';

/** The endpoints that read objects: TAXII 2.1 §5.3, §5.4, §5.6 and §5.8. */
export interface ObjectEndpoints {
  readonly manifest: Answer<CollectionRequest>;
  readonly objects: Answer<CollectionRequest>;
  readonly object: Answer<CollectionRequest>;
  readonly versions: Answer<CollectionRequest>;
}

const paging: readonly Parameter[] = ['added_after', 'limit', 'next'];
const ofCollection: readonly Parameter[] = [
  ...paging,
  'match[id]',
  'match[type]',
  'match[version]',
  'match[spec_version]',
];
const ofObject: readonly Parameter[] = [...paging, 'match[version]', 'match[spec_version]'];
const ofVersions: readonly Parameter[] = [...paging, 'match[spec_version]'];

export function createObjectEndpoints({ platform, exchange }: TaxiiParts): ObjectEndpoints {
  const most = platform.config.limits.pageEntries;

  function pageOf(
    request: CollectionRequest,
    endpoint: CursorScope['endpoint'],
    allowed: readonly Parameter[],
  ): PageRequest {
    const { collection, actor, root } = request;
    const grant = orRefuse(mayReadObjects(collection, actor));
    const query = readQuery(request, allowed);
    const scope = { endpoint, root: root.name, collectionId: collection.id, query };
    return { exchange, grant, scope, ids: query.ids, versions: query.versions ?? lastVersion, most };
  }

  /** As `pageOf`, for the object in the path. Without such an object in the collection: 404. */
  async function pageOfObject(
    request: CollectionRequest,
    endpoint: CursorScope['endpoint'],
    allowed: readonly Parameter[],
  ): Promise<PageRequest> {
    const page = pageOf(request, endpoint, allowed);
    const objectId = request.context.req.param('object') ?? '';
    const versions = endpoint === 'versions' ? allVersions : page.versions;
    const found = { ...page, scope: { ...page.scope, objectId }, ids: [objectId], versions };
    const asked = {
      ...objectQuery(found),
      specVersions: undefined,
      after: 0,
      addedAfter: Number.NEGATIVE_INFINITY,
      limit: 1,
    };
    const records = isStixId(objectId) ? await exchange.readRecords(page.grant, asked) : [];
    if (records.length > 0) return found;
    throw new RefusalError({
      code: 'not-found',
      message: 'The collection does not hold this object, or not this version of it.',
    });
  }

  return {
    async manifest(request) {
      const page = await readRecordPage(pageOf(request, 'manifest', ofCollection));
      const objects = page.records.map(manifestRecord);
      const resource: ManifestResource = {
        ...continuation(page),
        ...(objects.length > 0 ? { objects } : {}),
      };
      return answer(request, resource, { headers: dateAddedHeaders(page) });
    },

    async objects(request) {
      const page = await readObjectPage(pageOf(request, 'objects', ofCollection));
      return sendEnvelope(request, page);
    },

    async object(request) {
      const page = await readObjectPage(await pageOfObject(request, 'object', ofObject));
      return sendEnvelope(request, page);
    },

    async versions(request) {
      const page = await readRecordPage(await pageOfObject(request, 'versions', ofVersions));
      const versions = page.records.map((record) => versionTimestamp(record.version));
      const resource: VersionsResource = {
        ...continuation(page),
        ...(versions.length > 0 ? { versions } : {}),
      };
      return answer(request, resource, { headers: dateAddedHeaders(page) });
    },
  };
}
