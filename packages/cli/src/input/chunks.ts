/** What goes into one request: well below what a node takes at the least. */
const chunkObjects = 1_000;
const chunkLength = 4_194_304;

/** Pieces of at most so many objects and so much text; an object alone may be longer. */
export function* chunks<Item extends { readonly text: string }>(
  items: readonly Item[],
): Generator<readonly Item[], void, undefined> {
  let chunk: Item[] = [];
  let length = 0;
  for (const item of items) {
    if (chunk.length === chunkObjects || (chunk.length > 0 && length + item.text.length > chunkLength)) {
      yield chunk;
      chunk = [];
      length = 0;
    }
    chunk.push(item);
    length += item.text.length;
  }
  if (chunk.length > 0) yield chunk;
}
