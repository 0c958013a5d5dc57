import type { Config } from '../../platform/config/config.ts';
import type { Micros } from '../../platform/time.ts';
import { formatMicros } from '../../platform/time.ts';
import type { Collection } from '../collections/index.ts';
import { mayPublish, mayRead } from '../collections/index.ts';
import type { ObjectRecord } from '../exchange/index.ts';
import { versionTimestamp } from '../exchange/index.ts';
import type { Actor } from '../identity/index.ts';
import type { ApiRoot } from './api-roots.ts';
import { apiRoots, apiRootUrl } from './api-roots.ts';
import type {
  ApiRootResource,
  CollectionResource,
  DiscoveryResource,
  ManifestRecord,
  PageResource,
} from './contract.ts';
import { stixMediaType, taxiiMediaType } from './media-types.ts';
import type { ObjectPage, Page } from './pages.ts';

/** What this server is, and where its API roots are (TAXII 2.1 §4.1). */
export function discoveryResource(config: Config): DiscoveryResource {
  return {
    title: config.nodeTitle,
    description: 'A Belltower node: members exchange threat intelligence here.',
    ...(config.contact === undefined ? {} : { contact: config.contact }),
    default: apiRootUrl(apiRoots[0], config),
    api_roots: apiRoots.map((root) => apiRootUrl(root, config)),
  };
}

export function apiRootResource(root: ApiRoot, config: Config): ApiRootResource {
  return {
    title: root.title(config),
    description: root.description,
    versions: [taxiiMediaType],
    max_content_length: config.limits.bodyBytes,
  };
}

/** A collection as this actor has it. */
export function collectionResource(collection: Collection, actor: Actor | undefined): CollectionResource {
  const { id, title, description, alias } = collection;
  return {
    id,
    title,
    ...(description === undefined ? {} : { description }),
    ...(alias === undefined ? {} : { alias }),
    can_read: mayRead(collection, actor),
    can_write: mayPublish(collection, actor),
    media_types: [stixMediaType],
  };
}

export function manifestRecord({ id, added, version }: ObjectRecord): ManifestRecord {
  return {
    id,
    date_added: formatMicros(added),
    version: versionTimestamp(version),
    media_type: stixMediaType,
  };
}

/** `more` and `next` of a page; nothing on the last one. */
export function continuation({ next }: Page): PageResource {
  return next === undefined ? {} : { more: true, next };
}

/** An envelope (TAXII 2.1 §3.7) around objects exactly as they were accepted: what stands before and behind their texts. */
export function envelopeEnds({ next, texts }: ObjectPage): readonly [string, string] {
  if (texts.count === 0) return ['{', '}'];
  const head = next === undefined ? '{' : `{"more":true,"next":${JSON.stringify(next)},`;
  return [`${head}"objects":[`, ']}'];
}

/** The headers of a page (TAXII 2.1 §3.2). */
export function dateAddedHeaders({ first, last }: { readonly first: Micros; readonly last: Micros }) {
  return {
    'X-TAXII-Date-Added-First': formatMicros(first),
    'X-TAXII-Date-Added-Last': formatMicros(last),
  };
}
