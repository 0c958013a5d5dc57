import { z } from 'zod';
import { lineField, organisationIdField as organisationId } from '../../platform/http/field-text.ts';
import { organisationKinds, roles, scopes } from './actor.ts';

const name = lineField(200);

/** `POST /api/organisations` */
export const newOrganisation = z.strictObject({
  name,
  kind: z.enum(organisationKinds),
  /** A STIX identity id that the organisation already uses; without it one is made. */
  id: organisationId.optional(),
});

/** `PATCH /api/organisations/{id}` */
export const organisationChange = z.strictObject({
  name: name.optional(),
  kind: z.enum(organisationKinds).optional(),
  suspended: z.boolean().optional(),
  /** Organisations to which TLP:AMBER may be passed on as one's own clients (rule G4). */
  clients: z.array(organisationId).max(1_000).optional(),
  /** Organisations that may publish on this one's behalf where a collection allows it (rule G7). */
  delegates: z.array(organisationId).max(1_000).optional(),
});

/** `POST /api/organisations/{id}/people` */
export const newPerson = z.strictObject({
  name,
  email: z.email().max(320).optional(),
  role: z.enum(roles).exclude(['automation']),
});

/** `POST /api/organisations/{id}/tokens` */
export const newToken = z.strictObject({
  label: name,
  /** The person that it speaks for; without it, the token is a machine's. */
  person: z.uuid().optional(),
  scopes: z.array(z.enum(scopes)).min(1),
  /** Days until it ends; 0: never. */
  days: z.number().int().min(0).max(3_650).default(365),
});

/** `POST /api/enrolments`: a person's first token, made by themselves with the secret that they were given. */
export const redemption = z.strictObject({
  enrolment: z.string().max(200),
  label: name.default('first token'),
  /** Without them: everything that the person's role may, but `red`. */
  scopes: z.array(z.enum(scopes)).min(1).optional(),
  days: newToken.shape.days,
});

export type Redemption = z.output<typeof redemption>;
export type NewOrganisation = z.output<typeof newOrganisation>;
export type OrganisationChange = z.output<typeof organisationChange>;
export type NewPerson = z.output<typeof newPerson>;
export type NewToken = z.output<typeof newToken>;

export interface OrganisationView {
  readonly id: string;
  readonly name: string;
  readonly kind: (typeof organisationKinds)[number];
  readonly created: string;
  readonly suspended: boolean;
  /** Whether a person of its own administers it; until then, the node's operator can let an administrator in. */
  readonly administered: boolean;
  /** When somebody whom the node's operator let in last became its administrator; every member sees this. */
  readonly enrolled: string | null;
  readonly clients: readonly string[];
  readonly delegates: readonly string[];
}

export interface PersonView {
  readonly id: string;
  readonly organisation: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: (typeof roles)[number];
  readonly removed: boolean;
}

/** The secret with which a person makes their first token: shown once, in the answer that makes it. */
export interface EnrolmentView {
  readonly text: string;
  readonly expires: string;
}

/** A token as it is listed; its secret is shown once, in the answer that creates it. */
export interface TokenView {
  readonly id: string;
  readonly organisation: string;
  readonly person: string | null;
  readonly label: string;
  readonly scopes: readonly string[];
  /** The person who made it. */
  readonly madeBy: string | null;
  readonly created: string;
  readonly expires: string | null;
  readonly lastUsed: string | null;
  readonly revoked: string | null;
}
