import { isJsonObject, type JsonObject, own, ownString } from '../json/json-object.ts';
import { checkObject } from './check-object.ts';
import { quote, type Report } from './report.ts';

const wholeNumber = /^(?:0|[1-9]\d*)$/;

/** Checks the deprecated observable container of observed data (STIX 2.1 §2.13); the report stands at the observed data. */
export function checkContainer(object: JsonObject, report: Report): void {
  if (
    own(object, 'type') !== 'observed-data' ||
    !Object.hasOwn(object, 'objects') ||
    !report.enter('objects')
  )
    return;
  const objects = own(object, 'objects');
  if (!isJsonObject(objects)) {
    report.add('property-type', `expected a dictionary of SCOs by key, found ${quote(objects)}`);
    report.leave();
    return;
  }
  const keys = Object.keys(objects);
  if (keys.length === 0) report.add('dictionary-empty', 'holds no object; leave the property out instead');
  report.container = new Map(keys.map((key) => [key, typeOf(objects[key])]));
  for (const key of keys) {
    if (!report.enter(key)) break;
    if (!wholeNumber.test(key))
      report.add('container-key', `the key ${quote(key)} should be a number from 0 on`);
    checkObject(objects[key], report);
    report.leave();
  }
  report.container = undefined;
  report.leave();
}

function typeOf(value: unknown): string | undefined {
  return isJsonObject(value) ? ownString(value, 'type') : undefined;
}
