import { BurstyRateLimiter, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Limits } from '../config/config.ts';
import { countedAddress } from './client-address.ts';
import type { Outcome } from './refusal.ts';
import { accept, refuse } from './refusal.ts';

/** How often somebody may ask. Counted in memory: in a cluster by each node for itself. Refusals are `too-many-requests`. */
export interface RequestRates {
  /** One more request with a valid token. */
  withToken(tokenId: string): Promise<Outcome<undefined>>;
  /** One more request without a token. */
  withoutToken(address: string): Promise<Outcome<undefined>>;
  /** Whether tokens that the node has never seen are still looked up for this address. */
  mayTryTokens(address: string): Promise<Outcome<undefined>>;
  /** One more token that is not valid; refuses beyond the bound. */
  badToken(address: string): Promise<Outcome<undefined>>;
}

const window = 60;

/** Addresses are counted in so many places: however many addresses ask, they take no more memory than that. */
const addressSlots = 16_384;

type RateSettings = Pick<Limits, 'requestsPerToken' | 'requestsPerAddress' | 'badTokensPerAddress'>;

/** `seed` makes it unforeseeable which addresses share a place. */
export function createRequestRates(limits: RateSettings, seed: number): RequestRates {
  const { requestsPerToken, requestsPerAddress, badTokensPerAddress } = limits;
  const tokens = createLimiter(requestsPerToken);
  const addresses = createLimiter(requestsPerAddress);
  const badTokens = new RateLimiterMemory({ points: badTokensPerAddress, duration: window, keyPrefix: '' });
  const slot = (address: string) => slotOf(countedAddress(address), seed);

  const refuseAddress = (left: number) =>
    tooMany({
      policy: 'address',
      most: requestsPerAddress,
      left,
      message: `Without a token, one address may send ${requestsPerAddress} requests a minute.`,
    });
  const refuseToken = (left: number) =>
    tooMany({
      policy: 'token',
      most: requestsPerToken,
      left,
      message: `A token may send ${requestsPerToken} requests a minute to this node.`,
    });
  const refuseTries = (left: number) =>
    tooMany({
      policy: 'bad-tokens',
      most: badTokensPerAddress,
      left,
      message: `One address may send ${badTokensPerAddress} tokens a minute that are not valid.`,
    });

  return {
    withToken: (tokenId) => consume(tokens, tokenId, refuseToken),
    withoutToken: (address) => consume(addresses, slot(address), refuseAddress),
    async mayTryTokens(address) {
      const count = await badTokens.get(slot(address));
      if (count === null || count.consumedPoints < badTokensPerAddress) return accept(undefined);
      return refuseTries(count.msBeforeNext);
    },
    async badToken(address) {
      const count = await badTokens.penalty(slot(address));
      return count.consumedPoints <= badTokensPerAddress
        ? accept(undefined)
        : refuseTries(count.msBeforeNext);
    },
  };
}

/**
 * One half of the requests of a minute comes evenly, the other whenever it is wanted: whoever has used up what there is for bursts is
 * slowed down and not shut out for the rest of the minute.
 */
function createLimiter(perMinute: number): BurstyRateLimiter {
  const half = Math.floor(perMinute / 2);
  const steady = Math.max(1, Math.floor(half / window));
  return new BurstyRateLimiter(
    new RateLimiterMemory({ points: steady, duration: (steady * window) / half, keyPrefix: '' }),
    new RateLimiterMemory({ points: perMinute - half, duration: window, keyPrefix: '' }),
  );
}

async function consume(
  limiter: BurstyRateLimiter,
  key: string,
  refusal: (left: number) => Outcome<undefined>,
): Promise<Outcome<undefined>> {
  try {
    await limiter.consume(key);
    return accept(undefined);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    return refusal(error.msBeforeNext);
  }
}

interface Excess {
  readonly policy: string;
  readonly most: number;
  /** Milliseconds until there is room again. */
  readonly left: number;
  readonly message: string;
}

/** With the fields of draft-ietf-httpapi-ratelimit-headers. */
function tooMany({ policy, most, left, message }: Excess) {
  const seconds = Math.max(1, Math.ceil(left / 1_000));
  return refuse('too-many-requests', `${message} Try again in ${seconds} s.`, {
    headers: {
      'Retry-After': String(seconds),
      'RateLimit-Policy': `"${policy}";q=${most};w=${window}`,
      RateLimit: `"${policy}";r=0;t=${seconds}`,
    },
  });
}

/** FNV-1a, which is quick and spreads well enough. */
function slotOf(text: string, seed: number): string {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return String((hash ^ (hash >>> 16)) % addressSlots);
}
