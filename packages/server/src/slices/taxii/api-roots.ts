import type { Config } from '../../platform/config/config.ts';
import type { Collection } from '../collections/index.ts';

/** A group of collections under a path of its own (TAXII 2.1 §1.6.2). */
export interface ApiRoot {
  /** Its place in the path: `/taxii2/{name}/`. Small letters, digits and hyphens. */
  readonly name: string;
  readonly title: (config: Config) => string;
  readonly description: string;
  readonly holds: (collection: Collection) => boolean;
}

/** Every API root of this node; the first is the default. */
export const apiRoots: readonly [ApiRoot, ...ApiRoot[]] = [
  {
    name: 'community',
    title: (config) => config.nodeTitle,
    description: 'Every collection of this node that you may see.',
    holds: () => true,
  },
];

export function findApiRoot(name: string): ApiRoot | undefined {
  return apiRoots.find((root) => root.name === name);
}

/**
 * The URL of an API root as discovery tells it: absolute where the node's public address is known and has HTTPS, otherwise
 * relative. The standard allows nothing else (TAXII 2.1 §4.1.1), and the Host of a request is the client's word only.
 */
export function apiRootUrl(root: ApiRoot, { publicUrl }: Pick<Config, 'publicUrl'>): string {
  const path = `/taxii2/${root.name}/`;
  return publicUrl?.startsWith('https://') === true ? `${publicUrl}${path}` : path;
}
