import { checkObject } from './check-object.ts';
import { isJsonObject, type JsonObject, own, ownString } from './json-object.ts';
import { checkTranslation } from './language-content.ts';
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
  const versions = new Map<string, JsonObject[]>();
  const seen = new Set<string>();
  if (!report.enter('objects')) return;
  for (const [at, object] of objects.entries()) {
    const id = isJsonObject(object) ? ownString(object, 'id') : undefined;
    if (!isJsonObject(object) || id === undefined) {
      if (!isJsonObject(object))
        report.addAt(at, 'bundle-objects', `expected a STIX object, found ${quote(object)}`);
      continue;
    }
    const version = `${id} ${ownString(object, 'modified') ?? ''}`;
    if (seen.has(version))
      report.addAt(at, 'bundle-duplicate', `the bundle holds this version of ${quote(id)} twice`);
    seen.add(version);
    const others = versions.get(id);
    if (others === undefined) versions.set(id, [object]);
    else others.push(object);
  }
  for (const [at, object] of objects.entries()) {
    if (!isJsonObject(object) || own(object, 'type') !== 'language-content' || !report.enter(at)) continue;
    checkTranslation(object, versions, report);
    report.leave();
  }
  report.leave();
}
