import type { Written } from '../loss.ts';

/** A STIX 2.1 bundle of some objects (STIX 2.1 §8). */
export function writeBundle(
  objects: readonly Readonly<Record<string, unknown>>[],
  { uuid }: { readonly uuid: string },
): Written {
  const bundle = { type: 'bundle', id: `bundle--${uuid}`, ...(objects.length > 0 ? { objects } : {}) };
  return { text: `${JSON.stringify(bundle, null, 2)}\n`, count: objects.length, losses: [] };
}
