/** Which objects of a collection (TAXII 2.1 §3.4). Values of one filter are alternatives; filters add up. */
export interface TaxiiMatch {
  readonly id?: readonly string[] | undefined;
  readonly type?: readonly string[] | undefined;
  /** Timestamps, `first`, `last`, `all`; without it, `last`. */
  readonly version?: readonly string[] | undefined;
  readonly specVersion?: readonly string[] | undefined;
}

/**
 * Where a reader of pages stands; JSON, to be kept between runs. With `next`, a page further on in the sequence that began after
 * `addedAfter`; without it, whatever was added after that.
 */
export interface TaxiiCursor {
  readonly addedAfter?: string | undefined;
  readonly next?: string | undefined;
}

/** What to read, and in what pieces. */
export interface TaxiiQuery {
  readonly cursor?: TaxiiCursor | undefined;
  readonly match?: TaxiiMatch | undefined;
  /** Objects in a page; the server may give fewer. */
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The query string, with its question mark where there is any. `added_after` stays as it was while `next` leads on (§3.5). */
export function queryString({ cursor, match, limit }: TaxiiQuery): string {
  const query = new URLSearchParams();
  if (cursor?.addedAfter !== undefined) query.set('added_after', cursor.addedAfter);
  if (limit !== undefined) query.set('limit', String(limit));
  if (cursor?.next !== undefined) query.set('next', cursor.next);
  const filters = {
    id: match?.id,
    type: match?.type,
    version: match?.version,
    spec_version: match?.specVersion,
  };
  for (const [name, values] of Object.entries(filters)) {
    if (values !== undefined && values.length > 0) query.set(`match[${name}]`, values.join(','));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
