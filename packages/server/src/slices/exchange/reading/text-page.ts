/** Where a page begins: behind a position, and behind a time (microseconds). */
export interface PagePlace {
  readonly after: number;
  readonly addedAfter: number;
  /** Objects that it may have. */
  readonly limit: number;
  /** Bytes of text that it may have; its first object may be larger. */
  readonly bytes: number;
}

/** The place of an object in its log. */
export interface ObjectPlace {
  readonly position: number;
  readonly added: number;
}

/** Objects of a collection in the order in which they were added, as bytes that can be sent as they are. */
export interface TextPage {
  /** Texts with a comma between each two, in pieces. They are shared with other readers: nobody may write to them. */
  readonly parts: readonly Uint8Array[];
  readonly count: number;
  readonly first: ObjectPlace | undefined;
  readonly last: ObjectPlace | undefined;
  /** Whether there are more behind it. */
  readonly more: boolean;
  /**
   * What is made of this page, such as a compressed form: made once for all who ask, and kept as long as the page is what
   * it was. `key` tells it from other things that are made of the same page.
   */
  derive(key: string, make: () => Promise<Buffer>): Promise<Buffer>;
}
