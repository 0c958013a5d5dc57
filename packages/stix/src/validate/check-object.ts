import { isTypeName } from '../identifier/stix-id.ts';
import { isJsonObject, type JsonObject, own, ownString } from '../json/json-object.ts';
import type { ExtensionShape, ObjectShape } from '../model/check.ts';
import { commonPropertyNames, domainProperties, observableProperties } from '../model/common.ts';
import { objectShapes } from '../model/shapes.ts';
import { compareTimestamps, isTimestamp } from '../timestamp.ts';
import { checkId } from './check-id.ts';
import { type CompiledShape, checkProperties, compileShape, type UnknownProperty } from './compile.ts';
import { checkCustomProperty, checkPropertyName } from './custom.ts';
import {
  checkExtensions,
  checkIntroduction,
  extensionTypes,
  isIntroducedElsewhere,
  newObjectTypes,
} from './extensions.ts';
import { quote, type Report } from './report.ts';
import { checkCircularMarkings, checkGranularMarkings } from './selectors.ts';
import { checkUnknown } from './unknown.ts';

interface CompiledObject extends CompiledShape {
  readonly shape: ObjectShape;
  readonly predefined: ReadonlyMap<string, CompiledShape>;
}

const noExtensions: ReadonlyMap<string, CompiledShape> = new Map();

function compileObject(shape: ObjectShape): CompiledObject {
  const extensions = Object.entries(shape.extensions ?? {}).map(
    ([name, extension]) => [name, compileShape(extension)] as const,
  );
  return { ...compileShape(shape), shape, predefined: new Map(extensions) };
}

/** Those of the standard when this package is loaded, those of extensions when they are first met. */
const compiledObjects = new WeakMap<ObjectShape, CompiledObject>(
  [...objectShapes.values()].map((shape) => [shape, compileObject(shape)]),
);

function compiledObject(shape: ObjectShape): CompiledObject {
  const known = compiledObjects.get(shape);
  if (known !== undefined) return known;
  const compiled = compileObject(shape);
  compiledObjects.set(shape, compiled);
  return compiled;
}

function isExtensionShape(shape: ObjectShape): shape is ExtensionShape {
  return shape.definition !== undefined;
}

/** The table by which an object is checked; undefined where nothing is known of its type. */
function compiledFor(object: JsonObject, type: string, report: Report): CompiledObject | undefined {
  const shape = report.types.shapes.get(type);
  if (shape === undefined) return undefined;
  if (isExtensionShape(shape) && isIntroducedElsewhere(object, shape.definition)) return undefined;
  return compiledObject(shape);
}

const reservedNames: ReadonlySet<string> = new Set(['severity', 'username', 'phone_number', 'action']);

/** Common properties for objects of types that STIX 2.1 does not define (§7.3.2.2, §11.2.1). */
const foreignDomainObject = compileShape({
  name: 'extension SDO or SRO',
  section: '7.3.2.2',
  properties: { ...domainProperties, spec_version: { kind: 'literal', value: '2.1' } },
});
const foreignObservable = compileShape({
  name: 'extension SCO',
  section: '7.3.2.2',
  properties: observableProperties,
});

/** Checks a value as a STIX object; the report stands at it. */
export function checkObject(value: unknown, report: Report): void {
  if (!isJsonObject(value)) {
    report.add('object-form', `expected a STIX object, found ${quote(value)}`);
    return;
  }
  const type = own(value, 'type');
  if (typeof type !== 'string') {
    if (type === undefined) report.addAt('type', 'required-property', 'type is required (STIX 2.1 §3.2)');
    else report.addAt('type', 'property-type', `expected the name of an object type, found ${quote(type)}`);
    return;
  }
  const compiled = compiledFor(value, type, report);
  if (compiled === undefined) checkForeignObject(value, type, report);
  else checkDefinedObject(value, compiled, report);
  if (report.container === undefined) checkId(value, { type, shape: compiled?.shape }, report);
  checkGranularMarkings(value, report);
}

function checkDefinedObject(object: JsonObject, compiled: CompiledObject, report: Report): void {
  report.defanged = compiled.shape.class === 'sco' && own(object, 'defanged') === true;
  const types = Object.hasOwn(object, 'extensions') ? extensionTypes(object) : undefined;
  const extended = types?.has('toplevel-property-extension') === true;
  const onUnknown: UnknownProperty = (name, value) => {
    if (name === 'type') return;
    if (extended && !commonPropertyNames.has(name)) checkExtensionProperty(name, value, report);
    else checkUndefinedProperty({ name, value, compiled }, report);
  };
  checkProperties(object, compiled, { report, onUnknown });
  const isForeign = isExtensionShape(compiled.shape);
  if (isExtensionShape(compiled.shape)) {
    checkDefinedType(compiled.shape.name, report);
    checkIntroduction(object, compiled.shape, report);
  } else if (types !== undefined) checkRedefinition(compiled.shape.name, types, report);
  checkExtensions(object, { predefined: compiled.predefined, isForeign }, report);
  checkVersioning(object, report);
  if (compiled.shape.name === 'marking-definition') checkCircularMarkings(object, report);
  if (compiled.shape.class === 'sdo') checkLanguage(object, report);
}

