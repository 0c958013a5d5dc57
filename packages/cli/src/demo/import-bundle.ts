import type { ApiClient, PublishResult } from '@belltower/client';
import { readBundleText } from '@belltower/stix';
import { CommandError } from '../command-error.ts';
import { readSource } from '../input/read-source.ts';

/** Objects in one request. */
const atOnce = 1_000;

/** Publishes the objects of a bundle file, a thousand at a time. Throws for a file that is no bundle. */
export async function importBundle(
  api: ApiClient,
  { file, collection }: { readonly file: string; readonly collection: string },
): Promise<readonly PublishResult[]> {
  const text = await readSource(file);
  const bundle = readBundleText(text, { depth: 64, objects: 1_000_000, objectLength: 67_108_864 });
  if (!bundle.ok) throw new CommandError(`${file} cannot be used: ${bundle.error.message}`);
  if (bundle.value.objects === undefined)
    throw new CommandError(`${file} cannot be used: it is not a bundle with objects.`);
  const texts = bundle.value.objects.map((object) => object.text);
  const results: PublishResult[] = [];
  for (let from = 0; from < texts.length; from += atOnce) {
    results.push(...(await api.publish(collection, texts.slice(from, from + atOnce))).results);
  }
  return results;
}
