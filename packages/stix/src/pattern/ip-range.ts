/** An IP address or CIDR range. A single address is a range with all bits fixed. */
export type IpRange = {
  readonly version: 4 | 6;
  /** The address as a number, host bits included. */
  readonly bits: bigint;
  readonly prefix: number;
};

/** Reads an address or CIDR range of either version; undefined for anything else (STIX 2.1 §6.8, §6.9). */
export function readIpRange(text: string): IpRange | undefined {
  if (text.length > 64) return undefined;
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  const version = address.includes(':') ? 6 : 4;
  const bits = version === 6 ? readIpv6(address) : readIpv4(address);
  const width = version === 6 ? 128 : 32;
  const prefix = slash < 0 ? width : readDecimal(text.slice(slash + 1), width);
  return bits === undefined || prefix === undefined ? undefined : { version, bits, prefix };
}

/** Whether every address of `inner` is in `outer`; host bits beyond a prefix do not count (STIX 2.1 §9.6.1). */
export function containsIpRange(outer: IpRange, inner: IpRange): boolean {
  if (outer.version !== inner.version || inner.prefix < outer.prefix) return false;
  const shift = BigInt((outer.version === 6 ? 128 : 32) - outer.prefix);
  return outer.bits >> shift === inner.bits >> shift;
}

function readDecimal(text: string, max: number): number | undefined {
  if (!/^(?:0|[1-9][0-9]{0,2})$/.test(text)) return undefined;
  const value = Number(text);
  return value <= max ? value : undefined;
}

function readIpv4(text: string): bigint | undefined {
  const octets = text.split('.').map((part) => readDecimal(part, 255));
  if (octets.length !== 4) return undefined;
  let bits = 0n;
  for (const octet of octets) {
    if (octet === undefined) return undefined;
    bits = (bits << 8n) | BigInt(octet);
  }
  return bits;
}

function readIpv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = readGroups(halves[0] ?? '', halves.length === 1);
  const tail = readGroups(halves[1] ?? '', true);
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => 0n), ...tail];
  return groups.reduce((bits, group) => (bits << 16n) | group, 0n);
}

/** Groups of 16 bits; the last may be an IPv4 address where the text ends. */
function readGroups(text: string, isEnd: boolean): readonly bigint[] | undefined {
  if (text === '') return [];
  const groups: bigint[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (/^[0-9A-Fa-f]{1,4}$/.test(part)) {
      groups.push(BigInt(`0x${part}`));
    } else {
      const embedded = isEnd && index === parts.length - 1 && part.includes('.') ? readIpv4(part) : undefined;
      if (embedded === undefined) return undefined;
      groups.push(embedded >> 16n, embedded & 0xffffn);
    }
  }
  return groups;
}
