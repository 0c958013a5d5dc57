import type { ObjectShape } from './check.ts';
import * as domain from './domain.ts';
import * as meta from './meta.ts';
import * as observable from './observable.ts';

const all: readonly ObjectShape[] = [
  domain.attackPattern,
  domain.campaign,
  domain.courseOfAction,
  domain.grouping,
  domain.identity,
  domain.incident,
  domain.indicator,
  domain.infrastructure,
  domain.intrusionSet,
  domain.location,
  domain.malware,
  domain.malwareAnalysis,
  domain.note,
  domain.observedData,
  domain.opinion,
  domain.report,
  domain.threatActor,
  domain.tool,
  domain.vulnerability,
  domain.relationship,
  domain.sighting,
  observable.artifact,
  observable.autonomousSystem,
  observable.directory,
  observable.domainName,
  observable.emailAddress,
  observable.emailMessage,
  observable.file,
  observable.ipv4Address,
  observable.ipv6Address,
  observable.macAddress,
  observable.mutex,
  observable.networkTraffic,
  observable.process,
  observable.software,
  observable.url,
  observable.userAccount,
  observable.windowsRegistryKey,
  observable.x509Certificate,
  meta.languageContent,
  meta.markingDefinition,
  meta.extensionDefinition,
  meta.bundle,
];

/** Every type of STIX 2.1 by its name: 19 SDOs, 2 SROs, 18 SCOs, 3 meta objects and the bundle. */
export const objectShapes: ReadonlyMap<string, ObjectShape> = new Map(
  all.map((shape) => [shape.name, shape]),
);
