import type { Check, NodeSubject } from './check.ts';
import { configuration } from './checks/configuration.ts';
import { dataDirectory } from './checks/data-directory.ts';
import { database } from './checks/database.ts';
import { diskSpeed } from './checks/disk-speed.ts';
import { integrity } from './checks/integrity.ts';
import { migrations } from './checks/migrations.ts';
import { nats } from './checks/nats.ts';
import { nodeVersion } from './checks/node-version.ts';
import { port } from './checks/port.ts';
import { publicAddress } from './checks/public-address.ts';
import { tlsFiles } from './checks/tls-files.ts';

/** What is looked at on the machine of a node, in this order. */
export const nodeChecks: readonly Check<NodeSubject>[] = [
  nodeVersion,
  configuration,
  dataDirectory,
  diskSpeed,
  database,
  migrations,
  integrity,
  nats,
  tlsFiles,
  port,
  publicAddress,
];
