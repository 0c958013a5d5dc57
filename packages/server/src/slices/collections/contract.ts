import { tlpLevels } from '@belltower/stix';
import { z } from 'zod';
import {
  lineField,
  organisationIdField as organisationId,
  textField,
} from '../../platform/http/field-text.ts';
import { audienceKinds, personalDataRules } from './collection.ts';

const member = z.strictObject({
  kind: z.enum(['organisation', 'person']),
  /** The id of the organisation or of the person. */
  id: z.string().regex(/^[!-~]{1,60}$/, 'this is the id of no organisation and no person'),
  read: z.boolean().default(true),
  write: z.boolean().default(false),
});

const alias = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'an alias has small letters, digits and hyphens, 63 at the most')
  // A UUID would be taken for a collection's id (TAXII 2.1 §5.2).
  .refine((text) => !z.uuid().safeParse(text).success, 'an alias may not look like an id');

const settings = {
  alias: alias.nullable(),
  title: lineField(200),
  description: textField(2_000).nullable(),
  audience: z.enum(audienceKinds),
  defaultMarking: z.enum(tlpLevels),
  /** Whoever may read may publish; otherwise only the owner and those named with `write`. */
  audienceWrites: z.boolean(),
  allowsOnBehalf: z.boolean(),
  allowsAnonymous: z.boolean(),
  /** What becomes of objects that name subscribers in plain (rule G9). */
  personalData: z.enum(personalDataRules),
  members: z.array(member).max(5_000),
};

/** `POST /api/collections` */
export const newCollection = z.strictObject({
  id: z.uuid().optional(),
  owner: organisationId.optional(),
  title: settings.title,
  alias: settings.alias.default(null),
  description: settings.description.default(null),
  audience: settings.audience,
  /** Without it: CLEAR for a public collection, GREEN for the community, AMBER for organisations, RED for people. */
  defaultMarking: settings.defaultMarking.optional(),
  audienceWrites: settings.audienceWrites.default(true),
  allowsOnBehalf: settings.allowsOnBehalf.default(false),
  allowsAnonymous: settings.allowsAnonymous.default(false),
  /** Without it: `refuse` for the public and the community, `warn` for named organisations and people. */
  personalData: settings.personalData.optional(),
  members: settings.members.default([]),
});

/** `PATCH /api/collections/{id}`; what is left out stays. */
export const collectionChange = z.strictObject({
  title: settings.title.optional(),
  alias: settings.alias.optional(),
  description: settings.description.optional(),
  audience: settings.audience.optional(),
  defaultMarking: settings.defaultMarking.optional(),
  audienceWrites: settings.audienceWrites.optional(),
  allowsOnBehalf: settings.allowsOnBehalf.optional(),
  allowsAnonymous: settings.allowsAnonymous.optional(),
  /** Holds for what is published from then on; what is there already stays. */
  personalData: settings.personalData.optional(),
  members: settings.members.optional(),
  /** True: changes nothing and shows what would become readable, and by whom (rule G5). */
  preview: z.boolean().default(false),
});

export type NewCollection = z.output<typeof newCollection>;
export type CollectionChange = z.output<typeof collectionChange>;

export interface CollectionView {
  readonly id: string;
  readonly alias: string | null;
  readonly title: string;
  readonly description: string | null;
  readonly owner: string;
  readonly audience: (typeof audienceKinds)[number];
  readonly defaultMarking: (typeof tlpLevels)[number];
  readonly audienceWrites: boolean;
  readonly allowsOnBehalf: boolean;
  readonly allowsAnonymous: boolean;
  readonly personalData: (typeof personalDataRules)[number];
  readonly canRead: boolean;
  readonly canWrite: boolean;
  /** Shown to whoever is in the audience or manages it: members may know whom they write to. */
  readonly members: readonly z.output<typeof member>[];
}
