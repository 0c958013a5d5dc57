import { z } from 'zod';
import type { NamedSchema, Operation, Parameter } from '../../platform/openapi/operation.ts';
import { organisationKinds, roles, scopes } from './actor.ts';
import type { OrganisationView, PersonView, TokenView } from './contract.ts';
import { newOrganisation, newPerson, newToken, organisationChange, redemption } from './contract.ts';
import * as example from './operation-examples.ts';

const organisation: NamedSchema<OrganisationView> = {
  name: 'Organisation',
  schema: z.strictObject({
    id: z.string().describe('The id of its STIX identity'),
    name: z.string(),
    kind: z.enum(organisationKinds),
    created: z.string(),
    suspended: z.boolean().describe('Whether all its access is ended'),
    administered: z.boolean().describe('Whether a person of its own administers it'),
    enrolled: z
      .string()
      .nullable()
      .describe('When somebody whom the operator let in became its administrator'),
    clients: z.array(z.string()).describe('To whom its TLP:AMBER may be passed on (rule G4)'),
    delegates: z.array(z.string()).describe('Who may publish on its behalf (rule G7)'),
  }),
};

const personFields = {
  id: z.string(),
  organisation: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role: z.enum(roles),
  removed: z.boolean(),
};

const person: NamedSchema<PersonView> = { name: 'Person', schema: z.strictObject(personFields) };

const enrolledPerson: NamedSchema = {
  name: 'EnrolledPerson',
  schema: z.strictObject({
    ...personFields,
    enrolment: z
      .strictObject({ text: z.string(), expires: z.string() })
      .describe('With this secret the person makes their first token; it is shown once'),
  }),
};

const tokenFields = {
  id: z.string(),
  organisation: z.string(),
  person: z.string().nullable().describe('For whom it speaks; null: for a machine'),
  label: z.string(),
  scopes: z.array(z.enum(scopes)),
  madeBy: z.string().nullable().describe('The person who made it'),
  created: z.string(),
  expires: z.string().nullable(),
  lastUsed: z.string().nullable().describe('Exact to a minute'),
  revoked: z.string().nullable(),
};

const token: NamedSchema<TokenView> = { name: 'Token', schema: z.strictObject(tokenFields) };

const newTokenAnswer: NamedSchema = {
  name: 'TokenWithText',
  schema: z.strictObject({
    ...tokenFields,
    token: z.string().describe('What the holder sends; shown once and kept nowhere'),
  }),
};

const json = 'application/json';

function id(says: string, value: string): Parameter {
  return { in: 'path', name: 'id', says, schema: z.string(), example: value };
}

const organisationId = id('The id of the organisation', example.organisation.id);
const personId = id('The id of the person', example.person.id);

