import type { Check, ClientSubject } from '../check.ts';
import { skipped } from '../finding.ts';
import { lookAtServer } from '../look-at-server.ts';

/** Whether the node answers, with a certificate that is trusted, and whether its clock is ours. */
export const reachability: Check<ClientSubject> = {
  name: 'Node',
  async run({ server, now }) {
    return server === undefined ? [skipped('Needs the address of a node')] : lookAtServer(server, now);
  },
};
