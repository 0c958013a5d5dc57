import { pick, type RandomNumber } from './mutate.ts';

/** Values that stand where another is expected: of every type, and objects whose members are what programs take for their own. */
const odd: readonly string[] = [
  'null',
  'true',
  '0',
  '-1',
  '1e400',
  '""',
  '" "',
  '"\\u0000"',
  '"\\ud800"',
  '"99999999999999999999"',
  '"constructor"',
  '[]',
  '[[]]',
  '[null]',
  '{}',
  '{"toString":1}',
  '[{"toString":1,"valueOf":1}]',
  '{"length":1}',
  '{"__proto__":{"polluted":1}}',
  '{"toJSON":1,"then":1}',
];

type Place = readonly [holder: Record<string, unknown> | unknown[], key: string];

/** A JSON text of the corpus in which some values have been exchanged for odd ones, for each other, left out or doubled. */
export function mutateJson(corpus: readonly string[], random: RandomNumber): string {
  const value: unknown = JSON.parse(pick(corpus, random));
  for (let times = 1 + random(4); times > 0; times -= 1) {
    const places = placesOf(value);
    if (places.length === 0) break;
    spoil(pick(places, random), places, random);
  }
  return JSON.stringify(value);
}

function spoil([holder, key]: Place, places: readonly Place[], random: RandomNumber): void {
  const choice = random(8);
  if (choice === 0) Reflect.deleteProperty(holder, key);
  else if (choice === 1) {
    const [other, otherKey] = pick(places, random);
    Reflect.set(holder, key, structuredClone(Reflect.get(other, otherKey)));
  } else if (choice === 2 && Array.isArray(holder)) holder.push(structuredClone(Reflect.get(holder, key)));
  else if (choice === 3)
    Reflect.set(holder, pick(['type', 'id', 'value', 'uuid', 'name', 'toString'], random), 'x');
  else Reflect.set(holder, key, JSON.parse(pick(odd, random)));
}

/** Every place in a value where something stands, from the top to the bottom. */
function placesOf(value: unknown): readonly Place[] {
  const places: Place[] = [];
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const holder = pending.pop();
    if (!isHolder(holder)) continue;
    for (const [key, member] of Object.entries(holder)) {
      places.push([holder, key]);
      pending.push(member);
    }
  }
  return places;
}

function isHolder(value: unknown): value is Record<string, unknown> | unknown[] {
  return typeof value === 'object' && value !== null;
}
