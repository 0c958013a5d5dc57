/** The members of an object in canonical order, with what stands before each value. */
export interface MemberOrder {
  /** As the object has them. */
  readonly names: readonly string[];
  readonly sorted: readonly { readonly name: string; readonly prefix: string }[];
}

/** Orders that are remembered for each number of members, and the largest number and the longest names that are. */
const mostOrders = 16;
const mostMembers = 64;
const mostCharacters = 2_000;

/** By number of members. What a feed publishes comes in a handful of forms, again and again. */
const remembered = new Map<number, MemberOrder[]>();

/**
 * How an object with these names is written (RFC 8785 §3.2.3): by UTF-16 code units. `quote` writes a name as JSON. The order of names that came
 * before is remembered, within bounds: comparing names that `JSON.parse` has made is quicker than sorting them.
 */
export function memberOrder(names: readonly string[], quote: (name: string) => string): MemberOrder {
  const known = remembered.get(names.length) ?? [];
  for (const order of known) if (isSame(order.names, names)) return order;
  // The default order of sort() is by UTF-16 code units.
  const sorted = names.toSorted().map((name) => ({ name, prefix: `${quote(name)}:` }));
  const order: MemberOrder = { names, sorted };
  const characters = names.reduce((sum, name) => sum + name.length, 0);
  if (names.length > mostMembers || characters > mostCharacters) return order;
  if (known.length === mostOrders) known.shift();
  known.push(order);
  remembered.set(names.length, known);
  return order;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
  return true;
}
