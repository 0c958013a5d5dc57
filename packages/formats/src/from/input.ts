import type { StixTimestamp, TlpLevel } from '@belltower/stix';
import type { Json } from '../json.ts';
import type { Loss } from '../loss.ts';

/** What a format may want to know beside the input itself. */
export interface InputAbout {
  /**
   * When the input was written, as far as that is known: of a file, its time. It stands where the input gives no time of its own,
   * so that the same file gives the same objects each time.
   */
  readonly now: StixTimestamp;
  /** A random UUID (version 4), for each object that has nothing to name it by. */
  readonly uuid: () => string;
  /** What the input is called: the name of a list or a report. Equal values of one maker are told apart by it. */
  readonly name?: string | undefined;
  /** STIX id of the identity whose input it is, for inputs that name no author themselves. */
  readonly creator?: string | undefined;
  /**
   * What ids are made of in place of `creator`: for somebody who must not be found out by computing the ids that their
   * objects would have.
   */
  readonly secret?: string | undefined;
  /** For everything that has no level of its own. */
  readonly tlp?: TlpLevel | undefined;
  /** Of a CSV: `column=role`, the column by its heading or by its number from 1. */
  readonly columns?: readonly string[] | undefined;
  /** Leaves out what may not be what it seems, and tells so; it is kept with a low confidence unless told. */
  readonly sure?: boolean | undefined;
}

/** STIX objects, and what they could not carry. */
export interface FromInput {
  readonly objects: readonly Json[];
  readonly losses: readonly Loss[];
}

/** Why an input cannot be read. */
export interface InputError {
  readonly message: string;
  /** Where: a line, a page, a JSON path. */
  readonly at: string;
}

export type ReadInput =
  | { readonly ok: true; readonly value: FromInput }
  | { readonly ok: false; readonly error: InputError };

export function failed(message: string, at: string): { readonly ok: false; readonly error: InputError } {
  return { ok: false, error: { message, at } };
}
