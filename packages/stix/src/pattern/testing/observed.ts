/** Shorthand for observed-data in tests: times are seconds after 2020-01-01T00:00:00Z. */
export type Observed = {
  readonly id: string;
  readonly first?: number;
  readonly last?: number;
  readonly count?: number;
  readonly objects: readonly Readonly<Record<string, unknown>>[];
};

/** A bundle with the given observed-data and their objects; objects without an id get one. */
export function bundleOf(observed: readonly Observed[]): unknown {
  const objects = observed.flatMap(({ id, first = 0, last = first, count = 1, objects: members }) => {
    const named = members.map((member, index) => ({
      id: `${String(member['type'])}--${id}-${index}`,
      ...member,
    }));
    return [
      {
        type: 'observed-data',
        id,
        first_observed: timestampAt(first),
        last_observed: timestampAt(last),
        number_observed: count,
        object_refs: named.map((member) => member.id),
      },
      ...named,
    ];
  });
  return { type: 'bundle', id: 'bundle--1', objects };
}

/** The timestamp so many seconds after 2020-01-01T00:00:00Z. */
export function timestampAt(seconds: number): string {
  return new Date(Date.UTC(2020, 0, 1) + seconds * 1000).toISOString();
}
