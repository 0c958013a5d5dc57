import type { TlpLevel } from '@belltower/stix';
import { canonicalize, tlpMarkingId, uuidV5 } from '@belltower/stix';
import type { Json } from '../json.ts';
import type { InputAbout } from './input.ts';

/** Namespace of the UUIDs (version 5) of what is made of lists and texts. */
export const inputNamespace = '3f0c7e0a-6b0e-4a5e-9d37-58c1b2f4d9ae';

/**
 * `created` of what nobody knows the beginning of. Versions of an object share it (STIX 2.1 §3.6), and the next import of a list
 * must be able to bring the next version of what was in the last one.
 */
const unknownBeginning = '1970-01-01T00:00:00.000Z';

interface Head {
  readonly id: string;
  readonly created?: string | undefined;
  /** The time of the input, unless told. */
  readonly modified?: string | undefined;
  /** That of the input, unless told. */
  readonly tlp?: TlpLevel | undefined;
}

/** Makes the objects of one input. */
export interface Maker {
  /** The same parts of the same maker give the same id. */
  id(type: string, ...parts: readonly string[]): string;
  /** The properties that an object begins with. */
  head(head: Head): Json;
}

/** Ids are UUIDs of version 5 over the canonical JSON (RFC 8785) of the type, the maker, the name of the input and the parts. */
export function createMaker(about: InputAbout): Maker {
  const { creator, secret, name = '' } = about;
  const maker = secret ?? creator ?? '';
  return {
    id: (type, ...parts) => {
      const named = [type, maker, name, ...parts].map((part) => part.toWellFormed());
      return `${type}--${uuidV5(inputNamespace, canonicalize(named))}`;
    },
    head: ({ id, created = unknownBeginning, modified = about.now, tlp = about.tlp }) => ({
      type: id.slice(0, id.indexOf('--')),
      spec_version: '2.1',
      id,
      ...(creator === undefined ? {} : { created_by_ref: creator }),
      created,
      modified,
      ...(tlp === undefined ? {} : { object_marking_refs: [tlpMarkingId(tlp)] }),
    }),
  };
}

/** Doubts about what a value is. That it identifies a person is none. */
export function isSure(doubts: readonly { readonly code: string }[]): boolean {
  return doubts.every(({ code }) => code === 'identifies-a-person' || code === 'temporary');
}

/** `confidence` of what may not be what it seems: low, in the scale of STIX 2.1, appendix A. */
export const lowConfidence = 15;
