import type { Transaction } from 'kysely';
import type { AuditActor } from '../../platform/audit/audit.ts';
import type { Outcome } from '../../platform/http/refusal.ts';
import { refuse } from '../../platform/http/refusal.ts';
import type { Platform } from '../../platform/platform.ts';
import { isUniqueViolation } from '../../platform/storage/is-unique-violation.ts';
import type { Micros } from '../../platform/time.ts';
import type { Access } from './access.ts';
import type { Actor } from './actor.ts';
import type { IdentityAction } from './policy.ts';
import { mayOnIdentity } from './policy.ts';
import { lockAccessEpoch } from './store.ts';

/** What a change did and how the audit tells of it; `detail` says what was asked for, never a secret. */
export interface Recorded<Value> {
  readonly value: Value;
  readonly actor: AuditActor;
  readonly action: string;
  readonly target: string;
  /** The organisation that it was done to. */
  readonly organisationId: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

type Work<Value> = (transaction: Transaction<object>, at: Micros) => Promise<Outcome<Recorded<Value>>>;

/** Runs a change with its audit entry in one transaction, and lets every node know that rights may have changed. */
export type RecordChange = <Value>(work: Work<Value>) => Promise<Outcome<Value>>;

export function createRecordChange({ storage, clock, audit }: Platform, access: Access): RecordChange {
  return async (work) => {
    const at = clock.now();
    const outcome = await storage
      .write(async (transaction) => {
        // Who administers what is decided one change after the other.
        await lockAccessEpoch(transaction);
        const result = await work(transaction, at);
        if (!result.ok) return result;
        const { value, actor, action, target, organisationId, detail = {} } = result.value;
        const concerns = organisationId === actor.organisationId ? undefined : organisationId;
        await audit.record(transaction, { at, actor, action, target, concerns, detail });
        await access.raise(transaction);
        return { ok: true, value } as const;
      })
      .catch((error: unknown) => {
        // Another transaction took the name or the id between the look and the insert.
        if (isUniqueViolation(error)) return refuse('conflict', 'This name or id has just been taken.');
        throw error;
      });
    if (outcome.ok) await access.announce();
    return outcome;
  };
}

/** The refusal of what an actor may not do; undefined for what they may. */
export function refuseAction(actor: Actor, action: IdentityAction) {
  if (mayOnIdentity(actor, action)) return undefined;
  return refuse('forbidden', `Your token does not allow this: ${action.kind}.`, {
    details: { role: actor.role },
  });
}

export function noOrganisation(id: string) {
  return refuse('not-found', `There is no organisation ${id}.`);
}
