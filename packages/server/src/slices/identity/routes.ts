import type { Context } from 'hono';
import { Hono } from 'hono';
import { listAudit } from '../../platform/audit/audit.ts';
import { readJson } from '../../platform/http/body.ts';
import { echo } from '../../platform/http/echo.ts';
import type { HttpApp, HttpEnvironment } from '../../platform/http/environment.ts';
import { orRefuse, RefusalError } from '../../platform/http/refusal.ts';
import type { Platform } from '../../platform/platform.ts';
import { formatMicros, micros } from '../../platform/time.ts';
import type { Actor } from './actor.ts';
import type { EnrolmentView, OrganisationView, PersonView, TokenView } from './contract.ts';
import { newOrganisation, newPerson, newToken, organisationChange, redemption } from './contract.ts';
import type { Identity } from './identity.ts';
import type { EnrolledPerson } from './people-commands.ts';
import { mayOnIdentity } from './policy.ts';
import { requireActor, trySecret } from './request-actor.ts';
import type { OrganisationRow, PersonRow, TokenRow, TrustRow } from './store.ts';
import {
  findOrganisation,
  listAdministered,
  listOrganisations,
  listPeople,
  listTokens,
  listTrust,
} from './store.ts';

/** `/api/me`, `/api/organisations`, `/api/people`, `/api/enrolments`, `/api/tokens` */
export function identityRoutes({ storage, clock }: Platform, identity: Identity): HttpApp {
  const routes: HttpApp = new Hono<HttpEnvironment>();
  const db = storage.read;

  routes.get('/me', async (context) => {
    const actor = await requireActor(identity, context);
    return context.json(meView(actor));
  });

  routes.get('/organisations', async (context) => {
    const actor = await requireActor(identity, context);
    refuseUnless(mayOnIdentity(actor, { kind: 'list-organisations' }));
    const rows = await listOrganisations(db);
    const trust = await listTrust(db);
    const administered = await listAdministered(db, clock.now());
    return context.json({
      organisations: rows.map((row) =>
        organisationView(row, { trust: visibleTrust(actor, row.id, trust), administered }),
      ),
    });
  });

  routes.post('/organisations', async (context) => {
    const actor = await requireActor(identity, context);
    const row = orRefuse(
      await identity.commands.createOrganisation(actor, await readJson(context, newOrganisation)),
    );
    return context.json(organisationView(row, { trust: [], administered: new Set() }), 201);
  });

  routes.patch('/organisations/:id', async (context) => {
    const actor = await requireActor(identity, context);
    const change = await readJson(context, organisationChange);
    const row = orRefuse(await identity.commands.changeOrganisation(actor, idOf(context), change));
    const trust = visibleTrust(actor, row.id, await listTrust(db, row.id));
    const administered = await listAdministered(db, clock.now(), row.id);
    return context.json(organisationView(row, { trust, administered }));
  });

  routes.get('/organisations/:id/people', async (context) => {
    const actor = await requireActor(identity, context);
    const organisationId = await existing(idOf(context));
    refuseUnless(mayOnIdentity(actor, { kind: 'list-people', organisationId }));
    return context.json({ people: (await listPeople(db, organisationId)).map(personView) });
  });

  routes.post('/organisations/:id/people', async (context) => {
    const actor = await requireActor(identity, context);
    const command = await readJson(context, newPerson);
    const row = orRefuse(await identity.commands.createPerson(actor, idOf(context), command));
    return withEnrolment(context, row);
  });

  routes.post('/people/:id/enrolment', async (context) => {
    const actor = await requireActor(identity, context);
    return withEnrolment(context, orRefuse(await identity.commands.renewEnrolment(actor, idOf(context))));
  });

  routes.post('/enrolments', async (context) => {
    const redeem = async () => identity.commands.redeemEnrolment(await readJson(context, redemption));
    const row = orRefuse(await trySecret(context, redeem));
    context.header('Cache-Control', 'no-store');
    return context.json({ ...tokenView(row), token: row.text }, 201);
  });

  routes.delete('/people/:id', async (context) => {
    const actor = await requireActor(identity, context);
    return context.json(personView(orRefuse(await identity.commands.removePerson(actor, idOf(context)))));
  });

  routes.get('/organisations/:id/tokens', async (context) => {
    const actor = await requireActor(identity, context);
    const organisationId = await existing(idOf(context));
    const rows = await listTokens(db, organisationId);
    const visible = rows.filter((row) =>
      mayOnIdentity(actor, { kind: 'see-token', organisationId, personId: row.person_id ?? undefined }),
    );
    return context.json({ tokens: visible.map(tokenView) });
  });

  routes.post('/organisations/:id/tokens', async (context) => {
    const actor = await requireActor(identity, context);
    const command = await readJson(context, newToken);
    const row = orRefuse(await identity.commands.createToken(actor, idOf(context), command));
    context.header('Cache-Control', 'no-store');
    return context.json({ ...tokenView(row), token: row.text }, 201);
  });

  routes.delete('/tokens/:id', async (context) => {
    const actor = await requireActor(identity, context);
    return context.json(tokenView(orRefuse(await identity.commands.revokeToken(actor, idOf(context)))));
  });

  routes.get('/audit', async (context) => {
    const actor = await requireActor(identity, context);
    const all = mayOnIdentity(actor, { kind: 'see-audit', organisationId: undefined });
    refuseUnless(all || mayOnIdentity(actor, { kind: 'see-audit', organisationId: actor.organisationId }));
    const entries = await listAudit(db, {
      organisationId: all ? undefined : actor.organisationId,
      before: auditCursor(context.req.query('before')),
      limit: auditPage,
    });
    const last = entries.at(-1);
    return context.json({
      entries: entries.map(({ id, at, detail, ...entry }) => ({
        id,
        at: formatMicros(micros(at)),
        ...entry,
        detail: JSON.parse(detail),
      })),
      before: entries.length === auditPage && last !== undefined ? `${last.at}.${last.id}` : null,
    });
  });

  return routes;

  async function existing(id: string): Promise<string> {
    if ((await findOrganisation(db, id)) !== undefined) return id;
    throw new RefusalError({ code: 'not-found', message: `There is no organisation ${echo(id)}.` });
  }
}

