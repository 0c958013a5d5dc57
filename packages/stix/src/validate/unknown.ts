import { isJsonObject } from '../json/json-object.ts';
import type { Report } from './report.ts';

/**
 * Walks through content that no table describes, for what STIX 2.1 asks of all content: no null, valid Unicode (§2.15), and
 * nesting that ends. Empty lists (§2.12) and dictionaries (§2.3) are prohibited where the standard says that a value is one; in
 * content of somebody else's making they are told of and no reason to refuse it: ATT&CK has them.
 */
export function checkUnknown(value: unknown, report: Report): void {
  if (typeof value === 'string') {
    if (!value.isWellFormed())
      report.add('string-form', 'holds half of a surrogate pair, which is no Unicode character');
  } else if (value === null) report.add('null-value', 'is null; leave the property out instead');
  else if (Array.isArray(value)) checkItems(value, report);
  else if (isJsonObject(value)) checkMembers(value, report);
}

function checkItems(items: readonly unknown[], report: Report): void {
  if (items.length === 0) report.add('custom-empty', 'is an empty list; leave the property out instead');
  for (let at = 0; at < items.length; at += 1) {
    if (!report.enter(at)) return;
    checkUnknown(items[at], report);
    report.leave();
  }
}

function checkMembers(object: Readonly<Record<string, unknown>>, report: Report): void {
  const names = Object.keys(object);
  if (names.length === 0)
    report.add('custom-empty', 'is an empty dictionary; leave the property out instead');
  for (const name of names) {
    if (!report.enter(name)) return;
    checkUnknown(object[name], report);
    report.leave();
  }
}
