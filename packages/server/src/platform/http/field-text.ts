import { z } from 'zod';

/** Null and its like, escape sequences, and halves of surrogate pairs: no name has them, and no database takes them all. */
const unfit = /[\p{Cc}\p{Cs}]/u;
const unfitBetweenLines = /[^\P{Cc}\t\n\r]|\p{Cs}/u;
/** Characters that nobody sees: joiners, marks of direction, spaces of no width. */
const unseen = /^[\p{Default_Ignorable_Code_Point}\s]*$/u;

/** A name or a title: one line that can be seen, without spaces at its ends. */
export function lineField(longest: number) {
  return z
    .string()
    .trim()
    .max(longest)
    .refine((text) => !unfit.test(text), 'this has to be one line without control characters')
    .refine((text) => !unseen.test(text), 'this may not be empty');
}

/** A text of several lines, or of none. */
export function textField(longest: number) {
  return z
    .string()
    .trim()
    .max(longest)
    .refine((text) => !unfitBetweenLines.test(text), 'this may not have control characters');
}

/** How an organisation is named: by the id of its STIX identity (STIX 2.1 §2.9). */
export const organisationIdField = z
  .string()
  .regex(
    /^identity--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    'an organisation is named by its STIX identity id',
  );
