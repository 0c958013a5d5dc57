import type { Doubt, ObservableKind } from '@belltower/telecom';

/** What can be found in a text beside telecom identifiers. */
export type GeneralKind =
  | 'ipv4'
  | 'ipv6'
  | 'domain'
  | 'url'
  | 'email'
  | 'mac'
  | 'asn'
  | 'md5'
  | 'sha1'
  | 'sha256'
  | 'sha512'
  | 'cve'
  | 'attack'
  | 'fight'
  | 'motif';

export type FoundKind = GeneralKind | ObservableKind;

/** Where a value stands. Lines and columns count from 1, offset and length in UTF-16 units. */
export interface FoundPlace {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly column: number;
  /** As it is written there. */
  readonly raw: string;
  /** Whether it was written so that nobody follows it by accident: who did that meant it as something bad. */
  readonly defanged: boolean;
}

/** One value, with every place where it stands. */
export interface Found {
  readonly kind: FoundKind;
  /** In normal form. */
  readonly value: string;
  readonly doubts: readonly Doubt[];
  readonly places: readonly FoundPlace[];
}

/** A value at one place, before those of the same value are put together. */
export interface Sighted {
  readonly kind: FoundKind;
  readonly value: string;
  readonly doubts: readonly Doubt[];
}
