import ipaddr from 'ipaddr.js';

/** Addresses from one to another, both inside, and until when they are listed, in seconds since 1970; Infinity for ever. */
export interface AddressSegment {
  readonly from: string;
  readonly to: string;
  readonly until: number;
}

interface Block {
  readonly first: bigint;
  readonly last: bigint;
  readonly until: number;
}

/**
 * Addresses and ranges (CIDR, of one family) as segments that do not overlap, each listed as long as the longest of the ranges that it lies
 * in: a table of addresses can give one end to each element only.
 */
export function addressSegments(
  ranges: readonly { readonly value: string; readonly until: number }[],
  family: 'ipv4' | 'ipv6',
): readonly AddressSegment[] {
  // Of two such ranges one lies in the other, or they have nothing in common; the outer one comes first.
  const blocks = ranges
    .map(({ value, until }) => blockOf(value, family, until))
    .toSorted((one, other) => compare(one.first, other.first) || compare(other.last, one.last));
  const segments: Block[] = [];
  const open: Block[] = [];
  let at = 0n;
  const close = (before: bigint | undefined) => {
    for (
      let top = open.at(-1);
      top !== undefined && (before === undefined || top.last < before);
      top = open.at(-1)
    ) {
      add(segments, { first: at, last: top.last, until: top.until });
      at = top.last + 1n;
      open.pop();
    }
  };
  for (const block of blocks) {
    close(block.first);
    const outer = open.at(-1);
    if (outer !== undefined) add(segments, { first: at, last: block.first - 1n, until: outer.until });
    at = block.first;
    open.push({ ...block, until: Math.max(block.until, outer?.until ?? block.until) });
  }
  close(undefined);
  return segments.map(({ first, last, until }) => ({
    from: textOf(first, family),
    to: textOf(last, family),
    until,
  }));
}

/** Adds what is not empty, to the last segment where that goes on with the same end. */
function add(segments: Block[], next: Block): void {
  if (next.first > next.last) return;
  const last = segments.at(-1);
  if (last !== undefined && last.last + 1n === next.first && last.until === next.until)
    segments[segments.length - 1] = { ...last, last: next.last };
  else segments.push(next);
}

function compare(one: bigint, other: bigint): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function blockOf(value: string, family: 'ipv4' | 'ipv6', until: number): Block {
  const [address = '', length] = value.split('/');
  const all = family === 'ipv4' ? 32 : 128;
  const first = ipaddr
    .parse(address)
    .toByteArray()
    .reduce((number, byte) => number * 256n + BigInt(byte), 0n);
  return { first, last: first + (1n << BigInt(all - Number(length ?? all))) - 1n, until };
}

function textOf(address: bigint, family: 'ipv4' | 'ipv6'): string {
  const size = family === 'ipv4' ? 4 : 16;
  const bytes = Array.from({ length: size }, (_, at) =>
    Number((address >> BigInt(8 * (size - 1 - at))) & 255n),
  );
  const parsed = ipaddr.fromByteArray(bytes);
  return parsed instanceof ipaddr.IPv6 ? parsed.toRFC5952String() : parsed.toString();
}
