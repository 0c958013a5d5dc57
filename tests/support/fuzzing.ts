import type { TestContext } from 'node:test';
import { mutate, type RandomNumber, randomNumbers } from './mutate.ts';

/** How long each fuzzer runs, where it is run to find something new. */
const long = process.env['BELLTOWER_FUZZ_SECONDS'];
const seconds = Number(long ?? 2);
/**
 * Where it begins; printed with every failure, and given back here to see that failure again. The ordinary suite begins at the same place
 * each time, so that it tells of the change that it is run for; a long run begins anywhere.
 */
const seed = Number(
  process.env['BELLTOWER_FUZZ_SEED'] ?? (long === undefined ? 1 : Math.floor(Math.random() * 2 ** 31)),
);

/** For properties of fast-check: the same bounds and seed. */
export const propertyBounds = {
  seed,
  numRuns: 10_000_000,
  interruptAfterTimeLimit: seconds * 1_000,
  markInterruptAsFailure: false,
};

/** What is tried, and what has to hold of it. `check` throws when it does not. */
export interface Fuzzer {
  /** Texts that are good, to be spoilt. */
  readonly corpus: readonly string[];
  /** Pieces that are worth putting in anywhere. */
  readonly pieces: readonly string[];
  readonly check: (text: string, random: RandomNumber) => void | Promise<void>;
  /** How they are spoilt, where it is not letter by letter only: every other text is spoilt so. */
  readonly spoil?: (corpus: readonly string[], random: RandomNumber) => string;
}

/** Spoils texts of the corpus, and checks each, until the time is over. A failure is told with its seed and the least text that fails. */
export async function fuzz(t: TestContext, { corpus, pieces, check, spoil }: Fuzzer): Promise<void> {
  const end = performance.now() + seconds * 1_000;
  let tried = 0;
  for (; performance.now() < end || tried < 50; tried += 1) {
    const random = randomNumbers(seed + tried);
    const text =
      spoil === undefined || random(2) === 0 ? mutate(corpus, pieces, random) : spoil(corpus, random);
    const failure = await failureOf(() => check(text, randomNumbers(seed + tried)));
    if (failure === undefined) continue;
    const fails = async (shorter: string) =>
      (await failureOf(() => check(shorter, randomNumbers(seed + tried)))) !== undefined;
    const least = await shrink(text, fails);
    throw new Error(
      `BELLTOWER_FUZZ_SEED=${seed + tried}: ${String(failure.error)}\nthe least that fails: ${JSON.stringify(least)}`,
      { cause: failure.error },
    );
  }
  t.diagnostic(`${tried} tried, from seed ${seed}`);
}

async function failureOf(run: () => void | Promise<void>): Promise<{ readonly error: unknown } | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return { error };
  }
}

/** Leaves out pieces, from large to small, as long as what is left fails; some seconds at the most. */
async function shrink(text: string, fails: (text: string) => Promise<boolean>): Promise<string> {
  const patience = performance.now() + 10_000;
  let least = text;
  for (let size = Math.ceil(text.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < least.length && performance.now() < patience; ) {
      const shorter = least.slice(0, at) + least.slice(at + size);
      if (shorter !== least && (await fails(shorter))) least = shorter;
      else at += size;
    }
  }
  return least;
}
