/**
 * Parses JSON with every number that a double may not hold as a text that keeps its spelling, so that two different numbers
 * never look equal. The text begins with U+0000 and cannot be mistaken for a short one of the document's own.
 */
export function parseExact(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) ? `\u0000${context?.source ?? value}` : value,
  );
}
