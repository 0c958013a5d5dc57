import type { Platform } from '../../platform/platform.ts';
import { storageTrouble } from '../../platform/storage/storage-trouble.ts';
import { micros } from '../../platform/time.ts';
import type { Access } from './access.ts';
import type { Actor, Role, Scope } from './actor.ts';
import { scopes } from './actor.ts';
import { scopesOfRole } from './policy.ts';
import type { TokenHolderRow } from './store.ts';
import { findTokenHolder, touchToken } from './store.ts';
import { parseToken, secretMatches } from './token-text.ts';

/** Last use is written at most this often for a token: microseconds. */
const touchEvery = 60_000_000;
const cachedTokens = 10_000;

export interface Authenticator {
  /** Whether this node has seen a token with this id before; to find out about others it has to ask the database. */
  hasSeen(text: string): boolean;
  /** Who holds this token; undefined when it is unknown, wrong, ended, or its organisation is suspended. */
  authenticate(text: string): Promise<Actor | undefined>;
  /** Whether an actor that authenticated earlier would still do so; for streams that stay open. */
  stillValid(actor: Actor): Promise<boolean>;
}

interface Known {
  readonly row: TokenHolderRow;
  readonly epoch: number;
  touched: number;
}

export function createAuthenticator(platform: Platform, access: Access): Authenticator {
  const known = new Map<string, Known>();

  async function holder(tokenId: string): Promise<Known | undefined> {
    const epoch = access.epoch();
    const cached = known.get(tokenId);
    if (cached !== undefined && cached.epoch === epoch) return cached;
    const row = await findTokenHolder(platform.storage.readRights, tokenId);
    if (row === undefined) return undefined;
    const fresh = { row, epoch, touched: row.last_used ?? 0 };
    if (known.size >= cachedTokens) known.clear();
    known.set(tokenId, fresh);
    return fresh;
  }

  async function touch(found: Known): Promise<void> {
    const now = platform.clock.now();
    if (now - found.touched < touchEvery) return;
    found.touched = now;
    try {
      await platform.storage.write((transaction) => touchToken(transaction, found.row.id, now));
    } catch (error) {
      // A disk that is full must not keep anybody from reading.
      if (storageTrouble(error) === undefined) throw error;
      platform.log.error('storage.failed', { error });
    }
  }

  return {
    hasSeen: (text) => known.has(parseToken(text)?.id ?? ''),
    async authenticate(text) {
      const token = parseToken(text);
      if (token === undefined) return undefined;
      const found = await holder(token.id);
      if (found === undefined || !secretMatches(token.secret, found.row.secret_hash)) return undefined;
      const actor = actorOf(found.row, platform.clock.now());
      if (actor !== undefined) await touch(found);
      return actor;
    },
    async stillValid(actor) {
      const found = await holder(actor.tokenId);
      return found !== undefined && actorOf(found.row, platform.clock.now()) !== undefined;
    },
  };
}

function actorOf(row: TokenHolderRow, now: number): Actor | undefined {
  const ended = row.revoked !== null || (row.expires !== null && row.expires <= now);
  if (ended || row.suspended === 1 || row.person_removed === 1) return undefined;
  const role: Role = row.person_role ?? 'automation';
  const allowed = scopesOfRole(role);
  const granted = new Set<Scope>(
    scopes.filter((scope) => allowed.has(scope) && row.scopes.split(' ').includes(scope)),
  );
  return {
    tokenId: row.id,
    organisationId: row.organisation_id,
    organisationName: row.organisation_name,
    personId: row.person_id ?? undefined,
    role,
    scopes: granted,
    expires: row.expires === null ? undefined : micros(row.expires),
  };
}