function withEnrolment(context: Context<HttpEnvironment>, row: EnrolledPerson): Response {
  context.header('Cache-Control', 'no-store');
  const answer: PersonView & { readonly enrolment: EnrolmentView } = {
    ...personView(row),
    enrolment: row.enrolment,
  };
  return context.json(answer, 201);
}

/** The id in the address. What has a null character is no id, and neither database looks for it. */
function idOf(context: Context<HttpEnvironment>): string {
  const id = context.req.param('id') ?? '';
  if (!id.includes('\0')) return id;
  throw new RefusalError({ code: 'not-found', message: 'There is nothing with this id.' });
}

const auditPage = 100;

function auditCursor(text: string | undefined): { readonly at: number; readonly id: string } | undefined {
  if (text === undefined) return undefined;
  const [, at, id] = /^(\d{1,16})\.([0-9a-f-]{36})$/.exec(text) ?? [];
  if (at !== undefined && id !== undefined) return { at: Number(at), id };
  throw new RefusalError({
    code: 'bad-cursor',
    message: 'This is not a cursor that an earlier page gave.',
    at: '?before',
  });
}

function refuseUnless(allowed: boolean): void {
  if (!allowed) throw new RefusalError({ code: 'forbidden', message: 'Your token does not allow this.' });
}

/** Whom an organisation trusts is its own business, and for the operator to see. */
function visibleTrust(actor: Actor, organisationId: string, trust: readonly TrustRow[]): readonly TrustRow[] {
  const allowed = mayOnIdentity(actor, { kind: 'change-organisation', organisationId });
  return allowed ? trust.filter((row) => row.organisation_id === organisationId) : [];
}

function meView(actor: Actor) {
  return {
    token: actor.tokenId,
    organisation: { id: actor.organisationId, name: actor.organisationName },
    person: actor.personId ?? null,
    role: actor.role,
    scopes: [...actor.scopes],
    expires: time(actor.expires ?? null),
  };
}

interface OrganisationFacts {
  readonly trust: readonly TrustRow[];
  readonly administered: ReadonlySet<string>;
}

function organisationView(
  row: OrganisationRow,
  { trust, administered }: OrganisationFacts,
): OrganisationView {
  const trusted = (kind: TrustRow['kind']) =>
    trust.filter((item) => item.kind === kind).map((item) => item.trusted_id);
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    created: formatMicros(micros(row.created)),
    suspended: row.suspended === 1,
    administered: administered.has(row.id),
    enrolled: time(row.enrolled),
    clients: trusted('client'),
    delegates: trusted('delegate'),
  };
}

function personView(row: PersonRow): PersonView {
  return {
    id: row.id,
    organisation: row.organisation_id,
    name: row.name,
    email: row.email,
    role: row.role,
    removed: row.removed === 1,
  };
}

function tokenView(row: TokenRow): TokenView {
  return {
    id: row.id,
    organisation: row.organisation_id,
    person: row.person_id,
    label: row.label,
    scopes: row.scopes.split(' '),
    madeBy: row.made_by,
    created: formatMicros(micros(row.created)),
    expires: time(row.expires),
    lastUsed: time(row.last_used),
    revoked: time(row.revoked),
  };
}

function time(at: number | null): string | null {
  return at === null ? null : formatMicros(micros(at));
}
