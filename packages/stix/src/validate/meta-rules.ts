import { isJsonObject, type JsonObject, own, ownString } from '../json/json-object.ts';
import { tlp1Markings, tlp2Extension, tlp2Markings } from '../marking/tlp.ts';
import { commonPropertyNames } from '../model/common.ts';
import { compareTimestamps, isTimestamp } from '../timestamp.ts';
import { isPropertyName } from './custom.ts';
import { quote, type Report } from './report.ts';

/** Extension types, properties and description of an extension definition go together (STIX 2.1 §7.3.1). */
export function checkExtensionDefinition(object: JsonObject, report: Report): void {
  if (!Object.hasOwn(object, 'description')) {
    report.addAt(
      'description',
      'extension-definition-description',
      'an extension definition should have a description',
    );
  }
  const types = own(object, 'extension_types');
  const topLevel = Array.isArray(types) && types.includes('toplevel-property-extension');
  const named = Object.hasOwn(object, 'extension_properties');
  if (named && !topLevel) {
    const message = 'extension_properties is only for extension_types with "toplevel-property-extension"';
    report.addAt('extension_properties', 'extension-properties', message);
  }
  const properties = own(object, 'extension_properties');
  if (Array.isArray(properties)) checkExtensionProperties(properties, report);
  if (topLevel && !named) {
    const message = 'should name the top-level properties that the extension adds';
    report.addAt('extension_properties', 'extension-properties-named', message);
  }
}

function checkExtensionProperties(names: readonly unknown[], report: Report): void {
  if (!report.enter('extension_properties')) return;
  for (let at = 0; at < names.length; at += 1) {
    const name = names[at];
    if (typeof name !== 'string') continue;
    if (commonPropertyNames.has(name)) {
      report.addAt(
        at,
        'extension-redefines',
        `${quote(name)} is a common property, which no extension may redefine`,
      );
    } else if (!isPropertyName(name)) {
      const expected = '3 to 250 lowercase letters, digits and underscores, beginning with a letter';
      report.addAt(at, 'property-name-form', `${quote(name)} is not a property name: ${expected}`);
    }
  }
  report.leave();
}

/** What a marking definition holds (STIX 2.1 §7.2.1). */
export function checkMarkingDefinition(object: JsonObject, report: Report): void {
  const extensions = own(object, 'extensions');
  if (extensions === undefined) {
    for (const name of ['definition_type', 'definition']) {
      if (Object.hasOwn(object, name)) continue;
      report.addAt(name, 'marking-content', `without extensions, a marking definition needs ${name}`);
    }
  } else if (isJsonObject(extensions)) {
    const tlp2 = own(extensions, tlp2Extension);
    if (isJsonObject(tlp2)) checkTlp2(object, tlp2, report);
  }
  const definition = own(object, 'definition');
  if (!isJsonObject(definition)) return;
  const type = own(object, 'definition_type');
  if (type === 'statement' && ownString(definition, 'statement') === undefined) {
    report.addAt('definition', 'marking-statement', 'a statement marking needs a statement, as a string');
  }
  if (type === 'tlp') checkTlp1(object, definition, report);
}

function checkTlp1(object: JsonObject, definition: JsonObject, report: Report): void {
  const expected = tlp1Markings.find((marking) => marking.definition.tlp === own(definition, 'tlp'));
  if (expected === undefined) {
    const levels = tlp1Markings.map((marking) => marking.definition.tlp).join(', ');
    const message = `${quote(own(definition, 'tlp'))} is not a level of TLP 1: ${levels}`;
    report.addAt('definition', 'tlp-marking', message);
  } else if (own(object, 'id') !== expected.id) {
    report.addAt('id', 'tlp-marking', `the only marking definition for ${expected.name} is ${expected.id}`);
  } else if (!isSameTime(ownString(object, 'created'), expected.created)) {
    report.addAt(
      'created',
      'tlp-marking',
      `the marking definition for ${expected.name} was created ${expected.created}`,
    );
  }
}

function checkTlp2(object: JsonObject, extension: JsonObject, report: Report): void {
  const level = own(extension, 'tlp_2_0');
  const expected = tlp2Markings.find((marking) => marking.extensions[tlp2Extension].tlp_2_0 === level);
  if (expected === undefined) {
    const levels = tlp2Markings.map((marking) => marking.extensions[tlp2Extension].tlp_2_0).join(', ');
    report.addAt('extensions', 'tlp2-marking', `${quote(level)} is not a level of TLP 2.0: ${levels}`);
  } else if (own(object, 'id') !== expected.id) {
    report.addAt('id', 'tlp2-marking', `the only marking definition for ${expected.name} is ${expected.id}`);
  }
}

function isSameTime(text: string | undefined, expected: string): boolean {
  if (text === undefined || !isTimestamp(text) || !isTimestamp(expected)) return false;
  return compareTimestamps(text, expected) === 0;
}
