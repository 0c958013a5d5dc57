import { countedAddress } from '../../platform/http/client-address.ts';
import type { Outcome } from '../../platform/http/refusal.ts';
import { accept, refuse } from '../../platform/http/refusal.ts';

/** Who opens a stream: the holder of a token, or somebody without one at an address. */
export interface StreamReader {
  readonly tokenId: string | undefined;
  readonly address: string;
}

/** How many streams may be open on this node. */
export interface StreamBounds {
  readonly streamsPerToken: number;
  readonly streamsPerAddress: number;
  readonly streamsWithoutToken: number;
}

/** Seconds after which whoever finds no place may try again. */
const tryAgain = 30;

/** The places of open streams: so many for each token; without one so many for each address, and for all of them together. */
export class StreamPlaces {
  readonly #bounds: StreamBounds;
  readonly #taken = new Map<string, number>();
  #withoutToken = 0;

  constructor(bounds: StreamBounds) {
    this.#bounds = bounds;
  }

  /** Takes a place, and gives it back with the returned function. */
  take({ tokenId, address }: StreamReader): Outcome<() => void> {
    if (tokenId !== undefined) {
      const most = this.#bounds.streamsPerToken;
      return this.#takeAs(
        `token ${tokenId}`,
        most,
        `A token may hold ${most} streams open on this node; close one of them.`,
      );
    }
    const { streamsPerAddress, streamsWithoutToken } = this.#bounds;
    if (this.#withoutToken >= streamsWithoutToken) {
      return tooMany(
        `The ${streamsWithoutToken} streams that this node keeps for readers without a token are taken; try again later, or with a token.`,
      );
    }
    const place = this.#takeAs(
      `address ${countedAddress(address)}`,
      streamsPerAddress,
      `Without a token, one address may hold ${streamsPerAddress} streams open on this node; close one of them, or use a token.`,
    );
    if (!place.ok) return place;
    this.#withoutToken += 1;
    return accept(() => {
      this.#withoutToken -= 1;
      place.value();
    });
  }

  #takeAs(key: string, most: number, message: string): Outcome<() => void> {
    const taken = this.#taken.get(key) ?? 0;
    if (taken >= most) return tooMany(message);
    this.#taken.set(key, taken + 1);
    return accept(() => {
      const left = (this.#taken.get(key) ?? 1) - 1;
      if (left === 0) this.#taken.delete(key);
      else this.#taken.set(key, left);
    });
  }
}

function tooMany(message: string) {
  return refuse('too-many-streams', message, { headers: { 'Retry-After': String(tryAgain) } });
}
