import { isStixId, typeOfId } from '../identifier/stix-id.ts';
import { isJsonObject, type JsonObject, own, ownString } from '../json/json-object.ts';
import { compareTimestamps, isTimestamp } from '../timestamp.ts';
import { article } from './article.ts';
import { checkObject } from './check-object.ts';
import { checkTranslation, type Versions } from './language-content.ts';
import { type ObjectResult, quote, Report, type ValidationOptions } from './report.ts';
import { validateObject } from './validate-object.ts';

/** What the validator found about a bundle and about each object in it, in order. */
export interface BundleResult {
  readonly bundle: ObjectResult;
  readonly objects: readonly ObjectResult[];
}

const noOptions: ValidationOptions = {};

/**
 * Checks a bundle (STIX 2.1 §8): itself, each of its objects on its own as `validateObject` does, and what can only be seen
 * together: versions that come twice, and translations beside what they translate.
 */
export function validateBundle(value: unknown, options: ValidationOptions = noOptions): BundleResult {
  const report = new Report(options);
  if (!isJsonObject(value) || own(value, 'type') !== 'bundle') {
    report.add(
      'object-form',
      `expected a bundle, found ${isJsonObject(value) ? quote(own(value, 'type')) : quote(value)}`,
    );
    return { bundle: report.result(undefined, undefined), objects: [] };
  }
  checkObject(value, report);
  const objects = checkItems(value, report);
  checkTogether(objects, report);
  return {
    bundle: report.result(ownString(value, 'id'), 'bundle'),
    objects: objects.map((object) => validateObject(object, options)),
  };
}

function checkItems(bundle: JsonObject, report: Report): readonly unknown[] {
  const objects = own(bundle, 'objects');
  if (objects === undefined) return [];
  if (!Array.isArray(objects)) {
    report.addAt('objects', 'property-type', `expected a list of STIX objects, found ${quote(objects)}`);
    return [];
  }
  if (objects.length === 0)
    report.addAt('objects', 'list-empty', 'is an empty list; leave the property out instead');
  return objects;
}

function checkTogether(objects: readonly unknown[], report: Report): void {
  if (!report.enter('objects')) return;
  const versions = checkVersions(objects, report);
  for (const [at, object] of objects.entries()) {
    if (!isJsonObject(object) || own(object, 'type') !== 'language-content' || !report.enter(at)) continue;
    checkTranslation(object, versions, report);
    report.leave();
  }
  report.leave();
}

function checkVersions(objects: readonly unknown[], report: Report): Versions {
  const versions = new Map<string, { latest: JsonObject; readonly byModified: Map<unknown, JsonObject> }>();
  const typesByUuid = new Map<string, string>();
  for (const [at, object] of objects.entries()) {
    if (!isJsonObject(object))
      report.addAt(at, 'bundle-objects', `expected a STIX object, found ${quote(object)}`);
    const id = isJsonObject(object) ? ownString(object, 'id') : undefined;
    if (!isJsonObject(object) || id === undefined) continue;
    const others = versions.get(id);
    const modified = own(object, 'modified');
    if (others === undefined) versions.set(id, { latest: object, byModified: new Map([[modified, object]]) });
    else if (others.byModified.has(modified)) {
      report.addAt(at, 'bundle-duplicate', `the bundle holds this version of ${quote(id)} twice`);
    } else {
      others.byModified.set(modified, object);
      others.latest = later(others.latest, object);
    }
    checkUuid({ at, id }, typesByUuid, report);
  }
  return versions;
}

function later(left: JsonObject, right: JsonObject): JsonObject {
  const [before, after] = [own(left, 'modified'), own(right, 'modified')];
  if (typeof before !== 'string' || typeof after !== 'string') return right;
  if (!isTimestamp(before) || !isTimestamp(after)) return before > after ? left : right;
  return compareTimestamps(before, after) > 0 ? left : right;
}

function checkUuid(
  item: { readonly at: number; readonly id: string },
  typesByUuid: Map<string, string>,
  report: Report,
): void {
  if (!isStixId(item.id)) return;
  const type = typeOfId(item.id);
  const uuid = item.id.slice(-36).toLowerCase();
  const other = typesByUuid.get(uuid);
  if (other === undefined) typesByUuid.set(uuid, type);
  else if (other !== type) {
    report.addAt(item.at, 'uuid-reuse', `${quote(item.id)} has the UUID of ${article(other)} in this bundle`);
  }
}
