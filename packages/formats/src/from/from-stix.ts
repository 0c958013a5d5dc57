import { isJsonObject } from '@belltower/stix';
import type { Json } from '../json.ts';
import { fromStix20, isStix20 } from '../stix-2-0/from-stix-2-0.ts';
import type { FromInput, InputAbout, ReadInput } from './input.ts';
import { failed } from './input.ts';
import { readStixText } from './read-stix-text.ts';

/** STIX 2.1 as it is; bundles that say that they are of STIX 2.0 as STIX 2.1. */
export function fromStix(text: string, about: InputAbout): ReadInput {
  return readStix(text, (bundle, objects) =>
    isStix20(bundle) ? fromStix20(objects, about) : { objects, losses: [] },
  );
}

/** All of it as STIX 2.0, also objects without a bundle, which cannot say that they are. */
export function fromStix20Text(text: string, about: InputAbout): ReadInput {
  return readStix(text, (_, objects) => fromStix20(objects, about));
}

function readStix(
  text: string,
  convert: (bundle: Json | undefined, objects: readonly Json[]) => FromInput,
): ReadInput {
  const read = readStixText(text);
  if (!read.ok) return failed(`${read.message.charAt(0).toUpperCase()}${read.message.slice(1)}.`, '$');
  const parts = read.items.map((item) =>
    item.kind === 'bundle'
      ? convert(item.value, item.objects.map(({ value }) => value).filter(isJsonObject))
      : convert(undefined, [item.object.value].filter(isJsonObject)),
  );
  return {
    ok: true,
    value: {
      objects: parts.flatMap(({ objects }) => objects),
      losses: parts.flatMap(({ losses }) => losses),
    },
  };
}
