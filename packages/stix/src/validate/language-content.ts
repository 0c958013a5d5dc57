import { isJsonObject, type JsonObject, own, ownString } from '../json/json-object.ts';
import { quote, type Report } from './report.ts';

/** The versions of the objects of a bundle by id: the latest, and each by the value of modified. */
export type Versions = ReadonlyMap<
  string,
  { readonly latest: JsonObject; readonly byModified: ReadonlyMap<unknown, JsonObject> }
>;

/**
 * A translation has the shape of what it translates (STIX 2.1 §7.1.1): strings for strings, lists of the same length for lists,
 * objects for objects. Keys that the target does not have are to be ignored. The report stands at the language content.
 */
export function checkTranslation(content: JsonObject, versions: Versions, report: Report): void {
  const id = ownString(content, 'object_ref');
  const candidates = id === undefined ? undefined : versions.get(id);
  const contents = own(content, 'contents');
  if (candidates === undefined || !isJsonObject(contents)) return;
  const modified = own(content, 'object_modified');
  const target = modified === undefined ? candidates.latest : candidates.byModified.get(modified);
  if (target === undefined) {
    const message = `no version of ${quote(id)} in this bundle was modified at ${quote(modified)}`;
    report.addAt('object_modified', 'language-content-modified', message);
    return;
  }
  if (!report.enter('contents')) return;
  for (const language of Object.keys(contents)) {
    if (!report.enter(language)) break;
    compare(contents[language], target, report);
    report.leave();
  }
  report.leave();
}

function compare(translation: unknown, original: unknown, report: Report): void {
  if (typeof original === 'string') {
    if (typeof translation !== 'string')
      report.add('language-content-shape', 'translates a string and has to be a string');
  } else if (Array.isArray(original)) compareLists(translation, original, report);
  else if (isJsonObject(original)) compareObjects(translation, original, report);
}

function compareLists(translation: unknown, original: readonly unknown[], report: Report): void {
  if (!Array.isArray(translation) || translation.length !== original.length) {
    const message = `translates a list and has to be a list of the same length, ${original.length}; leave what is not translated as ""`;
    report.add('language-content-shape', message);
    return;
  }
  for (let at = 0; at < original.length; at += 1) {
    if (translation[at] === '') continue;
    if (!report.enter(at)) return;
    compare(translation[at], original[at], report);
    report.leave();
  }
}

function compareObjects(translation: unknown, original: JsonObject, report: Report): void {
  if (!isJsonObject(translation)) {
    report.add('language-content-shape', 'translates an object and has to be an object');
    return;
  }
  for (const name of Object.keys(translation)) {
    if (!Object.hasOwn(original, name)) continue;
    if (!report.enter(name)) return;
    compare(translation[name], original[name], report);
    report.leave();
  }
}
