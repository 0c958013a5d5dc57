import ipaddr from 'ipaddr.js';

/** Networks of IP addresses; finding the one that an address or network is in takes a look-up for each length of prefix. */
export class NetworkSet {
  readonly #byLength = new Map<string, Map<string, string>>();

  /** Takes `198.51.100.0/24`, `2001:db8::/32` or a single address; false for anything else. */
  add(text: string): boolean {
    const network = networkOf(text);
    if (network === undefined) return false;
    const { bits, length } = network;
    const key = `${bits.length} ${length}`;
    const known = this.#byLength.get(key) ?? new Map<string, string>();
    known.set(bits.slice(0, length), text);
    this.#byLength.set(key, known);
    return true;
  }

  /** The network that an address, or a whole network, is in. */
  find(text: string): string | undefined {
    const network = networkOf(text);
    if (network === undefined) return undefined;
    const { bits } = network;
    for (let length = network.length; length >= 0; length -= 1) {
      const found = this.#byLength.get(`${bits.length} ${length}`)?.get(bits.slice(0, length));
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

interface Network {
  /** All bits of the address as zeros and ones. */
  readonly bits: string;
  readonly length: number;
}

function networkOf(text: string): Network | undefined {
  const [address = '', length] = text.trim().slice(0, 60).split('/');
  const isWhole = address.includes(':') || ipaddr.IPv4.isValidFourPartDecimal(address);
  if (!isWhole || !ipaddr.isValid(address)) return undefined;
  const bits = ipaddr
    .parse(address)
    .toByteArray()
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('');
  if (length === undefined) return { bits, length: bits.length };
  const number = /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  return number <= bits.length ? { bits, length: number } : undefined;
}
