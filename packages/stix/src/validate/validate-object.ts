import { isJsonObject, ownString } from '../json/json-object.ts';
import { checkContainer } from './check-container.ts';
import { checkObject } from './check-object.ts';
import { type ObjectResult, Report, type ValidationOptions } from './report.ts';

const noOptions: ValidationOptions = {};

/**
 * Checks one STIX object against STIX 2.1: every MUST that is broken is an error, every SHOULD a warning.
 *
 * Any JSON value may be given, and nothing is ever thrown. Work is linear in the size of the value; what is nested deeper than
 * 64 levels is reported and not followed; at most 100 findings are kept, and a last one says that there were more.
 * The objects inside a bundle are not checked here: that is `validateBundle`.
 */
export function validateObject(value: unknown, options: ValidationOptions = noOptions): ObjectResult {
  const report = new Report(options);
  checkObject(value, report);
  if (!isJsonObject(value)) return report.result(undefined, undefined);
  checkContainer(value, report);
  return report.result(ownString(value, 'id'), ownString(value, 'type'));
}
