const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Characters of one name in a path: what repeats somebody's input stays short, however long that is. */
const longestName = 250;

/** A place in an object as a JSON path, such as `$.hashes['SHA-256'][0]`. */
export function pathText(path: readonly (string | number)[]): string {
  let text = '$';
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`;
    else if (key.length <= longestName && plainName.test(key)) text += `.${key}`;
    else text += `['${quotedName(key)}']`;
  }
  return text;
}

function quotedName(key: string): string {
  const cut = key.length > longestName ? `${key.slice(0, longestName - 1)}…` : key;
  return cut.toWellFormed().replaceAll('\\', '\\\\').replaceAll("'", "\\'");
}
