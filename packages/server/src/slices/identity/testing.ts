import type { TestNode } from '../../testing.ts';
import type { Role, Scope } from './actor.ts';

/** Somebody with a token, for a test. */
export interface Seat {
  readonly organisation: string;
  readonly person: string | undefined;
  readonly token: string;
  /** The public part of the token. */
  readonly tokenId: string;
}

/** Whom to seat. */
export interface SeatOptions {
  readonly organisation: string;
  /** `automation`, unless told: a machine. */
  readonly role?: Role;
  readonly scopes: readonly Scope[];
  readonly days?: number;
  /** Who adds them; an administrator of the organisation, unless told. */
  readonly by?: string;
}

/** A new person of that role with a token that they made themselves, or a machine's token. */
export async function seat(
  node: TestNode,
  { organisation, role = 'automation', scopes, days, by }: SeatOptions,
): Promise<Seat> {
  const token = by ?? (await node.administrator(organisation));
  const at = `/organisations/${organisation}`;
  if (role === 'automation') {
    const body = { label: 'seat', scopes, days };
    const text = await made(node, `${at}/tokens`, { body, token }, 'token');
    return { organisation, person: undefined, token: text, tokenId: text.slice(3, 19) };
  }
  const body = { name: `A ${role}`, role };
  const answer = await node.api('POST', `${at}/people`, { body, token });
  if (answer.status !== 201) throw new Error(`Adding a person: ${JSON.stringify(answer.body)}`);
  const text = await node.enrol(valueAt(answer.body, 'enrolment'), { label: 'seat', scopes, days });
  const person = String(valueAt(answer.body, 'id'));
  return { organisation, person, token: text, tokenId: text.slice(3, 19) };
}

async function made(
  node: TestNode,
  path: string,
  request: { readonly body: unknown; readonly token: string | undefined },
  key: string,
): Promise<string> {
  const { status, body } = await node.api('POST', path, request);
  const value = valueAt(body, key);
  if (status === 201 && typeof value === 'string') return value;
  throw new Error(`POST ${path} answered ${status}: ${JSON.stringify(body)}`);
}

/** What stands under a key of an answer; undefined where there is no such thing. */
export function valueAt(body: unknown, ...keys: readonly (string | number)[]): unknown {
  return keys.reduce<unknown>((value, key) => Reflect.get(Object(value), key), body);
}
