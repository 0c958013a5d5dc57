import { isStixId } from '../identifier/stix-id.ts';
import { isJsonObject, type JsonObject, own } from '../json/json-object.ts';
import type { ExtensionDefinitionId, ExtensionShape } from '../model/check.ts';
import { vocabularies } from '../vocabulary/vocabularies.ts';
import { article } from './article.ts';
import { type CompiledShape, checkProperties } from './compile.ts';
import { checkCustomProperty, checkNestedName } from './custom.ts';
import { quote, type Report } from './report.ts';
import { checkUnknown } from './unknown.ts';

/** Kinds of extensions that introduce a type (STIX 2.1 §10.5). */
export const newObjectTypes = ['new-sdo', 'new-sco', 'new-sro'] as const;

const definitionPrefix = 'extension-definition--';
const customName = /^[a-z][a-z0-9-]{0,245}-ext$/;

/** Kinds of extensions that an object says it has (STIX 2.1 §10.5). */
export function extensionTypes(object: JsonObject): ReadonlySet<unknown> {
  const extensions = own(object, 'extensions');
  const types = new Set<unknown>();
  if (!isJsonObject(extensions)) return types;
  for (const key of Object.keys(extensions)) {
    const extension = extensions[key];
    if (key.startsWith(definitionPrefix) && isJsonObject(extension))
      types.add(own(extension, 'extension_type'));
  }
  return types;
}

/**
 * Whether the object says that another extension than `definition` introduces it: names of types are free for all, and then
 * nothing is known of it.
 */
export function isIntroducedElsewhere(object: JsonObject, definition: ExtensionDefinitionId): boolean {
  const extensions = own(object, 'extensions');
  if (!isJsonObject(extensions) || Object.hasOwn(extensions, definition)) return false;
  const types = extensionTypes(object);
  return newObjectTypes.some((type) => types.has(type));
}

/** An object of a type that an extension introduces says so (STIX 2.1 §7.3); the report stands at the object. */
export function checkIntroduction(object: JsonObject, shape: ExtensionShape, report: Report): void {
  const extensions = own(object, 'extensions');
  const extension = isJsonObject(extensions) ? own(extensions, shape.definition) : undefined;
  const wanted = `new-${shape.class}`;
  if (isJsonObject(extension) && own(extension, 'extension_type') === wanted) return;
  const expected = `{"${shape.definition}": {"extension_type": "${wanted}"}}`;
  report.addAt('extensions', 'extension-missing', `${article(shape.name)} has to have in it ${expected}`);
}

/** Checks the extensions of an object (STIX 2.1 §3.2, §3.10, §7.3, §11.3); the report stands at the object. */
export function checkExtensions(
  object: JsonObject,
  of: { readonly predefined: ReadonlyMap<string, CompiledShape>; readonly isForeign: boolean },
  report: Report,
): void {
  if (!Object.hasOwn(object, 'extensions') || !report.enter('extensions')) return;
  const extensions = own(object, 'extensions');
  if (isJsonObject(extensions)) {
    const keys = Object.keys(extensions);
    if (keys.length === 0)
      report.add('dictionary-empty', 'is an empty dictionary; leave the property out instead');
    for (const key of keys) {
      if (!report.enter(key)) break;
      checkExtension({ key, extension: extensions[key], ...of }, report);
      report.leave();
    }
  } else report.add('property-type', `expected a dictionary of extensions, found ${quote(extensions)}`);
  report.leave();
}

interface Extension {
  readonly key: string;
  readonly extension: unknown;
  readonly predefined: ReadonlyMap<string, CompiledShape>;
  /** The object is of a type that STIX 2.1 does not define. */
  readonly isForeign: boolean;
}

function checkExtension(of: Extension, report: Report): void {
  const { key, extension, predefined } = of;
  if (!isJsonObject(extension)) {
    report.add(
      'extension-form',
      `expected an object with the properties of the extension, found ${quote(extension)}`,
    );
    return;
  }
  const compiled = predefined.get(key);
  if (compiled !== undefined) checkPredefined(extension, compiled, report);
  else if (key.startsWith(definitionPrefix)) checkIdentified(key, extension, report);
  else checkCustom({ ...of, extension }, report);
}

function checkPredefined(extension: JsonObject, compiled: CompiledShape, report: Report): void {
  const onUnknown = (name: string, value: unknown): void =>
    checkCustomProperty({ name, value, known: compiled.properties }, report);
  checkProperties(extension, compiled, { report, onUnknown });
}

function checkIdentified(key: string, extension: JsonObject, report: Report): void {
  if (!isStixId(key)) report.add('id-form', `${quote(key)} is not the id of an extension definition`);
  const type = own(extension, 'extension_type');
  const known: readonly unknown[] = vocabularies['extension-type-enum'];
  if (type === undefined) {
    const expected = vocabularies['extension-type-enum'].join(', ');
    report.addAt(
      'extension_type',
      'extension-type',
      `an extension with an extension definition needs one of: ${expected}`,
    );
  } else if (!known.includes(type)) {
    const hint = typeof type === 'string' ? report.hint(type, vocabularies['extension-type-enum']) : '';
    report.addAt('extension_type', 'enum-value', `${quote(type)} is not in extension-type-enum.${hint}`);
  }
  for (const name of Object.keys(extension)) {
    if (!report.enter(name)) return;
    checkNestedName(name, report);
    checkUnknown(extension[name], report);
    report.leave();
  }
}

function checkCustom(custom: Extension & { readonly extension: JsonObject }, report: Report): void {
  const { key, extension, predefined, isForeign } = custom;
  // What an extension introduces may have extensions of its own, under names that its schema gives (§3.2, §7.3).
  if (!isForeign && !customName.test(key)) {
    const expected = 'lowercase letters, digits and hyphens that end with -ext';
    report.add(
      'custom-extension-name',
      `${quote(key)} is not the name of an extension: expected ${expected}`,
    );
  }
  if (Object.keys(extension).length === 0) report.add('extension-empty', 'has no property');
  checkCustomName(key, predefined, report);
  for (const name of Object.keys(extension)) {
    if (!report.enter(name)) return;
    checkNestedName(name, report);
    checkUnknown(extension[name], report);
    report.leave();
  }
}

function checkCustomName(key: string, predefined: ReadonlyMap<string, CompiledShape>, report: Report): void {
  if (report.checks('custom-extension')) {
    const hint = report.hint(key, predefined.keys());
    report.add(
      'custom-extension',
      `${quote(key)} should be identified by the id of an extension definition.${hint}`,
    );
  } else if (report.checks('custom-extension-prefix')) {
    if (!/^x-[^-].*-.+-ext$/s.test(key)) {
      report.add(
        'custom-extension-prefix',
        `${quote(key)} should be named x-, a source such as a domain, and a name`,
      );
    }
  } else if (!/^x-.+/s.test(key))
    report.add('custom-extension-prefix-lax', `${quote(key)} should begin with x-`);
}
