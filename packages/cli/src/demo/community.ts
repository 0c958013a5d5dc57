/** A fictional member of the demo's community. */
export interface DemoMember {
  readonly key: 'nordvik' | 'telmara' | 'corvanet' | 'islamar' | 'halden' | 'cert';
  readonly id: string;
  readonly name: string;
  readonly kind: 'operator' | 'vendor' | 'cert';
}

/** Six organisations that do not exist: four operators, a vendor and a national CERT. */
export const demoMembers: readonly DemoMember[] = [
  {
    key: 'nordvik',
    id: 'identity--5a1e0f52-2c6b-4b0e-9a55-3f1d6a0c0001',
    name: 'Nordvik Mobil',
    kind: 'operator',
  },
  { key: 'telmara', id: 'identity--5a1e0f52-2c6b-4b0e-9a55-3f1d6a0c0002', name: 'Telmara', kind: 'operator' },
  {
    key: 'corvanet',
    id: 'identity--5a1e0f52-2c6b-4b0e-9a55-3f1d6a0c0003',
    name: 'Corvanet',
    kind: 'operator',
  },
  {
    key: 'islamar',
    id: 'identity--5a1e0f52-2c6b-4b0e-9a55-3f1d6a0c0004',
    name: 'Islamar Telecom',
    kind: 'operator',
  },
  {
    key: 'halden',
    id: 'identity--5a1e0f52-2c6b-4b0e-9a55-3f1d6a0c0005',
    name: 'Halden Networks',
    kind: 'vendor',
  },
  { key: 'cert', id: 'identity--5a1e0f52-2c6b-4b0e-9a55-3f1d6a0c0006', name: 'CERT Brevia', kind: 'cert' },
];

/** The member of a key. */
export function demoMember(key: DemoMember['key']): DemoMember {
  const member = demoMembers.find((candidate) => candidate.key === key);
  if (member === undefined) throw new RangeError(`No such member of the demo: ${key}`);
  return member;
}

/** A collection of the demo, in the form that `POST /api/collections` takes. */
export interface DemoCollection {
  readonly id: string;
  /** Who decides on it; without one, the hub's operator. */
  readonly owner?: string;
  readonly alias: 'community' | 'operators' | 'advisories' | 'task-force';
  readonly title: string;
  readonly description: string;
  readonly audience: 'community' | 'organisations';
  readonly defaultMarking: 'green' | 'amber' | 'amber+strict';
  readonly audienceWrites: boolean;
  readonly members: readonly {
    readonly kind: 'organisation';
    readonly id: string;
    readonly read: true;
    readonly write: boolean;
  }[];
}

function named(keys: readonly DemoMember['key'][], write: boolean): DemoCollection['members'] {
  return keys.map((key) => ({ kind: 'organisation', id: demoMember(key).id, read: true, write }));
}

/** One for all, one for the operators, one that most may only read, one for three named members. */
export const demoCollections: readonly DemoCollection[] = [
  {
    id: '6d1f8a5e-52d1-4a55-8a53-000000000001',
    alias: 'community',
    title: 'Community',
    description: 'What every member may know.',
    audience: 'community',
    defaultMarking: 'green',
    audienceWrites: true,
    members: [],
  },
  {
    id: '6d1f8a5e-52d1-4a55-8a53-000000000002',
    owner: demoMember('nordvik').id,
    alias: 'operators',
    title: 'Operators',
    description: 'Among the four operators.',
    audience: 'organisations',
    defaultMarking: 'amber',
    audienceWrites: false,
    members: named(['nordvik', 'telmara', 'corvanet', 'islamar'], true),
  },
  {
    id: '6d1f8a5e-52d1-4a55-8a53-000000000003',
    alias: 'advisories',
    title: 'Advisories',
    description: 'Everybody reads; the vendor and the CERT write.',
    audience: 'community',
    defaultMarking: 'green',
    audienceWrites: false,
    members: named(['halden', 'cert'], true),
  },
  {
    id: '6d1f8a5e-52d1-4a55-8a53-000000000004',
    owner: demoMember('cert').id,
    alias: 'task-force',
    title: 'Signalling task force',
    description: 'Three named members who work on one case.',
    audience: 'organisations',
    defaultMarking: 'amber+strict',
    audienceWrites: false,
    members: named(['nordvik', 'telmara', 'cert'], true),
  },
];

/** The collection of an alias. */
export function demoCollection(alias: DemoCollection['alias']): DemoCollection {
  const collection = demoCollections.find((candidate) => candidate.alias === alias);
  if (collection === undefined) throw new RangeError(`No such collection of the demo: ${alias}`);
  return collection;
}
