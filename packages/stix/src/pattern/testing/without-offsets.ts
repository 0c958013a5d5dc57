/** A copy of a tree without the places where its nodes stood in the text. */
export function withoutOffsets(tree: unknown): unknown {
  return JSON.parse(JSON.stringify(tree, (key, value) => (key === 'offset' ? undefined : value)));
}
