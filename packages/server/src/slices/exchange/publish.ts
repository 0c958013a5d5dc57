import type { Finding } from '@belltower/stix';
import type { ReceivedBody } from '../../platform/http/received-body.ts';
import type { Outcome } from '../../platform/http/refusal.ts';
import { accept } from '../../platform/http/refusal.ts';
import type { Actor, Identity } from '../identity/index.ts';
import { whileValid } from '../identity/index.ts';
import type { Appender } from './appending/appender.ts';
import type { AppendResult, RefusedObject } from './appending/submission.ts';
import type { ObjectResult } from './contract.ts';
import { versionTimestamp } from './entry.ts';
import type { Judged } from './judging/judge-bundle.ts';
import type { Judges } from './judging/judges.ts';
import type { ObjectFacts } from './judging/object-facts.ts';
import { personalDataFindings } from './judging/personal-data-findings.ts';

/** What somebody publishes, as it came over the wire. */
export interface PublishCommand {
  readonly actor: Actor;
  readonly collectionId: string;
  /** A STIX bundle or a TAXII envelope. What came over the wire is used up. */
  readonly body: string | ReceivedBody;
  /** In whose name (rule G7); without it, in the actor's own. */
  readonly onBehalfOf?: string | undefined;
  readonly anonymous?: boolean | undefined;
}

/**
 * Parse, validate, gate, append. Each object gets its own result (rule G1), in the order of the bundle; what is accepted is
 * durable when this resolves (rule L4). A text that is no bundle at all is refused whole.
 */
export async function publish(
  {
    appender,
    judges,
    identity,
  }: {
    readonly appender: Appender;
    readonly judges: Judges;
    readonly identity: Pick<Identity, 'stillValid'>;
  },
  command: PublishCommand,
): Promise<Outcome<readonly ObjectResult[]>> {
  const { actor, collectionId, body, onBehalfOf, anonymous = false } = command;
  const judgement = await judges.judge(body);
  if (!judgement.ok) return judgement;
  const candidates = judgement.value;
  const objects = candidates.flatMap((candidate) => (candidate.facts === undefined ? [] : [candidate.facts]));
  const submission = {
    actor,
    collectionId,
    publisher: { submitterId: actor.organisationId, actingId: onBehalfOf ?? actor.organisationId, anonymous },
    objects,
    refusedBefore: candidates.flatMap(refusedBefore),
  };
  // Judging may take seconds, and so may waiting for it (rule R3).
  const outcome = await whileValid(identity, actor, () => appender.append(submission));
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
        ...withWarnings([...warnings, ...personalDataFindings(facts.personalData)]),
      };
    }
    case 'received': {
      const version = facts.version === undefined ? {} : { version: versionTimestamp(facts.version) };
      return {
        ...named,
        ...version,
        status: 'accepted',
        ...withWarnings([...warnings, ...personalDataFindings(facts.personalData)]),
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
        ...(code === 'personal-data' ? { errors: personalDataFindings(facts.personalData) } : {}),
        ...(differs === undefined ? {} : { differs }),
      };
    }
  }
}

function withWarnings(warnings: readonly Finding[]): { readonly warnings?: readonly Finding[] } {
  return warnings.length === 0 ? {} : { warnings };
}

function refusedBefore(candidate: Judged): readonly RefusedObject[] {
  if (candidate.facts !== undefined) return [];
  const { id, code, rule } = candidate.refusal;
  return [{ id, code: code ?? 'invalid', rule }];
}
