import { isStixId, typeOfId } from '../identifier/stix-id.ts';
import { type JsonObject, ownString } from '../json/json-object.ts';
import { objectShapes } from '../model/shapes.ts';
import { commonRelationshipTypes, includesEverySco, relationshipTypes } from '../vocabulary/relationships.ts';
import { quote, type Report } from './report.ts';

function typeAt(object: JsonObject, property: string): string | undefined {
  const id = ownString(object, property);
  return id !== undefined && isStixId(id) ? typeOfId(id) : undefined;
}

/** Whether a type can have relationships that the standard does not know: it comes from an extension. */
function isForeign(type: string): boolean {
  return !objectShapes.has(type);
}

function isDefinedTarget(targets: ReadonlySet<string>, target: string): boolean {
  return targets.has(target) || (includesEverySco(targets) && objectShapes.get(target)?.class === 'sco');
}

/** A relationship type is one that is defined for its source and target (STIX 2.1 §5.1.2, §3.7, appendix B). */
export function checkRelationship(object: JsonObject, report: Report): void {
  const type = ownString(object, 'relationship_type');
  const source = typeAt(object, 'source_ref');
  const target = typeAt(object, 'target_ref');
  if (type === undefined || source === undefined || target === undefined) return;
  if (isForeign(source) || isForeign(target)) return;
  if (commonRelationshipTypes.some((common) => common === type)) {
    checkCommon(type, { source, target }, report);
    return;
  }
  const defined = relationshipTypes.get(source);
  const targets = defined?.get(type);
  if (targets === undefined) {
    const known = [...(defined?.keys() ?? []), ...commonRelationshipTypes];
    const message = `${quote(type)} is not defined for relationships from ${source}.${report.hint(type, known)}`;
    report.addAt('relationship_type', 'relationship-types', message);
  } else if (!isDefinedTarget(targets, target)) {
    const expected = [...targets].map((name) => (name === '*sco' ? 'any SCO' : name)).join(', ');
    const message = `${source} ${type} ${target} is not defined; expected as target: ${expected}`;
    report.addAt('relationship_type', 'relationship-types', message);
  }
}

function checkCommon(
  type: string,
  ends: { readonly source: string; readonly target: string },
  report: Report,
): void {
  if (type === 'related-to' || ends.source === ends.target) return;
  const message = `${type} is defined between objects of the same type, not ${ends.source} and ${ends.target}`;
  report.addAt('relationship_type', 'relationship-types', message);
}
