import type { Json } from '../json.ts';
import type { MispAttribute } from './misp-event.ts';
import type { Fact, Property, Rule, Template } from './telecom-templates.ts';
import { readProperty, readValue } from './telecom-values.ts';

/** What the attributes of an object of MISP tell, taken apart. */
export interface Readings {
  readonly identifiers: readonly Identifier[];
  readonly properties: readonly Told<Property>[];
  readonly facts: readonly Told<Fact>[];
  /** Attributes that are not what their relation says, and why. */
  readonly misfits: ReadonlyMap<MispAttribute, string>;
}

export interface Identifier {
  readonly attribute: MispAttribute;
  readonly relation: string;
  readonly rule: Extract<Rule, { is: 'observable' }>;
  readonly sco: Json & { readonly id: string };
  /** Undefined where it must not be asked for, or cannot. */
  readonly pattern: string | undefined;
}

export interface Told<What> {
  readonly attribute: MispAttribute;
  readonly what: What;
  readonly of: readonly string[];
  readonly value: string | number;
}

/** Reads the attributes of an object by its template; those without a rule are in none of the lists. */
export function readTelecom(attributes: readonly MispAttribute[], { rules }: Template): Readings {
  const identifiers: Identifier[] = [];
  const properties: Told<Property>[] = [];
  const facts: Told<Fact>[] = [];
  const misfits = new Map<MispAttribute, string>();
  for (const attribute of attributes) {
    const relation = relationOf(attribute);
    const rule = Object.hasOwn(rules, relation) ? rules[relation] : undefined;
    if (rule === undefined) continue;
    switch (rule.is) {
      case 'observable': {
        const read = readValue(rule, attribute.value);
        if (read.ok)
          identifiers.push({
            attribute,
            relation,
            rule,
            sco: read.sco,
            pattern: patternFor(rule, attribute, read.pattern),
          });
        else misfits.set(attribute, read.reason);
        break;
      }
      case 'property': {
        const value = readProperty(rule.property, attribute.value);
        if (value === undefined) misfits.set(attribute, `It cannot be read as ${rule.property}.`);
        else properties.push({ attribute, what: rule.property, of: rule.of, value });
        break;
      }
      case 'fact':
        facts.push({ attribute, what: rule.fact, of: [], value: attribute.value.trim() });
        break;
      case 'implied':
        break;
    }
  }
  const order = Object.keys(rules);
  properties.sort(
    (one, other) => order.indexOf(relationOf(one.attribute)) - order.indexOf(relationOf(other.attribute)),
  );
  return { identifiers, properties, facts, misfits };
}

export function relationOf({ raw }: MispAttribute): string {
  const relation = raw['object_relation'];
  return typeof relation === 'string' ? relation : '';
}

/** Whether an identifier is asked for: what is the attacker's, and of what may be either's what is flagged; the victim's never. */
function patternFor(
  { side }: Extract<Rule, { is: 'observable' }>,
  { toIds, type }: MispAttribute,
  pattern: string | undefined,
): string | undefined {
  if (side === 'victim') return undefined;
  // MISP flags no text by itself, and in an attack the attacker's address is what the object is about.
  const isMeant = toIds || (side === 'attacker' && type === 'text');
  return isMeant ? pattern : undefined;
}
