import { type JsonObject, ownString } from '../json/json-object.ts';
import type { Constraint, Shape } from '../model/check.ts';
import { compareTimestamps, isTimestamp } from '../timestamp.ts';
import { quote, type Report } from './report.ts';
import { checkValueForm } from './value-form.ts';

/** Checks how the properties of one object go together; the report stands at the object. */
export function checkConstraints(object: JsonObject, shape: Shape, report: Report): void {
  for (const constraint of shape.constraints ?? []) checkConstraint(object, { constraint, shape }, report);
}

interface Clause {
  readonly constraint: Constraint;
  readonly shape: Shape;
}

/** Where it is said, for the end of a message. */
export function clauseOf(section: string, { document = 'STIX 2.1' }: Shape): string {
  return `(${document} §${section})`;
}

function checkConstraint(object: JsonObject, { constraint, shape }: Clause, report: Report): void {
  const clause = clauseOf(constraint.section, shape);
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
      checkOrder(object, { constraint, clause }, report);
      return;
    case 'digit-range': {
      const [from, to] = [ownString(object, constraint.from), ownString(object, constraint.to)];
      if (from === undefined || to === undefined || (from.length === to.length && from <= to)) return;
      const expected = `needs as many digits as ${constraint.from} and may not be less ${clause}`;
      report.addAt(constraint.to, 'property-combination', `${constraint.to} ${expected}`);
      return;
    }
    case 'form-by': {
      const term = ownString(object, constraint.given);
      const value = ownString(object, constraint.property);
      if (term === undefined || value === undefined || !Object.hasOwn(constraint.forms, term)) return;
      const form = constraint.forms[term];
      if (form === undefined || !report.enter(constraint.property)) return;
      checkValueForm(value, form, report);
      report.leave();
    }
  }
}

interface OrderClause {
  readonly constraint: Extract<Constraint, { readonly kind: 'order' }>;
  readonly clause: string;
}

function checkOrder(object: JsonObject, { constraint, clause }: OrderClause, report: Report): void {
  const earlier = ownString(object, constraint.earlier);
  const later = ownString(object, constraint.later);
  if (earlier === undefined || later === undefined || !isTimestamp(earlier) || !isTimestamp(later)) return;
  const order = compareTimestamps(earlier, later);
  if (order < 0 || (order === 0 && constraint.strict !== true)) return;
  const words = constraint.strict === true ? 'later than' : 'later than or equal to';
  const message = `${quote(later)} has to be ${words} ${constraint.earlier}, ${quote(earlier)}`;
  report.addAt(constraint.later, 'timestamp-order', `${message} ${clause}`);
}