/** Organisations, people, tokens, audit. */
export const identityOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/me',
    id: 'whoAmI',
    tag: 'Members',
    summary: 'Who holds this token',
    access: 'token',
    answer: {
      status: 200,
      says: 'Organisation, person, role and scopes',
      type: json,
      schema: {
        name: 'Me',
        schema: z.strictObject({
          token: z.string().describe('The id of the token'),
          organisation: z.strictObject({ id: z.string(), name: z.string() }),
          person: z.string().nullable(),
          role: z.enum(roles),
          scopes: z.array(z.enum(scopes)),
          expires: z.string().nullable(),
        }),
      },
      example: example.me,
    },
    refusals: [],
  },
  {
    method: 'get',
    path: '/api/organisations',
    id: 'listOrganisations',
    tag: 'Members',
    summary: 'All organisations',
    description: 'Whom an organisation trusts is shown to its administrators and to the operator alone.',
    access: 'token',
    needs: 'scope `read` or `manage`',
    answer: {
      status: 200,
      says: 'The organisations',
      type: json,
      schema: {
        name: 'OrganisationList',
        schema: z.strictObject({ organisations: z.array(organisation.schema) }),
      },
      example: { organisations: [example.organisation] },
    },
    refusals: ['forbidden'],
  },
  {
    method: 'post',
    path: '/api/organisations',
    id: 'createOrganisation',
    tag: 'Members',
    summary: 'Admit an organisation',
    access: 'token',
    needs: 'scope `manage`, of a node operator',
    body: {
      schema: { name: 'NewOrganisation', schema: newOrganisation },
      types: [json],
      example: { name: 'Telco Nord', kind: 'operator' },
    },
    answer: {
      status: 201,
      says: 'The organisation',
      type: json,
      schema: organisation,
      example: example.organisation,
    },
    refusals: ['forbidden', 'conflict', 'unprocessable', 'storage-full'],
  },
  {
    method: 'patch',
    path: '/api/organisations/{id}',
    id: 'changeOrganisation',
    tag: 'Members',
    summary: 'Rename an organisation, say whom it trusts, suspend or resume it',
    description:
      'What is left out stays; lists replace what was there. Suspending ends all its access within a second, on open streams as well (rule R3).',
    access: 'token',
    needs:
      'scope `manage`, of an administrator of it or a node operator; only its own administrators say whom it trusts, only operators suspend',
    parameters: [organisationId],
    body: {
      schema: { name: 'OrganisationChange', schema: organisationChange },
      types: [json],
      example: { name: 'Telco North' },
    },
    answer: {
      status: 200,
      says: 'The organisation as it is now',
      type: json,
      schema: organisation,
      example: example.organisation,
    },
    refusals: ['not-found', 'forbidden', 'conflict', 'unprocessable', 'storage-full'],
  },
  {
    method: 'get',
    path: '/api/organisations/{id}/people',
    id: 'listPeople',
    tag: 'Members',
    summary: 'The people of an organisation',
    access: 'token',
    needs: 'scope `read` or `manage` in that organisation, or a node operator’s `manage`',
    parameters: [organisationId],
    answer: {
      status: 200,
      says: 'The people, removed ones included',
      type: json,
      schema: { name: 'PersonList', schema: z.strictObject({ people: z.array(person.schema) }) },
      example: { people: [example.person] },
    },
    refusals: ['not-found', 'forbidden'],
  },
  {
    method: 'post',
    path: '/api/organisations/{id}/people',
    id: 'createPerson',
    tag: 'Members',
    summary: 'Add a person, and get the secret with which they make their first token',
    access: 'token',
    needs:
      'scope `manage`, of an administrator of it; a node operator adds the first administrator of an organisation',
    parameters: [organisationId],
    body: {
      schema: { name: 'NewPerson', schema: newPerson },
      types: [json],
      example: { name: 'Ada Berg', role: 'organisation-administrator' },
    },
    answer: {
      status: 201,
      says: 'The person, and their enrolment',
      type: json,
      schema: enrolledPerson,
      example: example.enrolledPerson,
    },
    refusals: ['not-found', 'forbidden', 'conflict', 'unprocessable', 'storage-full'],
  },
  {
    method: 'post',
    path: '/api/people/{id}/enrolment',
    id: 'renewEnrolment',
    tag: 'Members',
    summary: 'Another enrolment for somebody who has not come in yet',
    description: 'The one before it ends.',
    access: 'token',
    needs: 'as for adding the person',
    parameters: [personId],
    answer: {
      status: 201,
      says: 'The person, and their enrolment',
      type: json,
      schema: enrolledPerson,
      example: example.enrolledPerson,
    },
    refusals: ['not-found', 'forbidden', 'conflict', 'unprocessable', 'storage-full'],
  },
  {
    method: 'post',
    path: '/api/enrolments',
    id: 'redeemEnrolment',
    tag: 'Members',
    summary: 'Make one’s first token with an enrolment',
    access: 'anybody',
    body: {
      schema: { name: 'Redemption', schema: redemption },
      types: [json],
      example: { enrolment: 'be_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
    },
    answer: {
      status: 201,
      says: 'The token, whose text is in this answer only',
      type: json,
      schema: newTokenAnswer,
      example: example.newToken,
    },
    refusals: [
      'unauthenticated',
      'forbidden',
      'conflict',
      'unprocessable',
      'too-many-requests',
      'storage-full',
    ],
  },
  {
    method: 'delete',
    path: '/api/people/{id}',
    id: 'removePerson',
    tag: 'Members',
    summary: 'Remove a person; their tokens end at once',
    access: 'token',
    needs: 'scope `manage`, of an administrator of their organisation',
    parameters: [personId],
    answer: {
      status: 200,
      says: 'The person',
      type: json,
      schema: person,
      example: { ...example.person, removed: true },
    },
    refusals: ['not-found', 'forbidden', 'conflict', 'unprocessable', 'storage-full'],
  },
  {
    method: 'get',
    path: '/api/organisations/{id}/tokens',
    id: 'listTokens',
    tag: 'Tokens',
    summary: 'The tokens of an organisation that you may see',
    access: 'token',
    parameters: [organisationId],
    answer: {
      status: 200,
      says: 'The tokens, without their secrets; revoked ones included',
      type: json,
      schema: { name: 'TokenList', schema: z.strictObject({ tokens: z.array(token.schema) }) },
      example: { tokens: [example.token] },
    },
    refusals: ['not-found'],
  },
  {
    method: 'post',
    path: '/api/organisations/{id}/tokens',
    id: 'createToken',
    tag: 'Tokens',
    summary: 'Make a token',
    description:
      'For oneself, with `person`; or for a machine of one’s organisation, which reads and publishes. Only a person can give a token of theirs the scope `red`.',
    access: 'token',
    needs: 'scope `manage`, of that person, or of an administrator for machines',
    parameters: [organisationId],
    body: {
      schema: { name: 'NewToken', schema: newToken },
      types: [json],
      example: { label: 'SIEM', scopes: ['read'] },
    },
    answer: {
      status: 201,
      says: 'The token, whose text is in this answer only',
      type: json,
      schema: newTokenAnswer,
      example: example.newToken,
    },
    refusals: ['not-found', 'forbidden', 'conflict', 'unprocessable', 'too-many-tokens', 'storage-full'],
  },
  {
    method: 'delete',
    path: '/api/tokens/{id}',
    id: 'revokeToken',
    tag: 'Tokens',
    summary: 'End a token within a second, on open streams as well',
    access: 'token',
    needs: 'scope `manage`, of its holder, or of an administrator or node operator',
    parameters: [id('The id of the token', example.token.id)],
    answer: {
      status: 200,
      says: 'The token',
      type: json,
      schema: token,
      example: { ...example.token, revoked: '2026-01-02T00:00:00.000000Z' },
    },
    refusals: ['not-found', 'forbidden', 'conflict', 'unprocessable', 'storage-full'],
  },
  {
    method: 'get',
    path: '/api/audit',
    id: 'listAudit',
    tag: 'Audit',
    summary: 'Who did what, newest first',
    description: 'A page of 100 entries; `before` of the answer is the cursor of the next, null at the end.',
    access: 'token',
    needs: 'scope `manage`, of an administrator for their organisation, of a node operator for the node',
    parameters: [
      { in: 'query', name: 'before', says: 'The cursor of an earlier answer', schema: z.string() },
    ],
    answer: {
      status: 200,
      says: 'The entries',
      type: json,
      schema: {
        name: 'AuditPage',
        schema: z.strictObject({
          entries: z.array(
            z.strictObject({
              id: z.string(),
              at: z.string(),
              organisation_id: z.string().nullable(),
              person_id: z.string().nullable(),
              token_id: z.string().nullable(),
              concerns: z.string().nullable().describe('The organisation that it was done to, if another'),
              action: z.string(),
              target: z.string(),
              detail: z.looseObject({}),
            }),
          ),
          before: z.string().nullable(),
        }),
      },
      example: { entries: [example.auditEntry], before: null },
    },
    refusals: ['forbidden', 'bad-cursor'],
  },
];