function checkRedefinition(name: string, types: ReadonlySet<unknown>, report: Report): void {
  const kind = newObjectTypes.find((type) => types.has(type));
  if (kind === undefined) return;
  const message = `${name} is an object of the standard; an extension of type "${kind}" is for objects that are not`;
  report.addAt('extensions', 'extension-redefines', message);
}

function checkExtensionProperty(name: string, value: unknown, report: Report): void {
  checkReservedName(name, report);
  checkPropertyName(name, report);
  checkUnknown(value, report);
}

function checkReservedName(name: string, report: Report): void {
  if (reservedNames.has(name))
    report.add('reserved-property', `${quote(name)} is reserved and must not be used`);
}

interface UndefinedProperty {
  readonly name: string;
  readonly value: unknown;
  readonly compiled: CompiledObject;
}

function checkUndefinedProperty({ name, value, compiled }: UndefinedProperty, report: Report): void {
  if (name === 'defanged') {
    report.add('defanged-on-sco', `${compiled.shape.name} is not an SCO and cannot be defanged`);
  } else if (commonPropertyNames.has(name) && compiled.shape.class !== 'bundle') {
    report.add('property-not-applicable', `${name} does not apply to ${compiled.shape.name}`);
  } else {
    checkReservedName(name, report);
    checkCustomProperty({ name, value, known: compiled.properties }, report);
  }
}

function checkForeignObject(object: JsonObject, type: string, report: Report): void {
  if (!isTypeName(type)) {
    const expected = '3 to 250 lowercase letters, digits and single hyphens, beginning with a letter';
    report.addAt('type', 'type-form', `${quote(type)} is not the name of an object type: ${expected}`);
  }
  checkDefinedType(type, report);
  const types = extensionTypes(object);
  const introduced = newObjectTypes.some((kind) => types.has(kind));
  checkForeignName(type, introduced, report);
  const compiled = isObservable(object, types) ? foreignObservable : foreignDomainObject;
  const onUnknown: UnknownProperty = (name, value) => {
    if (name === 'type') return;
    if (!commonPropertyNames.has(name)) checkExtensionProperty(name, value, report);
    else if (name === 'defanged')
      report.add('defanged-on-sco', `${type} is not an SCO and cannot be defanged`);
  };
  checkProperties(object, compiled, { report, onUnknown });
  checkExtensions(object, { predefined: noExtensions, isForeign: true }, report);
  checkVersioning(object, report);
}

function checkDefinedType(type: string, report: Report): void {
  if (report.options.definedTypes !== true) return;
  const hint = report.hint(type, objectShapes.keys());
  report.addAt('type', 'unknown-type', `${quote(type)} is not a type that STIX 2.1 defines.${hint}`);
}

function checkForeignName(type: string, introduced: boolean, report: Report): void {
  if (report.checks('custom-object')) {
    if (introduced) return;
    // A name with x- says itself that it is custom, so that no slip of the pen is looked for.
    const hint = type.startsWith('x-') ? '' : report.hint(type, report.types.shapes.keys());
    const expected = 'should come from an extension (new-sdo, new-sco or new-sro)';
    report.addAt('type', 'custom-object', `${quote(type)} is not a STIX type and ${expected}.${hint}`);
  } else if (report.checks('custom-object-prefix')) {
    if (/^x-[^-].*-./s.test(type)) return;
    report.addAt(
      'type',
      'custom-object-prefix',
      `${quote(type)} should be named x-, a source such as a domain, and a name`,
    );
  } else if (!/^x-./s.test(type)) {
    report.addAt('type', 'custom-object-prefix-lax', `${quote(type)} should begin with x-`);
  }
}

/** Without an extension that says so, an object without any property of versioned objects is taken for an SCO. */
function isObservable(object: JsonObject, types: ReadonlySet<unknown>): boolean {
  if (types.has('new-sco')) return true;
  if (types.has('new-sdo') || types.has('new-sro')) return false;
  return !['created', 'modified', 'created_by_ref', 'revoked'].some((name) => Object.hasOwn(object, name));
}

function checkVersioning(object: JsonObject, report: Report): void {
  const created = ownString(object, 'created');
  const modified = ownString(object, 'modified');
  if (created === undefined || modified === undefined || !isTimestamp(created) || !isTimestamp(modified))
    return;
  if (compareTimestamps(created, modified) <= 0) return;
  const message = `${quote(modified)} has to be later than or equal to created, ${quote(created)}`;
  report.addAt('modified', 'modified-before-created', message);
}

function checkLanguage(object: JsonObject, report: Report): void {
  if (Object.hasOwn(object, 'lang')) return;
  if (!Object.hasOwn(object, 'name') && !Object.hasOwn(object, 'description')) return;
  report.addAt(
    'lang',
    'language-present',
    'should say in which language the text is; without it, English is assumed',
  );
}
