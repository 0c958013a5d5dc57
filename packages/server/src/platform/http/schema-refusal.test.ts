import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { bodyPlace, queryPlace, schemaRefusal } from './schema-refusal.ts';

const schema = z.strictObject({
  name: z.string().max(3),
  kind: z.enum(['operator', 'vendor']),
  scopes: z
    .array(z.enum(['read', 'publish']))
    .min(1)
    .default(['read']),
  days: z.number().int().min(0).max(10).optional(),
  person: z.uuid().optional(),
  email: z.email().optional(),
  note: z.string().regex(/^a*$/, 'this may have the letter a only').nullable().default(null),
  members: z
    .array(z.strictObject({ id: z.string(), read: z.boolean().default(true) }))
    .max(2)
    .default([]),
});
const good = { name: 'abc', kind: 'vendor' };

function told(input: unknown): string {
  const parsed = schema.safeParse(input);
  assert.ok(!parsed.success);
  const { at, message } = schemaRefusal({ schema, error: parsed.error, input, place: bodyPlace });
  return `${at}: ${message}`;
}

const table: readonly [input: unknown, says: string][] = [
  [{ ...good, kind: 'nonsense' }, '$.kind: This has to be one of operator, vendor, not “nonsense”.'],
  [{ name: 'a' }, '$.kind: This is missing; it has to be one of operator, vendor.'],
  [
    { ...good, scopes: ['read', 'everything'] },
    '$.scopes[1]: This has to be one of read, publish, not “everything”.',
  ],
  [{ ...good, scopes: [] }, '$.scopes: This has to have 1 value at least.'],
  [{ ...good, scopes: 'read' }, '$.scopes: This has to be a list, not “read”.'],
  [{ kind: 'vendor' }, '$.name: This is missing; it has to be a text.'],
  [{ ...good, name: 5 }, '$.name: This has to be a text, not 5.'],
  [{ ...good, name: 'abcd' }, '$.name: This may have 3 characters at the most.'],
  [{ ...good, days: 1.5 }, '$.days: This has to be a whole number, not 1.5.'],
  [{ ...good, days: 11 }, '$.days: This may be 10 at the most.'],
  [{ ...good, days: -1 }, '$.days: This has to be 0 at least.'],
  [{ ...good, days: Number.POSITIVE_INFINITY }, '$.days: This has to be a number, not Infinity.'],
  [
    { ...good, person: 'me' },
    '$.person: This has to be a UUID such as 5f0d1a52-3b1f-4c52-9a43-5bb1ad0f5e0a.',
  ],
  [{ ...good, email: 'me' }, '$.email: This has to be an e-mail address.'],
  [{ ...good, note: 'b' }, '$.note: This may have the letter a only.'],
  [
    { ...good, members: [{ id: 'a', reads: true }] },
    '$.members[0].reads: There is no “reads” here; there are id, read.',
  ],
  [{ ...good, members: null }, '$.members: This has to be a list, not null.'],
  [
    { ...good, nmae: 1, '\u001b[2J': 2 },
    '$.nmae: There is no “nmae”, “\ufffd[2J” here; there are name, kind, scopes, days, person, email, note, members.',
  ],
  [
    JSON.parse('{"name":"a","kind":"vendor","__proto__":{"x":1}}'),
    '$.__proto__: There is no “__proto__” here; there are name, kind, scopes, days, person, email, note, members.',
  ],
  [[], '$: This has to be an object, not a list.'],
];
for (const [input, says] of table) {
  test(`a schema's refusal says ${says}`, () => assert.equal(told(input), says));
}

test('all problems are told, up to ten, and none of them repeats more than a piece of the input', () => {
  const members = Array.from({ length: 2 }, () => ({ id: 5, read: 'x'.repeat(10_000) }));
  const input = { name: 'y'.repeat(100_000), kind: 'z'.repeat(100_000), members, ['k'.repeat(100_000)]: 1 };
  const parsed = schema.safeParse(input);
  assert.ok(!parsed.success);
  const refusal = schemaRefusal({ schema, error: parsed.error, input, place: bodyPlace });
  assert.equal(JSON.stringify(refusal.details).match(/"at"/g)?.length, 7);
  assert.ok(JSON.stringify(refusal).length < 3_000);
});

test('a parameter is named as it stands in the address', () => {
  const query = z.strictObject({ anonymous: z.enum(['true', 'false']).optional() });
  const input = { anonymous: 'yes' };
  const parsed = query.safeParse(input);
  assert.ok(!parsed.success);
  const { at, message } = schemaRefusal({ schema: query, error: parsed.error, input, place: queryPlace });
  assert.equal(`${at} ${message}`, '?anonymous This has to be one of true, false, not “yes”.');
});
