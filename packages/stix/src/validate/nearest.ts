const longest = 64;

function distance(left: string, right: string, limit: number): number {
  let previous = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    let best = row;
    for (let column = 1; column <= right.length; column += 1) {
      const same = left.charCodeAt(row - 1) === right.charCodeAt(column - 1) ? 0 : 1;
      const cost = Math.min(
        (previous[column] ?? limit) + 1,
        (current[column - 1] ?? limit) + 1,
        (previous[column - 1] ?? limit) + same,
      );
      current.push(cost);
      if (cost < best) best = cost;
    }
    if (best > limit) return limit + 1;
    previous = current;
  }
  return previous[right.length] ?? limit + 1;
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[ _-]/g, '');
}

/** The candidate that was probably meant, `undefined` when none is near. Bounded work, whatever the text. */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  if (text.length > longest) return undefined;
  const wanted = plain(text);
  const limit = Math.max(1, Math.floor(wanted.length / 4));
  let found: string | undefined;
  let foundAt = limit + 1;
  for (const candidate of candidates) {
    const at = distance(wanted, plain(candidate), limit);
    if (at < foundAt) {
      foundAt = at;
      found = candidate;
    }
  }
  return found;
}
