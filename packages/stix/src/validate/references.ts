import { isStixId, typeOfId } from '../identifier/stix-id.ts';
import type { ReferenceTarget } from '../model/check.ts';
import type { ObjectTypes } from '../model/shapes.ts';
import { article } from './article.ts';
import { quote, type Report } from './report.ts';

/** Whether an object of this type may be referred to. Types that no specification defines may be SDOs or SCOs. */
function isPermittedTarget(type: string, to: ReferenceTarget, known: ObjectTypes): boolean {
  if (to.types !== undefined) return to.types.includes(type);
  const shape = known.shapes.get(type);
  const classes = to.classes ?? [];
  if (classes.includes('any')) return type !== 'bundle';
  if (shape === undefined) return true;
  return classes.some((permitted) => permitted === shape.class);
}

/** Checks a reference (STIX 2.1 §2.9, §3.3); the report stands at it. */
export function checkReference(value: unknown, to: ReferenceTarget, report: Report): void {
  if (typeof value !== 'string') {
    if (value === null) report.add('null-value', 'is null; leave the property out instead');
    else report.add('property-type', `expected the id of ${article(to.words)}, found ${quote(value)}`);
    return;
  }
  if (report.container !== undefined) {
    checkLocalReference(value, { to, container: report.container }, report);
    return;
  }
  if (!isStixId(value)) {
    const example = to.types?.[0] ?? 'indicator';
    report.add(
      'reference-form',
      `${quote(value)} is not an id such as "${example}--" and a UUID of RFC 4122`,
    );
    return;
  }
  const type = typeOfId(value);
  if (!isPermittedTarget(type, to, report.types)) {
    report.add('reference-type', `refers to ${article(type)}, expected ${article(to.words)}`);
  }
}

function checkLocalReference(
  key: string,
  scope: { readonly to: ReferenceTarget; readonly container: ReadonlyMap<string, string | undefined> },
  report: Report,
): void {
  if (!scope.container.has(key)) {
    report.add('container-reference', `${quote(key)} is not a key of this container`);
    return;
  }
  const type = scope.container.get(key);
  if (type !== undefined && !isPermittedTarget(type, scope.to, report.types)) {
    report.add('container-reference', `refers to ${article(type)}, expected ${article(scope.to.words)}`);
  }
}
