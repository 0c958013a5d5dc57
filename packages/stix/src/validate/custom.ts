import { quote, type Report } from './report.ts';
import { checkUnknown } from './unknown.ts';

const nameForm = /^[a-z][a-z0-9_]{2,249}$/;

/** Whether a name can be that of a property (STIX 2.1 §3.1, §11.1.1). */
export function isPropertyName(name: string): boolean {
  return nameForm.test(name);
}

/** Checks the name of a property that STIX 2.1 does not define; the report stands at it. */
export function checkPropertyName(name: string, report: Report): void {
  if (isPropertyName(name)) return;
  const expected = '3 to 250 lowercase letters, digits and underscores, beginning with a letter';
  report.add('property-name-form', `${quote(name)} is not a property name: ${expected}`);
}

const shortName = /^[a-z][a-z0-9_]?$/;

/**
 * Checks the name of a property in an extension that has an extension definition; the report stands at it. That names have three
 * characters is asked of the schema of the extension, which is not at hand, and the standard itself has the name `id`.
 */
export function checkNestedName(name: string, report: Report): void {
  if (shortName.test(name)) {
    report.add(
      'extension-property-short',
      `${quote(name)} is short: names of properties should have 3 characters`,
    );
  } else checkPropertyName(name, report);
}

/**
 * Checks a property that neither the table of its object nor an extension introduces (STIX 2.1 §11.1). Of the rules about its
 * name the first that is not switched off speaks: an extension makes the prefix needless.
 */
export function checkCustomProperty(
  custom: { readonly name: string; readonly value: unknown; readonly known: ReadonlyMap<string, unknown> },
  report: Report,
): void {
  const { name, known } = custom;
  checkPropertyName(name, report);
  // A name with x_ says itself that it is custom, so that no slip of the pen is looked for.
  const hint = name.startsWith('x_') ? '' : report.hint(name, known.keys());
  if (report.options.definedProperties === true) {
    report.add('unknown-property', `${quote(name)} is not a property that STIX 2.1 defines here.${hint}`);
  } else if (report.checks('custom-property')) {
    report.add(
      'custom-property',
      `${quote(name)} is not defined here and should come from an extension.${hint}`,
    );
  } else if (report.checks('custom-property-prefix')) {
    if (!/^x_[^_].*_./s.test(name)) {
      report.add(
        'custom-property-prefix',
        `${quote(name)} should be named x_, a source such as a domain, and a name`,
      );
    }
  } else if (!name.startsWith('x_') || name.length < 3) {
    report.add('custom-property-prefix-lax', `${quote(name)} should begin with x_`);
  }
  checkUnknown(custom.value, report);
}
