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
  /** Who makes the token; the operator, unless told. */
  readonly by?: string;
}

/** A new person of that role with a token of theirs, or a machine's token. */
export async function seat(
  node: TestNode,
  { organisation, role = 'automation', scopes, days, by }: SeatOptions,
): Promise<Seat> {
  const at = `/organisations/${organisation}`;
  const person =
    role === 'automation'
      ? undefined
      : await made(node, `${at}/people`, { body: { name: `A ${role}`, role }, token: by }, 'id');
  const token = await made(
    node,
    `${at}/tokens`,
    { body: { label: 'seat', person, scopes, days }, token: by },
    'token',
  );
  return { organisation, person, token, tokenId: token.slice(3, 19) };
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
