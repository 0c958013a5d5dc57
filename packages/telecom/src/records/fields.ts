/** Fields of a record as lists and forms give them: names and texts. */
export type Fields = Readonly<Record<string, string | undefined>>;

/** The text of a field without spaces around it; undefined where there is none. */
export function field(fields: Fields, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = Object.hasOwn(fields, name) ? fields[name]?.trim() : undefined;
    if (text !== undefined && text !== '') return text;
  }
  return undefined;
}

/** A day, or a time of RFC 3339 with its zone; as it is written. */
const time =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** Whether a text is a day or a time. */
export function isTime(text: string): boolean {
  return text.length <= 40 && time.test(text) && !Number.isNaN(Date.parse(text));
}
