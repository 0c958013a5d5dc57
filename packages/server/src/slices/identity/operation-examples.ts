/* What the OpenAPI document shows as examples; a test holds them to the schemas. */

export const organisation = {
  id: 'identity--0b6f3a52-8f0e-4b7e-9d0e-2f6a1c9b7d11',
  name: 'Telco Nord',
  kind: 'operator',
  created: '2026-01-01T00:00:00.000000Z',
  suspended: false,
  administered: true,
  enrolled: '2026-01-01T08:00:00.000000Z',
  clients: [],
  delegates: [],
};

export const person = {
  id: '5d0c2f8e-7a41-4c39-8d5e-1b2f3a4c5d6e',
  organisation: organisation.id,
  name: 'Ada Berg',
  email: null,
  role: 'organisation-administrator',
  removed: false,
};

export const enrolledPerson = {
  ...person,
  enrolment: {
    text: 'be_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    expires: '2026-01-08T00:00:00.000000Z',
  },
};

export const token = {
  id: '0123456789abcdef',
  organisation: organisation.id,
  person: null,
  label: 'SIEM',
  scopes: ['read'],
  madeBy: person.id,
  created: '2026-01-01T00:00:00.000000Z',
  expires: '2027-01-01T00:00:00.000000Z',
  lastUsed: null,
  revoked: null,
};

export const newToken = {
  ...token,
  token: 'bt_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
};

export const me = {
  token: token.id,
  organisation: { id: organisation.id, name: organisation.name },
  person: person.id,
  role: 'organisation-administrator',
  scopes: ['read', 'publish', 'manage'],
  expires: '2027-01-01T00:00:00.000000Z',
};

export const auditEntry = {
  id: '7e1d9b0a-3c52-4f86-a1d7-9b8c7d6e5f40',
  at: '2026-01-01T09:00:00.000000Z',
  organisation_id: organisation.id,
  person_id: person.id,
  token_id: token.id,
  concerns: null,
  action: 'token.create',
  target: token.id,
  detail: { scopes: ['read'] },
};
