import { type Bus, type BusErrorListener, checkMessage } from './bus.ts';

/** A bus within this process. */
export function createLocalBus(onError: BusErrorListener = () => undefined): Bus {
  return new LocalBus(onError);
}

/** Delivers to listeners in this process, later in the same turn of the event loop. */
export class LocalBus implements Bus {
  readonly #onError: BusErrorListener;
  readonly #listeners = new Map<string, Set<(payload: string) => void>>();
  readonly #pending = new Map<string, string>();

  constructor(onError: BusErrorListener) {
    this.#onError = onError;
  }

  publish(topic: string, payload: string): void {
    checkMessage(topic, payload);
    if (!this.#listeners.has(topic)) return;
    if (this.#pending.size === 0) setImmediate(() => this.#deliver());
    this.#pending.set(topic, payload);
  }

  subscribe(topic: string, listener: (payload: string) => void): () => void {
    // An object of its own for each subscription: the same function may listen twice, and leave once.
    const subscription = (payload: string) => listener(payload);
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners);
    listeners.add(subscription);
    return () => {
      listeners.delete(subscription);
      if (listeners.size === 0 && this.#listeners.get(topic) === listeners) this.#listeners.delete(topic);
    };
  }

  connected(): boolean {
    return true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listeners.clear();
    this.#pending.clear();
  }

  #deliver(): void {
    const messages = [...this.#pending];
    this.#pending.clear();
    for (const [topic, payload] of messages) {
      for (const listener of [...(this.#listeners.get(topic) ?? [])]) {
        try {
          listener(payload);
        } catch (error) {
          this.#onError(error);
        }
      }
    }
  }
}
