import { interruption } from './report-error.ts';

/**
 * A signal that aborts at Ctrl-C, or when somebody asks the process to end, so that work can be left in order. Repeated signals
 * change nothing: a launcher and a terminal may both send one.
 */
export function untilInterrupted(): AbortSignal & Disposable {
  const abort = new AbortController();
  const stop = () => abort.abort(interruption);
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return Object.assign(abort.signal, {
    [Symbol.dispose]() {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  });
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
