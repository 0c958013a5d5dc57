import type { Bus } from './bus.ts';
import { createLocalBus } from './local-bus.ts';

/** How the nodes wake each other. */
export type BusOptions = { readonly kind: 'local'; readonly onError?: (error: unknown) => void };

export async function openBus(options: BusOptions): Promise<Bus> {
  switch (options.kind) {
    case 'local':
      return createLocalBus(options.onError);
  }
}
