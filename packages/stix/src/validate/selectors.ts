import { isJsonObject, type JsonObject, own } from '../json/json-object.ts';
import { quote, type Report } from './report.ts';

const component = /^(?:\[(?:0|[1-9]\d{0,8})\]|[A-Za-z0-9_-]{1,250})$/;
const longest = 4096;

/** Checks the selectors and the target of every granular marking of an object (STIX 2.1 §7.2.3.1, §3.2). */
export function checkGranularMarkings(object: JsonObject, report: Report): void {
  const markings = own(object, 'granular_markings');
  if (!Array.isArray(markings) || !report.enter('granular_markings')) return;
  for (let at = 0; at < markings.length; at += 1) {
    const marking: unknown = markings[at];
    const selectors = isJsonObject(marking) ? own(marking, 'selectors') : undefined;
    if (!Array.isArray(selectors) || !report.enter(at)) continue;
    if (report.enter('selectors')) {
      for (let index = 0; index < selectors.length; index += 1) {
        const selector: unknown = selectors[index];
        if (typeof selector === 'string') checkSelector({ object, selector, index }, report);
      }
      report.leave();
    }
    report.leave();
  }
  report.leave();
}

interface Selection {
  readonly object: JsonObject;
  readonly selector: string;
  readonly index: number;
}

function checkSelector({ object, selector, index }: Selection, report: Report): void {
  const components = selector.length > longest ? [] : selector.split('.');
  if (
    components.length === 0 ||
    components[0]?.startsWith('[') === true ||
    !components.every((part) => component.test(part))
  ) {
    const expected =
      'property names and list indexes divided by points, such as "external_references.[0].url"';
    report.addAt(index, 'selector-form', `${quote(selector)} is not a selector: expected ${expected}`);
    return;
  }
  let value: unknown = object;
  for (const part of components) {
    value = step(value, part);
    if (value !== undefined) continue;
    const message = `${quote(selector)} points to nothing: this object has no ${quote(part)} there`;
    report.addAt(index, 'selector-target', message);
    return;
  }
}

function step(value: unknown, part: string): unknown {
  if (part.startsWith('[')) return Array.isArray(value) ? value[Number(part.slice(1, -1))] : undefined;
  return isJsonObject(value) ? own(value, part) : undefined;
}

/** A marking definition does not mark itself (STIX 2.1 §3.2). */
export function checkCircularMarkings(object: JsonObject, report: Report): void {
  const id = own(object, 'id');
  const refs = own(object, 'object_marking_refs');
  if (Array.isArray(refs) && refs.includes(id)) {
    report.addAt('object_marking_refs', 'marking-circular', 'a marking definition cannot mark itself');
  }
  const granular = own(object, 'granular_markings');
  if (!Array.isArray(granular)) return;
  if (granular.some((marking) => isJsonObject(marking) && own(marking, 'marking_ref') === id)) {
    report.addAt('granular_markings', 'marking-circular', 'a marking definition cannot mark itself');
  }
}
