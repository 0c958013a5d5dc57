import type { ApiClient, PublishResult } from '@belltower/client';
import { readBundleText } from '@belltower/stix';
import { CommandError } from '../command-error.ts';
import { chunks } from '../input/chunks.ts';
import { readSource } from '../input/read-source.ts';

/** Publishes the objects of a bundle file, piece by piece. Throws for a file that is no bundle. */
export async function importBundle(
  api: ApiClient,
  { file, collection }: { readonly file: string; readonly collection: string },
): Promise<readonly PublishResult[]> {
  const text = await readSource(file);
  const bundle = readBundleText(text, { depth: 64, objects: 1_000_000, objectLength: 67_108_864 });
  if (!bundle.ok) throw new CommandError(`${file} cannot be used: ${bundle.error.message}`);
  if (bundle.value.objects === undefined)
    throw new CommandError(`${file} cannot be used: it is not a bundle with objects.`);
  const results: PublishResult[] = [];
  for (const chunk of chunks(bundle.value.objects)) {
    const texts = chunk.map((object) => object.text);
    results.push(...(await api.publish(collection, texts)).results);
  }
  return results;
}
