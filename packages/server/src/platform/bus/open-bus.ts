import type { Bus, BusErrorListener } from './bus.ts';
import { createLocalBus } from './local-bus.ts';
import { createNatsBus, type NatsBusOptions } from './nats-bus.ts';
import { createPostgresBus, type PostgresBusOptions } from './postgres-bus.ts';

/** How the nodes wake each other. */
export type BusOptions =
  | { readonly kind: 'local'; readonly onError?: BusErrorListener }
  | ({ readonly kind: 'postgres' } & PostgresBusOptions)
  | ({ readonly kind: 'nats' } & NatsBusOptions);

/** Opens a bus. A server that cannot be reached is reported to `onError` and tried again for ever. */
export async function openBus(options: BusOptions): Promise<Bus> {
  switch (options.kind) {
    case 'local':
      return createLocalBus(options.onError);
    case 'postgres':
      return createPostgresBus(options);
    case 'nats':
      return createNatsBus(options);
  }
}
