import type { Check, ClientSubject } from './check.ts';
import { nodeVersion } from './checks/node-version.ts';
import { profile } from './checks/profile.ts';
import { reachability } from './checks/reachability.ts';
import { token } from './checks/token.ts';

/** What is looked at on the machine of somebody who works with a node, in this order. */
export const clientChecks: readonly Check<ClientSubject>[] = [nodeVersion, profile, reachability, token];
