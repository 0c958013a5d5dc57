import { configured } from '../check.ts';
import { fine, problem } from '../finding.ts';

/** Whether the NATS between the nodes of a cluster answers. */
export const nats = configured('NATS', async ({ config, server }) => {
  if (config.natsUrl === undefined) return [];
  const places = config.natsUrl
    .reveal()
    .split(',')
    .map((text) => URL.parse(text.trim())?.host ?? '?')
    .join(', ');
  try {
    const {
      server: answering,
      version,
      jetstream,
      roundTrip,
    } = await server.inspectNats(config.natsUrl.reveal());
    const stream = jetstream ? 'with JetStream' : 'without JetStream, which Belltower does not need';
    return [fine(`NATS ${version} on ${answering} answers (${stream}), ${roundTrip} ms there and back`)];
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    const says = /Authorization|Authentication/i.test(`${name}`)
      ? `NATS on ${places} does not let this node in`
      : `NATS on ${places} cannot be reached`;
    return [
      problem(
        says,
        'Mend BELLTOWER_NATS_URL, or start the server. Until then entries of other nodes arrive up to half a second later, and none is lost.',
      ),
    ];
  }
});
