/** Discovery resource (TAXII 2.1 §4.1.1). */
export interface DiscoveryResource {
  readonly title: string;
  readonly description: string;
  readonly contact?: string;
  readonly default: string;
  readonly api_roots: readonly string[];
}

/** API root resource (TAXII 2.1 §4.2.1). */
export interface ApiRootResource {
  readonly title: string;
  readonly description: string;
  readonly versions: readonly string[];
  /** Octets of a request's body. */
  readonly max_content_length: number;
}

/** What became of one object (TAXII 2.1 §4.3.1, status-details). */
export interface StatusDetails {
  /** The STIX id; for what has none, its place in the envelope. */
  readonly id: string;
  readonly version: string;
  readonly message?: string;
}

/** Status resource (TAXII 2.1 §4.3.1). Always complete: a request is carried out before it is answered. */
export interface StatusResource {
  readonly id: string;
  readonly status: 'complete';
  readonly request_timestamp: string;
  readonly total_count: number;
  readonly success_count: number;
  /** Left out where there are none, and where there are very many. */
  readonly successes?: readonly StatusDetails[];
  readonly failure_count: number;
  /** The first ones, where there are very many. */
  readonly failures?: readonly StatusDetails[];
  readonly pending_count: 0;
}

/** Collection resource (TAXII 2.1 §5.2.1). */
export interface CollectionResource {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly alias?: string;
  readonly can_read: boolean;
  readonly can_write: boolean;
  readonly media_types: readonly string[];
}

/** Manifest record (TAXII 2.1 §5.3.1). */
export interface ManifestRecord {
  readonly id: string;
  readonly date_added: string;
  readonly version: string;
  readonly media_type: string;
}

/** What pages of objects, manifest records and versions share (TAXII 2.1 §3.5); absent means false, and nothing. */
export interface PageResource {
  readonly more?: true;
  readonly next?: string;
}

/** Manifest resource (TAXII 2.1 §5.3.1). */
export interface ManifestResource extends PageResource {
  readonly objects?: readonly ManifestRecord[];
}

/** Versions resource (TAXII 2.1 §5.8.1). */
export interface VersionsResource extends PageResource {
  readonly versions?: readonly string[];
}
