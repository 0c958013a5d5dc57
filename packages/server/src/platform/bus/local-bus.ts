import type { Bus } from './bus.ts';

/** A bus within this process. Listeners are called later, never by `publish` itself; one that throws hurts no other. */
export function createLocalBus(onError: (error: unknown) => void = () => {}): Bus {
  const listeners = new Map<string, Set<(payload: string) => void>>();
  let closed = false;

  function deliver(topic: string, payload: string): void {
    for (const listener of [...(listeners.get(topic) ?? [])]) {
      try {
        listener(payload);
      } catch (error) {
        onError(error);
      }
    }
  }

  return {
    publish(topic, payload) {
      if (!closed && listeners.has(topic)) setImmediate(() => deliver(topic, payload));
    },
    subscribe(topic, listener) {
      const set = listeners.get(topic) ?? new Set();
      listeners.set(topic, set);
      set.add(listener);
      return () => {
        set.delete(listener);
        if (set.size === 0 && listeners.get(topic) === set) listeners.delete(topic);
      };
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      listeners.clear();
    },
  };
}
