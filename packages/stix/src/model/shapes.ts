import { isTypeName } from '../identifier/stix-id.ts';
import type { ExtensionShape, ObjectShape } from './check.ts';
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

/** The object types that a reader knows: those of STIX 2.1, and those of extensions that were added. */
export interface ObjectTypes {
  /** Tables by the name of the type. */
  readonly shapes: ReadonlyMap<string, ObjectShape>;
  /** The names of the SCOs among them. */
  readonly observables: readonly string[];
}

function objectTypes(shapes: ReadonlyMap<string, ObjectShape>): ObjectTypes {
  const observables = [...shapes.values()].filter((shape) => shape.class === 'sco').map(({ name }) => name);
  return { shapes, observables };
}

/** What everything here knows unless it is told of more. */
export const standardTypes: ObjectTypes = objectTypes(objectShapes);

/**
 * Adds types that extensions introduce (STIX 2.1 §7.3). Made once, and given to whatever checks, identifies or reads patterns.
 * Throws a `TypeError` for a name that is no type name, one that is there already, and an ID contributing property that the table lacks.
 */
export function extendTypes(
  shapes: readonly ExtensionShape[],
  base: ObjectTypes = standardTypes,
): ObjectTypes {
  const all = new Map(base.shapes);
  for (const shape of shapes) {
    const { name, contributing = [], properties } = shape;
    if (!isTypeName(name)) throw new TypeError(`no name of an object type: ${name.slice(0, 300)}`);
    if (all.has(name)) throw new TypeError(`there is a type ${name} already`);
    const missing = contributing.find((property) => !Object.hasOwn(properties, property));
    if (missing !== undefined) throw new TypeError(`${name} has no property ${missing}`);
    all.set(name, shape);
  }
  return objectTypes(all);
}
