/** Something about an identifier, for a person to read. */
export type Fact = readonly [name: string, value: string];

/** Those of the facts that there are. */
export function facts(...all: readonly (readonly [string, string | undefined])[]): readonly Fact[] {
  return all.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, value] as const],
  );
}
