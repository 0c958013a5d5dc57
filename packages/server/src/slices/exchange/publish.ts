import type { BundleTextError, Finding, MarkingResolver, ObjectText } from '@belltower/stix';
import { placeInText, readBundleText, validateObject } from '@belltower/stix';
import type { Limits } from '../../platform/config/config.ts';
import type { Outcome, RefusalCode } from '../../platform/http/refusal.ts';
import { accept, refuse } from '../../platform/http/refusal.ts';
import type { Actor } from '../identity/index.ts';
import type { Appender } from './appender.ts';
import type { ObjectResult } from './contract.ts';
import { versionTimestamp } from './entry.ts';
import type { ObjectFacts } from './object-facts.ts';
import { objectFacts } from './object-facts.ts';
import type { AppendResult, RefusedObject } from './submission.ts';

/** What somebody publishes, as it came over the wire. */
export interface PublishCommand {
  readonly actor: Actor;
  readonly collectionId: string;
  /** A STIX bundle or a TAXII envelope. */
  readonly text: string;
  /** In whose name (rule G7); without it, in the actor's own. */
  readonly onBehalfOf?: string | undefined;
  readonly anonymous?: boolean | undefined;
}

/** STIX sets no limit to the digits of a second; a database sets one to what it can find again. */
const longestVersion = 100;

/** Objects that are judged before other work gets its turn: a few milliseconds' worth. */
const objectsAtOnce = 250;

/**
 * Parse, validate, gate, append. Each object gets its own result (rule G1), in the order of the bundle; what is accepted is
 * durable when this resolves (rule L4). A text that is no bundle at all is refused whole.
 */
export async function publish(
  { appender, limits }: { appender: Appender; limits: Limits },
  command: PublishCommand,
): Promise<Outcome<readonly ObjectResult[]>> {
  const bundle = readBundleText(command.text, {
    depth: limits.depth,
    objects: limits.bundleObjects,
    objectLength: limits.objectBytes,
  });
  if (!bundle.ok) return refuseText(command.text, bundle.error);
  if (bundle.value.objects === undefined) {
    return refuse('not-a-bundle', 'A bundle or an envelope has a list of "objects"; this has none.', {
      at: '$.objects',
    });
  }
  if (bundle.value.objects.length === 0) {
    return refuse('unprocessable', 'The list of "objects" is empty: there is nothing to publish.', {
      at: '$.objects',
    });
  }
  const candidates = await judge(bundle.value.objects);
  const objects = candidates.flatMap((candidate) => (candidate.facts === undefined ? [] : [candidate.facts]));
  const { actor, collectionId, onBehalfOf, anonymous = false } = command;
  const outcome = await appender.append({
    actor,
    collectionId,
    publisher: { submitterId: actor.organisationId, actingId: onBehalfOf ?? actor.organisationId, anonymous },
    objects,
    refusedBefore: candidates.flatMap(refusedBefore),
  });
  if (!outcome.ok) return outcome;
  const appended = outcome.value.values();
  return accept(
    candidates.map((candidate, index): ObjectResult => {
      if (candidate.facts === undefined) return candidate.refusal;
      const result = appended.next().value;
      if (result === undefined) throw new Error('An object was left without a result');
      return describe({ index, facts: candidate.facts, warnings: candidate.warnings, result });
    }),
  );
}

type Candidate =
  | { readonly facts: ObjectFacts; readonly warnings: readonly Finding[] }
  | { readonly facts: undefined; readonly refusal: ObjectResult };

async function judge(objects: readonly ObjectText[]): Promise<readonly Candidate[]> {
  const candidates: Candidate[] = [];
  const definitions = markingDefinitions(objects);
  for (const [index, object] of objects.entries()) {
    if (index > 0 && index % objectsAtOnce === 0) await new Promise((resolve) => setImmediate(resolve));
    candidates.push(judgeObject(index, object, (id) => definitions.get(id)));
  }
  return candidates;
}

/** Marking definitions that came along: a level of TLP counts under any id. */
function markingDefinitions(objects: readonly ObjectText[]): ReadonlyMap<unknown, unknown> {
  const definitions = objects.flatMap(({ value }) =>
    isRecord(value) && value['type'] === 'marking-definition' ? [[value['id'], value] as const] : [],
  );
  return new Map(definitions);
}

function judgeObject(index: number, { text, value, flaw }: ObjectText, resolve: MarkingResolver): Candidate {
  if (!isRecord(value)) {
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
  const { id, type, errors, warnings } = validateObject(value);
  const version = declaredVersion(value);
  const named = {
    index,
    ...(id === undefined ? {} : { id }),
    ...(type === undefined ? {} : { type }),
    ...(version === undefined ? {} : { version }),
  };
  if (flaw !== undefined) {
    return {
      facts: undefined,
      refusal: { ...named, status: 'refused', code: flaw, message: flawMessage[flaw], rule: 'G1' },
    };
  }
  if (errors.length === 0) {
    const facts = objectFacts({ value, text }, resolve);
    if (facts.version === undefined || facts.version.length <= longestVersion) return { facts, warnings };
    const message = `A version may have ${longestVersion} characters at the most.`;
    return {
      facts: undefined,
      refusal: { ...named, status: 'refused', code: 'invalid', message, rule: 'G1' },
    };
  }
  const first = errors[0]?.message ?? '';
  const message = errors.length === 1 ? first : `${first} (and ${errors.length - 1} more)`;
  return {
    facts: undefined,
    refusal: {
      ...named,
      status: 'refused',
      code: 'invalid',
      message,
      rule: 'G1',
      errors,
      ...withWarnings(warnings),
    },
  };
}

/** The version that a refused object gives itself, as it spells it. */
function declaredVersion(value: Readonly<Record<string, unknown>>): string | undefined {
  const version = value['modified'] ?? value['created'];
  return typeof version === 'string' && version.length <= 60 ? version : undefined;
}

const flawMessage: Readonly<Record<NonNullable<ObjectText['flaw']>, string>> = {
  'duplicate-key': 'A key stands twice in one object: readers would disagree on which one counts.',
  'lone-surrogate': 'A text contains half of a surrogate pair, which is no Unicode text.',
};

interface Described {
  readonly index: number;
  readonly facts: ObjectFacts;
  readonly warnings: readonly Finding[];
  readonly result: AppendResult;
}

function describe({ index, facts, warnings, result }: Described): ObjectResult {
  const named = { index, id: facts.id, type: facts.type };
  switch (result.kind) {
    case 'append': {
      const { position, version } = result.entry;
      return {
        ...named,
        status: 'accepted',
        version: versionTimestamp(version),
        position,
        ...withWarnings(warnings),
      };
    }
    case 'unchanged':
      return {
        ...named,
        status: 'unchanged',
        version: versionTimestamp(result.version),
        position: result.position,
        rule: 'L2',
      };
    case 'refused': {
      const { code, rule, message, differs } = result;
      const version = facts.version === undefined ? {} : { version: versionTimestamp(facts.version) };
      return {
        ...named,
        ...version,
        status: 'refused',
        code,
        rule,
        message,
        ...(differs === undefined ? {} : { differs }),
      };
    }
  }
}

function withWarnings(warnings: readonly Finding[]): { readonly warnings?: readonly Finding[] } {
  return warnings.length === 0 ? {} : { warnings };
}

function refusedBefore(candidate: Candidate): readonly RefusedObject[] {
  if (candidate.facts !== undefined) return [];
  const { id, code, rule } = candidate.refusal;
  return [{ id, code: code ?? 'invalid', rule }];
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

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
