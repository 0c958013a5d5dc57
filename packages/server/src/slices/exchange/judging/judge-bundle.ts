import type { BundleTextError, Finding, MarkingResolver, ObjectText } from '@belltower/stix';
import { flawPlace, isJsonObject, placeInText, readBundleText, validateObject } from '@belltower/stix';
import type { ReadingBudget } from '@belltower/telecom';
import { createReadingBudget, telecomTypes } from '@belltower/telecom';
import type { Limits } from '../../../platform/config/config.ts';
import { textOfBlocks } from '../../../platform/http/received-body.ts';
import type { Outcome, RefusalCode } from '../../../platform/http/refusal.ts';
import { accept, refuse } from '../../../platform/http/refusal.ts';
import type { ObjectResult } from '../contract.ts';
import type { FindingBudget } from './finding-budget.ts';
import { createFindingBudget } from './finding-budget.ts';
import type { ObjectFacts } from './object-facts.ts';
import { objectFacts } from './object-facts.ts';

/** The bounds that judging has to know. */
export type JudgingLimits = Pick<Limits, 'depth' | 'bundleObjects' | 'objectBytes'>;

/** A valid object and what is known of it. Plain data, so that it can cross threads. */
export interface Approved {
  readonly facts: ObjectFacts;
  readonly warnings: readonly Finding[];
}

/** What judging makes of one object. */
export type Judged = Approved | { readonly facts: undefined; readonly refusal: ObjectResult };

const known = { types: telecomTypes } as const;

/** STIX sets no limit to the digits of a second; a database sets one to what it can find again. */
const longestVersion = 100;

/**
 * Parses a bundle or an envelope, a text or its octets, and validates its objects; each is judged by itself (rule G1). What is no bundle at all is
 * refused whole.
 * Objects are judged when they are asked for. Takes some 20 µs an object: `createJudges` does it in a thread where that is long.
 */
export function judgeBundle(
  body: string | readonly Uint8Array[],
  limits: JudgingLimits,
): Outcome<Iterable<Judged>> {
  const text = typeof body === 'string' ? body : textOfBlocks(body);
  if (text === undefined) return refuse('not-json', 'The body is not UTF-8 text.');
  const bundle = readBundleText(text, {
    depth: limits.depth,
    objects: limits.bundleObjects,
    objectLength: limits.objectBytes,
  });
  if (!bundle.ok) return refuseText(text, bundle.error);
  const { objects } = bundle.value;
  if (objects === undefined) {
    return refuse('not-a-bundle', 'A bundle or an envelope has a list of "objects"; this has none.', {
      at: '$.objects',
    });
  }
  if (objects.length === 0) {
    return refuse('unprocessable', 'The list of "objects" is empty: there is nothing to publish.', {
      at: '$.objects',
    });
  }
  return accept(judgeObjects(objects));
}

function* judgeObjects(objects: readonly ObjectText[]): Generator<Judged> {
  const definitions = markingDefinitions(objects);
  const means = {
    resolve: (id: string) => definitions.get(id),
    findingBudget: createFindingBudget(),
    readings: createReadingBudget(),
  };
  for (const [index, object] of objects.entries()) yield judgeObject(index, object, means);
}

/** Marking definitions that came along: a level of TLP counts under any id. */
function markingDefinitions(objects: readonly ObjectText[]): ReadonlyMap<unknown, unknown> {
  const definitions = objects.flatMap(({ value }) =>
    isJsonObject(value) && value['type'] === 'marking-definition' ? [[value['id'], value] as const] : [],
  );
  return new Map(definitions);
}

interface Means {
  readonly resolve: MarkingResolver;
  readonly findingBudget: FindingBudget;
  readonly readings: ReadingBudget;
}

function judgeObject(
  index: number,
  { text, value, flaw }: ObjectText,
  { resolve, findingBudget, readings }: Means,
): Judged {
  if (!isJsonObject(value)) {
    return {
      facts: undefined,
      refusal: {
        index,
        status: 'refused',
        code: 'invalid',
        message: 'A STIX object is a JSON object.',
        rule: 'G1',
      },
    };
  }
  const found = validateObject(value, known);
  const { id, type } = found;
  const errors = findingBudget.take(found.errors);
  const warnings = findingBudget.take(found.warnings);
  const version = declaredVersion(value);
  const named = {
    index,
    ...(isShort(id) ? { id } : {}),
    ...(isShort(type) ? { type } : {}),
    ...(version === undefined ? {} : { version }),
  };
  if (flaw !== undefined) {
    return {
      facts: undefined,
      refusal: { ...named, status: 'refused', code: flaw, message: flawMessage(text, flaw), rule: 'G1' },
    };
  }
  if (errors.length === 0) {
    const known = objectFacts({ value, text }, { resolve, readings });
    const facts = { ...known, personalData: findingBudget.take(known.personalData) };
    if (facts.version === undefined || facts.version.length <= longestVersion) return { facts, warnings };
    const message = `A version may have ${longestVersion} characters at the most.`;
    return {
      facts: undefined,
      refusal: { ...named, status: 'refused', code: 'invalid', message, rule: 'G1' },
    };
  }
  const first = errors[0]?.message ?? '';
  const message = found.errors.length === 1 ? first : `${first} (and ${found.errors.length - 1} more)`;
  return {
    facts: undefined,
    refusal: {
      ...named,
      status: 'refused',
      code: 'invalid',
      message,
      rule: 'G1',
      errors,
      ...(warnings.length === 0 ? {} : { warnings }),
    },
  };
}

/** No id and no type is longer; what is neither is not repeated. */
function isShort(name: string | undefined): name is string {
  return name !== undefined && name.length <= 300;
}

/** The version that a refused object gives itself, as it spells it. */
function declaredVersion(value: Readonly<Record<string, unknown>>): string | undefined {
  const version = value['modified'] ?? value['created'];
  return typeof version === 'string' && version.length <= 60 ? version : undefined;
}

function flawMessage(text: string, flaw: NonNullable<ObjectText['flaw']>): string {
  const place = flawPlace(text, flaw);
  switch (flaw) {
    case 'duplicate-key':
      return `The key ${place} stands twice in one object: readers would disagree on which one counts.`;
    case 'lone-surrogate':
      return `At ${place} there is half of a surrogate pair, which is no Unicode text.`;
  }
}

const textRefusal: Readonly<Record<BundleTextError['code'], RefusalCode>> = {
  'not-json': 'not-json',
  'not-an-object': 'not-a-bundle',
  'too-deep': 'too-deep',
  'too-many-objects': 'too-many-objects',
  'object-too-long': 'object-too-long',
  'duplicate-key': 'duplicate-key',
};

function refuseText(text: string, { code, message, offset }: BundleTextError) {
  const { line, column } = placeInText(text, offset);
  return refuse(textRefusal[code], message, { at: `line ${line}, column ${column}` });
}
