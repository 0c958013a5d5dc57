import type { Check, Constraint, ExtensionShape, Shape, ValueForm } from '../../packages/stix/src/index.ts';
import { telecomSchemaUrl } from '../../packages/telecom/src/index.ts';

type Schema = Readonly<Record<string, unknown>>;

const uuid = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}';
const typeName = '[a-z][a-z0-9]*(?:-[a-z0-9]+)*';
const timestamp = '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.][0-9]+)?Z$';

/**
 * The JSON schema (draft 2020-12) of a type. It says what a schema can; order and equal length of digits, check digits and what an
 * id has to be are said in the specification. Properties that it does not have are allowed, as STIX 2.1 allows them.
 */
export function jsonSchema(shape: ExtensionShape, description: string): Schema {
  const { name, definition } = shape;
  const properties = Object.entries(shape.properties).map(([property, check]) => [property, schemaOf(check)]);
  const introduced = {
    type: 'object',
    properties: {
      [definition]: {
        type: 'object',
        properties: { extension_type: { const: `new-${shape.class}` } },
        required: ['extension_type'],
      },
    },
    required: [definition],
  };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: telecomSchemaUrl(name),
    title: name,
    description,
    type: 'object',
    properties: {
      type: { const: name },
      ...Object.fromEntries(properties),
      id: { type: 'string', pattern: `^${name}--${uuid}$` },
      extensions: introduced,
    },
    required: ['type', ...requiredOf(shape), 'extensions'],
    ...constraintsOf(shape.constraints ?? []),
  };
}

function requiredOf({ properties }: Shape): readonly string[] {
  return Object.entries(properties).flatMap(([name, check]) => (check.required === true ? [name] : []));
}

function formSchema(form: ValueForm): Schema {
  const accepted = form.accepts === undefined ? form.pattern : `${form.pattern}|${form.accepts}`;
  return { type: 'string', pattern: `^(?:${accepted})$`, description: `${form.words}` };
}

function schemaOf(check: Check): Schema {
  switch (check.kind) {
    case 'formed':
      return formSchema(check.form);
    case 'terms':
      return check.open === true
        ? { type: 'string', examples: check.terms, $comment: check.name }
        : { enum: check.terms, $comment: check.name };
    case 'literal':
      return { const: check.value };
    case 'integer':
      return {
        type: 'integer',
        ...(check.min === undefined ? {} : { minimum: check.min }),
        ...(check.max === undefined ? {} : { maximum: check.max }),
      };
    case 'boolean':
      return { type: 'boolean' };
    case 'timestamp':
      return { type: 'string', pattern: timestamp };
    case 'reference':
      return { type: 'string', pattern: `^(?:${check.to.types?.join('|') ?? typeName})--${uuid}$` };
    case 'list':
      return { type: 'array', minItems: 1, items: schemaOf(check.of) };
    case 'object':
      return {
        type: 'object',
        properties: Object.fromEntries(
          Object.entries(check.shape.properties).map(([name, inner]) => [name, schemaOf(inner)]),
        ),
        required: requiredOf(check.shape),
      };
    case 'string':
      return { type: 'string' };
    case 'id':
    case 'extensions':
      // Said for the type as a whole.
      return {};
    default:
      throw new Error(`no schema for properties of the kind ${check.kind}`);
  }
}

function constraintsOf(constraints: readonly Constraint[]): Schema {
  const all = constraints.flatMap(constraintSchemas);
  return all.length === 0 ? {} : { allOf: all };
}

function constraintSchemas(constraint: Constraint): readonly Schema[] {
  switch (constraint.kind) {
    case 'at-least-one':
      return [{ anyOf: constraint.of.map((name) => ({ required: [name] })) }];
    case 'at-most-one':
      return [{ not: { required: constraint.of } }];
    case 'requires':
      return [{ dependentRequired: { [constraint.given]: constraint.needs } }];
    case 'form-by':
      return Object.entries(constraint.forms).map(([term, form]) => ({
        if: { properties: { [constraint.given]: { const: term } }, required: [constraint.given] },
        // biome-ignore lint/suspicious/noThenProperty: the name that JSON Schema has for it
        then: { properties: { [constraint.property]: formSchema(form) } },
      }));
    case 'order':
    case 'digit-range':
      return [];
  }
}
