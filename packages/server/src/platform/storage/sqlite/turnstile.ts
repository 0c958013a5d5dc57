/** Lets one through at a time, in the order of arrival. (Kysely's own mutex wakes everybody each time, which is quadratic.) */
export class Turnstile {
  readonly #waiting: (() => void)[] = [];
  #first = 0;
  #taken = false;

  async enter(): Promise<void> {
    if (!this.#taken) {
      this.#taken = true;
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    await promise;
  }

  leave(): void {
    const next = this.#waiting[this.#first];
    if (next === undefined) {
      this.#waiting.length = 0;
      this.#first = 0;
      this.#taken = false;
      return;
    }
    this.#first += 1;
    // Under a queue that never empties, what has been let through must not be kept.
    if (this.#first === 1024) {
      this.#waiting.splice(0, this.#first);
      this.#first = 0;
    }
    next();
  }
}
