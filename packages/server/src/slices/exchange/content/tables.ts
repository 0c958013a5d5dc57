/**
 * The tables of shared content. Only the files of this folder name them, and whoever reads through this folder has to
 * show a `ReadGrant`. Times are microseconds, flags 0 or 1.
 */
export type ContentTables = {
  log_head: {
    collection_id: string;
    /** The last position given; 0 for an empty log. */
    position: number;
    /** When it was added. */
    added: number;
  };
  entry: {
    collection_id: string;
    position: number;
    added: number;
    kind: 'object' | 'withdrawal';
    object_id: string;
    object_type: string;
    spec_version: string;
    /** Sorts as text; see `versionKey`. */
    version: string;
    /** The organisation that readers see; null when it publishes without its name (rule G7). */
    publisher_id: string | null;
    /** The organisation that really sent it; for the gate and the node's operator. */
    submitter_id: string;
    /** Whose object it is: `created_by_ref` of what came first, or whoever published that. */
    owner_id: string;
    /**
     * The object's own marking, or the strictest that any copy of it carries where it was passed on; an index into the TLP
     * levels, null when there is none.
     */
    marking: number | null;
    /** The effective marking when it was accepted (rule G2). */
    effective: number;
    revoked: number;
    /** 1 for the oldest and for the newest version that is not withdrawn (TAXII 2.1 §3.4, `match[version]`). */
    is_first: number;
    is_last: number;
    /** 0, or the position of the withdrawal that took the content away; a withdrawal has its own. */
    withdrawn: number;
    /** SHA-256 over what the object says; empty after withdrawal. */
    digest: string;
    /** UTF-16 units of the text as it was accepted: what a page of entries weighs. */
    size: number;
    /** The object as it came; null after withdrawal. */
    text: string | null;
  };
};
