import type { Loss } from './loss.ts';

/** Losses of which a file has many of one kind: each is told once, with how often it occurs and where it was met first. */
export class CountedLosses {
  readonly #counted = new Map<string, { readonly loss: Loss; count: number }>();

  add(loss: Loss): void {
    const key = JSON.stringify([loss.what, loss.why]);
    const known = this.#counted.get(key);
    if (known === undefined) this.#counted.set(key, { loss, count: 1 });
    else known.count += 1;
  }

  all(): readonly Loss[] {
    return [...this.#counted.values()].map(({ loss, count }) =>
      count === 1 ? loss : { ...loss, what: `${loss.what} (${count} times, here first)` },
    );
  }
}
