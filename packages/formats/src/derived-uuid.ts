import { uuidV5 } from '@belltower/stix';

/** The namespace of URLs (RFC 4122, appendix C). */
const urlNamespace = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';

/** The same UUID each time for what has none of its own and is made of the same, so that making it again replaces it. */
export function derivedUuid(from: string): string {
  return uuidV5(urlNamespace, from);
}
