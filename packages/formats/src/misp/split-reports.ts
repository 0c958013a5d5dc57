import type { Json } from '../json.ts';

/** Objects that belong together in one event. */
export interface ReportPart {
  /** Undefined for what no report refers to. */
  readonly report: Json | undefined;
  readonly objects: readonly Json[];
}

/** Objects that everything may need to be understood: they go with each part. */
const common: ReadonlySet<unknown> = new Set(['identity', 'marking-definition', 'extension-definition']);

/**
 * Objects by the report that refers to them, also through groupings, observed data and notes, with the sightings, opinions and relationships
 * of what it refers to. What several reports refer to is in each of their parts. The last part has what no report knows.
 */
export function splitReports(objects: readonly Json[]): readonly ReportPart[] {
  const newest = newestVersions(objects);
  const reports = newest.filter(({ type }) => type === 'report');
  const shared = newest.filter(({ type }) => common.has(type));
  const byId = new Map(newest.map((object) => [object['id'], object]));
  const about = statementsByTarget(newest);
  const taken = new Set<Json>([...reports, ...shared]);
  const parts = reports.map((report): ReportPart => {
    const members = membersOf(report, byId, about);
    for (const member of members) taken.add(member);
    return { report, objects: [report, ...shared, ...members] };
  });
  const rest = newest.filter((object) => !taken.has(object));
  return rest.length === 0 ? parts : [...parts, { report: undefined, objects: [...rest, ...shared] }];
}

/** Each object once: an event has no two versions of anything. */
function newestVersions(objects: readonly Json[]): readonly Json[] {
  const all = new Map<unknown, Json>();
  for (const object of objects) {
    const key = object['id'] ?? object;
    const known = all.get(key);
    if (known === undefined || versionOf(known) <= versionOf(object)) all.set(key, object);
  }
  return [...all.values()];
}

function versionOf({ modified }: Json): string {
  return typeof modified === 'string' ? modified : '';
}

/** What is said of objects by others: sightings, opinions and relationships, by the ids that they are about. */
function statementsByTarget(objects: readonly Json[]): ReadonlyMap<unknown, readonly Json[]> {
  const about = new Map<unknown, Json[]>();
  for (const object of objects)
    for (const target of targetsOf(object)) {
      const list = about.get(target) ?? [];
      list.push(object);
      about.set(target, list);
    }
  return about;
}

function targetsOf(object: Json): readonly unknown[] {
  switch (object['type']) {
    case 'sighting':
      return [object['sighting_of_ref']];
    case 'relationship':
      return [object['source_ref']];
    case 'opinion':
    case 'note':
      return refsOf(object);
    default:
      return [];
  }
}

function membersOf(
  report: Json,
  byId: ReadonlyMap<unknown, Json>,
  about: ReadonlyMap<unknown, readonly Json[]>,
): ReadonlySet<Json> {
  const members = new Set<Json>();
  const waiting: Json[] = [];
  const take = (object: Json | undefined) => {
    if (
      object === undefined ||
      members.has(object) ||
      common.has(object['type']) ||
      object['type'] === 'report'
    )
      return;
    members.add(object);
    waiting.push(object);
  };
  for (const ref of refsOf(report)) take(byId.get(ref));
  for (const said of about.get(report['id']) ?? []) take(said);
  for (let object = waiting.pop(); object !== undefined; object = waiting.pop()) {
    if (object['type'] !== 'note' && object['type'] !== 'opinion')
      for (const ref of refsOf(object)) take(byId.get(ref));
    if (object['type'] === 'relationship') take(byId.get(object['target_ref']));
    for (const said of about.get(object['id']) ?? []) take(said);
  }
  return members;
}

function refsOf({ object_refs: refs }: Json): readonly unknown[] {
  return Array.isArray(refs) ? refs : [];
}
