import type { Constraint } from '../model/check.ts';
import { compareTimestamps, isTimestamp } from '../timestamp.ts';
import { type JsonObject, ownString } from './json-object.ts';
import { quote, type Report } from './report.ts';

/** Checks how the properties of one object go together; the report stands at the object. */
export function checkConstraints(
  object: JsonObject,
  constraints: readonly Constraint[],
  report: Report,
): void {
  for (const constraint of constraints) checkConstraint(object, constraint, report);
}

function checkConstraint(object: JsonObject, constraint: Constraint, report: Report): void {
  const clause = `(STIX 2.1 §${constraint.section})`;
  switch (constraint.kind) {
    case 'at-least-one':
      if (constraint.of.some((name) => Object.hasOwn(object, name))) return;
      report.add('property-combination', `needs at least one of ${constraint.of.join(', ')} ${clause}`);
      return;
    case 'at-most-one': {
      const present = constraint.of.filter((name) => Object.hasOwn(object, name));
      if (present.length < 2) return;
      report.add('property-combination', `may have only one of ${present.join(', ')} ${clause}`);
      return;
    }
    case 'requires': {
      if (!Object.hasOwn(object, constraint.given)) return;
      const missing = constraint.needs.filter((name) => !Object.hasOwn(object, name));
      if (missing.length === 0) return;
      const message = `${constraint.given} needs ${missing.join(' and ')} ${clause}`;
      report.addAt(constraint.given, 'property-combination', message);
      return;
    }
    case 'order':
      checkOrder(object, constraint, report);
  }
}

function checkOrder(
  object: JsonObject,
  constraint: Extract<Constraint, { readonly kind: 'order' }>,
  report: Report,
): void {
  const earlier = ownString(object, constraint.earlier);
  const later = ownString(object, constraint.later);
  if (earlier === undefined || later === undefined || !isTimestamp(earlier) || !isTimestamp(later)) return;
  const order = compareTimestamps(earlier, later);
  if (order < 0 || (order === 0 && constraint.strict !== true)) return;
  const words = constraint.strict === true ? 'later than' : 'later than or equal to';
  const message = `${quote(later)} has to be ${words} ${constraint.earlier}, ${quote(earlier)}`;
  report.addAt(constraint.later, 'timestamp-order', `${message} (STIX 2.1 §${constraint.section})`);
}
