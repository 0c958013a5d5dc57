import type { Kysely, Transaction } from 'kysely';
import type { Micros } from '../time.ts';

/** Who did something: ids only. */
export interface AuditActor {
  readonly organisationId: string;
  readonly personId: string | undefined;
  readonly tokenId: string | undefined;
}

/** What was done, written in the same transaction as the change itself. */
export interface AuditEntry {
  readonly at: Micros;
  readonly actor: AuditActor;
  /** A dotted verb such as `token.revoke`. */
  readonly action: string;
  /** Id of the thing that it was done to. */
  readonly target: string;
  /** The organisation that it was done to, where that is another than the actor's: its administrators see the entry. */
  readonly concerns?: string | undefined;
  /** JSON; never a secret, never shared content. */
  readonly detail: Readonly<Record<string, unknown>>;
}

type AuditTable = {
  audit: {
    id: string;
    at: number;
    organisation_id: string;
    person_id: string | null;
    token_id: string | null;
    action: string;
    target: string;
    concerns: string | null;
    detail: string;
  };
};

/** Writes audit entries. `randomId` gives ids that sort by time. */
export interface Audit {
  record(transaction: Transaction<object>, entry: AuditEntry): Promise<void>;
}

export function createAudit(randomId: () => string): Audit {
  return {
    async record(transaction, { at, actor, action, target, concerns, detail }) {
      await transaction
        .withTables<AuditTable>()
        .insertInto('audit')
        .values({
          id: randomId(),
          at,
          organisation_id: actor.organisationId,
          person_id: actor.personId ?? null,
          token_id: actor.tokenId ?? null,
          action,
          target,
          concerns: concerns ?? null,
          detail: JSON.stringify(detail),
        })
        .execute();
    },
  };
}

/** Which audit entries: newest first, before an entry, all or those that an organisation caused or that concern it. */
export interface AuditQuery {
  readonly organisationId: string | undefined;
  readonly before: { readonly at: number; readonly id: string } | undefined;
  readonly limit: number;
}

export async function listAudit(db: Kysely<object>, { organisationId, before, limit }: AuditQuery) {
  let query = db.withTables<AuditTable>().selectFrom('audit').selectAll();
  if (organisationId !== undefined) {
    query = query.where((where) =>
      where.or([where('organisation_id', '=', organisationId), where('concerns', '=', organisationId)]),
    );
  }
  if (before !== undefined) {
    query = query.where((where) =>
      where.or([
        where('at', '<', before.at),
        where.and([where('at', '=', before.at), where('id', '<', before.id)]),
      ]),
    );
  }
  return query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}
