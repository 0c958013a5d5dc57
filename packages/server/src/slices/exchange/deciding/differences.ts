import { parseExact } from '../judging/exact-json.ts';

const most = 20;

/**
 * JSON paths at which two texts of one object say different things, twenty at the most: names of places, no content.
 * Numbers are compared as they are spelled, for a double may not tell them apart.
 */
export function differences(before: string, after: string): readonly string[] {
  const paths: string[] = [];
  compare(parseExact(before), parseExact(after), '$', paths);
  return paths;
}

function compare(before: unknown, after: unknown, path: string, paths: string[]): void {
  if (paths.length >= most || Object.is(before, after)) return;
  if (!isComposite(before) || !isComposite(after) || Array.isArray(before) !== Array.isArray(after)) {
    paths.push(path);
    return;
  }
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const inner = Array.isArray(before) ? `${path}[${key}]` : memberPath(path, key);
    compare(Reflect.get(before, key), Reflect.get(after, key), inner, paths);
  }
}

function memberPath(path: string, key: string): string {
  return /^[A-Za-z_]\w{0,249}$/.test(key)
    ? `${path}.${key}`
    : `${path}[${JSON.stringify(key.slice(0, 250))}]`;
}

function isComposite(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
