import { asBoolean, asList, asNumber, asObject, asOptionalText, asText, asTexts } from '../narrow.ts';

/** TAXII 2.1 §4.1.1 */
export interface TaxiiDiscovery {
  readonly title: string;
  readonly description: string | undefined;
  readonly contact: string | undefined;
  /** Absolute. */
  readonly defaultRoot: string | undefined;
  /** Absolute. */
  readonly apiRoots: readonly string[];
}

/** TAXII 2.1 §4.2.1 */
export interface TaxiiApiRoot {
  readonly url: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly versions: readonly string[];
  /** Bytes that a request's body may have. */
  readonly maxContentLength: number;
}

/** TAXII 2.1 §5.2.1 */
export interface TaxiiCollection {
  readonly id: string;
  readonly alias: string | undefined;
  readonly title: string;
  readonly description: string | undefined;
  readonly canRead: boolean;
  readonly canWrite: boolean;
  readonly mediaTypes: readonly string[];
  /** The API root that it stands in, with a slash at its end. */
  readonly apiRoot: string;
}

/** TAXII 2.1 §5.3.1 */
export interface TaxiiManifestRecord {
  readonly id: string;
  readonly dateAdded: string;
  readonly version: string;
  readonly mediaType: string | undefined;
}

/** What became of one object (TAXII 2.1 §4.3.1). */
export interface TaxiiStatusDetails {
  readonly id: string;
  readonly version: string;
  readonly message: string | undefined;
}

/** TAXII 2.1 §4.3.1 */
export interface TaxiiStatus {
  readonly id: string;
  readonly status: 'complete' | 'pending';
  readonly totalCount: number;
  readonly successCount: number;
  readonly failureCount: number;
  readonly pendingCount: number;
  readonly successes: readonly TaxiiStatusDetails[];
  readonly failures: readonly TaxiiStatusDetails[];
  readonly pendings: readonly TaxiiStatusDetails[];
}

/** Addresses may be relative to the discovery resource. */
export function readDiscovery(value: unknown, url: string): TaxiiDiscovery {
  const resource = asObject(value, '$');
  const absolute = (item: unknown, at: string) => asAddress(item, at, url);
  const defaultRoot = resource['default'];
  return {
    title: asText(resource['title'], '$.title'),
    description: asOptionalText(resource['description'], '$.description'),
    contact: asOptionalText(resource['contact'], '$.contact'),
    defaultRoot: defaultRoot === undefined ? undefined : absolute(defaultRoot, '$.default'),
    apiRoots: asList(resource['api_roots'], '$.api_roots', absolute),
  };
}

export function readApiRoot(value: unknown, url: string): TaxiiApiRoot {
  const resource = asObject(value, '$');
  return {
    url,
    title: asText(resource['title'], '$.title'),
    description: asOptionalText(resource['description'], '$.description'),
    versions: asTexts(resource['versions'], '$.versions'),
    maxContentLength: asNumber(resource['max_content_length'], '$.max_content_length'),
  };
}

export function readCollections(value: unknown, apiRoot: string): readonly TaxiiCollection[] {
  const resource = asObject(value, '$');
  return asList(resource['collections'], '$.collections', (item) => readCollection(item, apiRoot));
}

export function readCollection(value: unknown, apiRoot: string): TaxiiCollection {
  const resource = asObject(value, '$');
  return {
    id: asText(resource['id'], '$.id'),
    alias: asOptionalText(resource['alias'], '$.alias'),
    title: asText(resource['title'], '$.title'),
    description: asOptionalText(resource['description'], '$.description'),
    canRead: asBoolean(resource['can_read'], '$.can_read'),
    canWrite: asBoolean(resource['can_write'], '$.can_write'),
    mediaTypes: asTexts(resource['media_types'], '$.media_types'),
    apiRoot,
  };
}

export function readManifestRecord(value: unknown, at: string): TaxiiManifestRecord {
  const record = asObject(value, at);
  return {
    id: asText(record['id'], `${at}.id`),
    dateAdded: asText(record['date_added'], `${at}.date_added`),
    version: asText(record['version'], `${at}.version`),
    mediaType: asOptionalText(record['media_type'], `${at}.media_type`),
  };
}

export function readStatus(value: unknown): TaxiiStatus {
  const resource = asObject(value, '$');
  const status = asText(resource['status'], '$.status');
  return {
    id: asText(resource['id'], '$.id'),
    status: status === 'complete' ? 'complete' : 'pending',
    totalCount: asNumber(resource['total_count'], '$.total_count'),
    successCount: asNumber(resource['success_count'], '$.success_count'),
    failureCount: asNumber(resource['failure_count'], '$.failure_count'),
    pendingCount: asNumber(resource['pending_count'], '$.pending_count'),
    successes: asList(resource['successes'], '$.successes', readStatusDetails),
    failures: asList(resource['failures'], '$.failures', readStatusDetails),
    pendings: asList(resource['pendings'], '$.pendings', readStatusDetails),
  };
}

function readStatusDetails(value: unknown, at: string): TaxiiStatusDetails {
  const details = asObject(value, at);
  return {
    id: asText(details['id'], `${at}.id`),
    version: asText(details['version'], `${at}.version`),
    message: asOptionalText(details['message'], `${at}.message`),
  };
}

/** An address with a slash at its end, as TAXII's end in one. */
function asAddress(value: unknown, at: string, base: string): string {
  const url = URL.parse(asText(value, at), base);
  // What is no address fits no request either; the error names its place.
  return `${(url?.href ?? asText(undefined, at)).replace(/\/+$/, '')}/`;
}
