import type { BundleText, BundleTextError, ObjectText } from '@belltower/stix';
import { placeInText, readBundleText } from '@belltower/stix';

/** What stands in a file: bundles, and objects outside of any. */
export type StixItem =
  | {
      readonly kind: 'bundle';
      /** The bundle with its objects, parsed. */
      readonly value: Readonly<Record<string, unknown>>;
      readonly objects: readonly ObjectText[];
    }
  | { readonly kind: 'object'; readonly object: ObjectText };

export type StixText =
  | { readonly ok: true; readonly items: readonly StixItem[] }
  /** What is wrong and where, for a person. */
  | { readonly ok: false; readonly message: string };

/** The nesting that `JSON.parse` and the validator still take well; the rest is theirs to judge. */
const limits = { depth: 512, objects: Number.MAX_SAFE_INTEGER, objectLength: Number.MAX_SAFE_INTEGER };

/**
 * Reads a bundle, a TAXII envelope, one object, a list of objects or bundles, or NDJSON with one of these on each line. Objects
 * keep the text that they have in the file.
 */
export function readStixText(text: string): StixText {
  const whole = readValue(text);
  if (whole.ok) return whole;
  const lines = text.split('\n');
  const first = lines.find((line) => line.trim() !== '');
  if (first === undefined || first.length === text.trim().length || !readValue(first).ok) return whole;
  const items: StixItem[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const read = readValue(line);
    if (!read.ok) return { ok: false, message: `line ${index + 1}: ${read.what}` };
    items.push(...read.items);
  }
  return { ok: true, items };
}

type Value = Extract<StixText, { ok: true }> | (Extract<StixText, { ok: false }> & { readonly what: string });

function readValue(text: string): Value {
  const start = text.trimStart()[0];
  if (start === undefined) return { ok: false, message: 'it is empty', what: 'it is empty' };
  return start === '[' ? readList(text) : readOne(text);
}

function readOne(text: string): Value {
  const read = readBundleText(text, limits);
  if (!read.ok) return failed(text, read.error, 0);
  const { envelope, objects } = read.value;
  if (envelope['type'] === 'bundle') return { ok: true, items: [bundle(read.value)] };
  // An envelope (TAXII 2.1 §3.7) has no type.
  if (envelope['type'] === undefined && objects !== undefined)
    return { ok: true, items: objects.flatMap(item) };
  const wrapped = readBundleText(`{"objects":[${text}]}`, limits);
  if (!wrapped.ok) return failed(text, wrapped.error, '{"objects":['.length);
  return { ok: true, items: (wrapped.value.objects ?? []).flatMap(item) };
}

function readList(text: string): Value {
  const opening = '{"objects":';
  const read = readBundleText(`${opening}${text}}`, limits);
  if (!read.ok) return failed(text, read.error, opening.length);
  // A text such as `[], "a": 1` would slip in members of its own.
  if (Object.keys(read.value.envelope).length !== 1) {
    const message = 'this is not JSON: something stands after the list';
    return { ok: false, message, what: message };
  }
  return { ok: true, items: (read.value.objects ?? []).flatMap(item) };
}

function item(object: ObjectText): readonly StixItem[] {
  const { value, text, flaw } = object;
  const isBundle = typeof value === 'object' && value !== null && Reflect.get(value, 'type') === 'bundle';
  if (!isBundle || flaw !== undefined) return [{ kind: 'object', object }];
  const read = readBundleText(text, limits);
  return read.ok ? [bundle(read.value)] : [{ kind: 'object', object }];
}

function bundle({ envelope, objects }: BundleText): StixItem {
  const value =
    objects === undefined ? envelope : { ...envelope, objects: objects.map((object) => object.value) };
  return { kind: 'bundle', value, objects: objects ?? [] };
}

function failed(text: string, { message, offset }: BundleTextError, shift: number): Value {
  const { line, column } = placeInText(text, Math.max(0, offset - shift));
  const what = `${message.replace(/^This/, 'this').replace(/\.$/, '')} (column ${column})`;
  return { ok: false, message: what.replace('(column', `(line ${line}, column`), what };
}
