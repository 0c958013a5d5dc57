import type { InputAbout, Loss } from '@belltower/formats';
import type { Refusal } from '../../../platform/http/refusal.ts';

/** Formats that a node takes beside STIX 2.1, as `@belltower/formats` names them; this thread does without loading them all. */
export const importFormats = [
  'pdf',
  'misp',
  'misp-galaxy',
  'stix-2.0',
  'stix',
  'fight',
  'csv',
  'text',
] as const;

export type ImportFormat = (typeof importFormats)[number];

/** What is to become STIX 2.1. */
export interface ConvertRequest {
  /** Octets of the input, which go over to the thread. */
  readonly blocks: readonly Uint8Array<ArrayBuffer>[];
  /** Without it, what the media type names, and else what the input looks like. */
  readonly format?: ImportFormat | undefined;
  readonly type: string;
  readonly about: Omit<InputAbout, 'uuid'>;
  readonly limits: { readonly objects: number; readonly bytes: number };
}

/** What became of it. */
export interface Converted {
  readonly format: string;
  /** Octets of an envelope with the objects. */
  readonly blocks: readonly Uint8Array<ArrayBuffer>[];
  readonly objects: number;
  readonly losses: readonly Loss[];
  /** Losses beyond those that are told. */
  readonly lossesLeftOut: number;
}

export type ConvertReply =
  | { readonly kind: 'converted'; readonly converted: Converted }
  | { readonly kind: 'refused'; readonly refusal: Refusal };
