import type { JsonObject } from '../json/json-object.ts';
import { checkAttackPattern, checkExternalReference, checkVulnerability } from './external-reference-rule.ts';
import { checkExtensionDefinition, checkMarkingDefinition } from './meta-rules.ts';
import {
  checkEmailMessage,
  checkFile,
  checkMalware,
  checkNetworkTraffic,
  checkObservedData,
} from './observable-rules.ts';
import { checkIndicator } from './pattern-rule.ts';
import { checkRelationship } from './relationship-rule.ts';
import type { Report } from './report.ts';

/** Rules about one shape that its table cannot say; the report stands at the object. */
export type ShapeRule = (object: JsonObject, report: Report) => void;

/** These rules by the name of the shape. */
export const shapeRules: ReadonlyMap<string, ShapeRule> = new Map([
  ['attack-pattern', checkAttackPattern],
  ['email-message', checkEmailMessage],
  ['extension-definition', checkExtensionDefinition],
  ['external-reference', checkExternalReference],
  ['file', checkFile],
  ['granular-marking', checkGranularMarking],
  ['indicator', checkIndicator],
  ['malware', checkMalware],
  ['marking-definition', checkMarkingDefinition],
  ['network-traffic', checkNetworkTraffic],
  ['observed-data', checkObservedData],
  ['relationship', checkRelationship],
  ['vulnerability', checkVulnerability],
]);

/** A granular marking has either a language or a marking (STIX 2.1 §7.2.3). */
function checkGranularMarking(object: JsonObject, report: Report): void {
  const lang = Object.hasOwn(object, 'lang');
  const marking = Object.hasOwn(object, 'marking_ref');
  if (lang !== marking) return;
  report.add(
    'granular-marking-choice',
    lang ? 'has both lang and marking_ref' : 'needs either lang or marking_ref',
  );
}
