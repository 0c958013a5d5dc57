import type { AudienceKind, PersonalDataRule } from './collection.ts';

/** Tables of this slice; nobody else declares them. Times are microseconds, flags 0 or 1. */
export type CollectionTables = {
  collection: {
    id: string;
    alias: string | null;
    title: string;
    description: string | null;
    owner_id: string;
    audience: AudienceKind;
    /** Index into the TLP levels, CLEAR being 0. */
    default_marking: number;
    /** 1: whoever may read may publish; 0: only those named as writers and the owner. */
    audience_writes: number;
    allows_on_behalf: number;
    allows_anonymous: number;
    personal_data: PersonalDataRule;
    created: number;
  };
  collection_member: {
    collection_id: string;
    kind: 'organisation' | 'person';
    subject_id: string;
    /** The member's own id, or the organisation of the person. */
    organisation_id: string;
    can_read: number;
    can_write: number;
  };
};
