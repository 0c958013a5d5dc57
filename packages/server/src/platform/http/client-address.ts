import type { IncomingMessage } from 'node:http';
import type { BlockList } from 'node:net';
import { isIP } from 'node:net';

/**
 * The network address that a request comes from. What `X-Forwarded-For` says counts as far as trusted proxies wrote it: from
 * its end to the first address that is none of them. Whatever stands before that is the client's word only.
 */
export function clientAddress({ socket, headers }: IncomingMessage, trusted: BlockList): string {
  let address = plainAddress(socket.remoteAddress ?? '');
  const header = headers['x-forwarded-for'];
  if (header === undefined || !isTrusted(address, trusted)) return address;
  const hops = (typeof header === 'string' ? header : header.join(',')).split(',');
  for (const hop of hops.reverse()) {
    const next = plainAddress(withoutPort(hop.trim()));
    if (isIP(next) === 0) return address;
    address = next;
    if (!isTrusted(address, trusted)) return address;
  }
  return address;
}

/**
 * What stands for an address when requests are counted: the address itself for IPv4, the first 64 bits for IPv6, as that is what
 * one subscriber has.
 */
export function countedAddress(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const before = groups(head);
  const after = groups(tail ?? '');
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const whole = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  return `${whole
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/** Some proxies write the port as well; an IPv6 address then has brackets. */
function withoutPort(hop: string): string {
  const [, v4, v6] =
    /^(?:(\d+\.\d+\.\d+\.\d+):\d{1,5}|\[([0-9a-f:.]{2,45})\](?::\d{1,5})?)$/i.exec(hop) ?? [];
  return v4 ?? v6 ?? hop;
}

/** An IPv4 address that comes in the form of an IPv6 one is that IPv4 address. */
function plainAddress(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}

/** Whether the other end of a connection is a trusted proxy. */
export function comesFromProxy({ socket }: IncomingMessage, trusted: BlockList): boolean {
  return isTrusted(plainAddress(socket.remoteAddress ?? ''), trusted);
}

function isTrusted(address: string, trusted: BlockList): boolean {
  const version = isIP(address);
  return version !== 0 && trusted.check(address, version === 4 ? 'ipv4' : 'ipv6');
}
