/** Levels of nesting that are followed: as many as the validator follows. */
const mostNesting = 64;

/**
 * A JSON value with every text of it, keys and numbers included, written anew; the same value where nothing changes, and undefined where it
 * nests too deep.
 */
export function rewriteTexts(value: unknown, rewrite: (text: string) => string, depth = 0): unknown {
  if (depth > mostNesting) return undefined;
  if (typeof value === 'string') return rewrite(value);
  if (typeof value === 'number') {
    const text = String(value);
    const written = rewrite(text);
    return written === text ? value : written;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => rewriteTexts(item, rewrite, depth + 1));
    if (items.includes(undefined)) return undefined;
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  const entries = Object.entries(value).map(
    ([key, item]) => [rewrite(key), rewriteTexts(item, rewrite, depth + 1)] as const,
  );
  if (entries.some(([, item]) => item === undefined)) return undefined;
  const before = Object.entries(value);
  const same = entries.every(
    ([key, item], index) => key === before[index]?.[0] && item === before[index]?.[1],
  );
  return same ? value : Object.fromEntries(entries);
}
