import type { JsonObject, PatternComparisonExpression, PatternConstant } from '@belltower/stix';
import { contributingProperties, deterministicId } from '@belltower/stix';
import { telecomTypes } from '../stix/telecom-types.ts';
import type { ConcealedObjects, LeftOut } from './concealed-objects.ts';
import type { PersonalIdentifier } from './personal-identifier.ts';
import { constantOf, rewritePatternText } from './rewrite-pattern.ts';
import { rewriteTexts } from './rewrite-texts.ts';
import { createTextScrubber } from './scrub-text.ts';

interface Changed {
  readonly identifiers: readonly PersonalIdentifier[];
  /** What stands for an id of before; undefined where nothing does. */
  readonly ids: ReadonlyMap<string, string | undefined>;
}

/** Rounds in which ids may follow from other ids: a message from a node of a network is two deep. */
const mostRounds = 8;

/**
 * Leads every reference to what stands for it now, takes what is concealed out of every text, and gives observables whose id comes from
 * such references another one: an id that is computed from an identifier gives it away to whoever tries all of them.
 */
export function settleReferences(
  objects: readonly JsonObject[],
  { identifiers, ids }: Changed,
): Pick<ConcealedObjects, 'objects' | 'leftOut'> {
  if (identifiers.length === 0) return { objects, leftOut: [] };
  const { scrub } = createTextScrubber(identifiers);
  let known = ids;
  let current = objects;
  const leftOut: LeftOut[] = [];
  for (let round = 0; round < mostRounds && known.size > 0; round += 1) {
    const next = new Map<string, string | undefined>();
    const settled: JsonObject[] = [];
    for (const object of current) {
      const referring = withReferences(object, known);
      if (referring === undefined) {
        leftOut.push({
          at: idOf(object),
          what: String(object['type']),
          why: 'What it is about was left out.',
        });
        next.set(idOf(object), undefined);
        continue;
      }
      const renamed = withOwnId(referring, object);
      if (idOf(renamed) !== idOf(object)) next.set(idOf(object), idOf(renamed));
      settled.push(renamed);
    }
    current = settled;
    known = next;
  }
  const clean = current.flatMap((object) => {
    const written = withoutTexts(object, scrub);
    if (written !== undefined) return [written];
    leftOut.push({
      at: idOf(object),
      what: String(object['type']),
      why: 'It nests too deep to be looked through.',
    });
    return [];
  });
  return { objects: distinct(clean), leftOut };
}

/** Undefined where the object is about something that does not come along. */
function withReferences(
  object: JsonObject,
  ids: ReadonlyMap<string, string | undefined>,
): JsonObject | undefined {
  const isObservable = telecomTypes.shapes.get(String(object['type']))?.class === 'sco';
  const written: [string, unknown][] = [];
  for (const [name, value] of Object.entries(object)) {
    if (name.endsWith('_refs') && Array.isArray(value)) {
      const refs = new Set(
        value.map((ref: unknown) => standFor(ref, ids)).filter((ref) => ref !== undefined),
      );
      if (refs.size === 0 && value.length > 0) return undefined;
      written.push([name, [...refs]]);
    } else if (name.endsWith('_ref') && typeof value === 'string') {
      const ref = standFor(value, ids);
      // What an observable refers to is said beside it; everything else says something of what it refers to.
      if (ref === undefined && !isObservable) return undefined;
      if (ref !== undefined) written.push([name, ref]);
    } else
      written.push([
        name,
        name === 'id' ? value : (rewriteTexts(value, (text) => standFor(text, ids) ?? text) ?? value),
      ]);
  }
  return Object.fromEntries(written.filter(([, value]) => value !== undefined));
}

function standFor<Value>(
  ref: Value,
  ids: ReadonlyMap<string, string | undefined>,
): Value | string | undefined {
  return typeof ref === 'string' && ids.has(ref) ? ids.get(ref) : ref;
}

/** An observable whose id came from its properties gets the one that comes from them now. */
function withOwnId(object: JsonObject, before: JsonObject): JsonObject {
  const id = idOf(before);
  if (
    id === '' ||
    contributingProperties(before, telecomTypes) === undefined ||
    deterministicId(before, telecomTypes) !== id
  )
    return object;
  return { ...object, id: deterministicId(object, telecomTypes) ?? id };
}

/** A code that conceals somebody, or a hash: its digits are nobody's. */
const hash = /^[0-9a-f]{32,128}$/i;

function withoutTexts(object: JsonObject, scrub: (text: string) => string): JsonObject | undefined {
  const scrubText = (text: string) => (hash.test(text) ? text : scrub(text));
  const { id, pattern, ...rest } = object;
  const written = rewriteTexts(rest, scrubText);
  if (typeof written !== 'object' || written === null) return undefined;
  return Object.fromEntries(
    Object.keys(object)
      .flatMap((name): [string, unknown][] => {
        if (name === 'id') return [[name, id]];
        if (name === 'pattern')
          return [
            [
              name,
              object['pattern_type'] === 'stix' && typeof pattern === 'string'
                ? scrubPattern(pattern, scrubText)
                : rewriteTexts(pattern, scrubText),
            ],
          ];
        return [];
      })
      .concat(Object.entries(written)),
  );
}

/** Constants of a pattern are texts; what stands around them is not. */
function scrubPattern(text: string, scrub: (text: string) => string): string {
  if (scrub(text) === text) return text;
  return rewritePatternText(text, (expression) => scrubExpression(expression, scrub)) ?? scrub(text);
}

function scrubExpression(
  expression: PatternComparisonExpression,
  scrub: (text: string) => string,
): PatternComparisonExpression {
  if ('operands' in expression)
    return { ...expression, operands: expression.operands.map((operand) => scrubExpression(operand, scrub)) };
  const clean = (constant: PatternConstant): PatternConstant =>
    constant.kind === 'string' ? constantOf(scrub(constant.value)) : constant;
  switch (expression.kind) {
    case 'compare':
      return { ...expression, constant: clean(expression.constant) };
    case 'in':
      return { ...expression, constants: expression.constants.map(clean) };
    case 'text':
      return { ...expression, text: scrub(expression.text) };
    case 'exists':
      return expression;
  }
}

/** Two spellings of one subscriber have become one object. */
function distinct(objects: readonly JsonObject[]): readonly JsonObject[] {
  const seen = new Map<string, JsonObject>();
  for (const object of objects) seen.set(`${idOf(object)} ${String(object['modified'])}`, object);
  return [...seen.values()];
}

function idOf(object: JsonObject): string {
  return typeof object['id'] === 'string' ? object['id'] : '';
}
