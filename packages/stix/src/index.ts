export { CanonicalJsonError, canonicalize } from './identifier/canonical-json.ts';
export { contributingProperties, deterministicId } from './identifier/deterministic-id.ts';
export {
  isStixId,
  isTypeName,
  isUuid,
  makeStixId,
  type ParsedStixId,
  parseStixId,
  type StixId,
  typeOfId,
  uuidVersionOfId,
} from './identifier/stix-id.ts';
export { stixNamespace, uuidV5 } from './identifier/uuid.ts';
export {
  type BundleText,
  type BundleTextError,
  type BundleTextLimits,
  type BundleTextResult,
  type ObjectText,
  placeInText,
  readBundleText,
} from './json/bundle-text.ts';
export { flawPlace } from './json/flaw-place.ts';
export { isJsonObject, type JsonObject } from './json/json-object.ts';
export {
  effectiveMarking,
  type MarkingOptions,
  type MarkingResolver,
  markingRefs,
  tlpLevelOfDefinition,
} from './marking/effective-marking.ts';
export {
  compareTlp,
  isTlpLevel,
  strictestTlp,
  type TlpLevel,
  tlp1AsTlp2,
  tlp1Markings,
  tlp2Extension,
  tlp2Markings,
  tlpLevelOfMarking,
  tlpLevels,
  tlpMarkingId,
} from './marking/tlp.ts';
export type {
  Check,
  Constraint,
  ExtensionDefinitionId,
  ExtensionShape,
  ObjectClass,
  ObjectShape,
  ReferenceTarget,
  Shape,
  ValueForm,
} from './model/check.ts';
export { observableProperties } from './model/common.ts';
export type * from './model/objects.ts';
export { extendTypes, type ObjectTypes, objectShapes, standardTypes } from './model/shapes.ts';
export type { ExtensionContent, Hashes, JsonValue, ObjectOf, OpenTerm } from './model/value.ts';
export { closestName } from './pattern/closest-name.ts';
export * from './pattern/index.ts';
export {
  compareTimestamps,
  formatTimestamp,
  isTimestamp,
  type Microseconds,
  type ParsedTimestamp,
  parseTimestamp,
  type StixTimestamp,
  timestampDigits,
  toMicroseconds,
} from './timestamp.ts';
export { objectClass } from './validate/object-class.ts';
export type { Finding, ObjectResult, ValidationOptions } from './validate/report.ts';
export { isRuleId, type Rule, type RuleId, type RuleLevel, ruleIds, rules } from './validate/rules.ts';
export { type BundleResult, validateBundle } from './validate/validate-bundle.ts';
export { validateObject } from './validate/validate-object.ts';
export { countryCodes } from './vocabulary/countries.ts';
export * from './vocabulary/vocabularies.ts';
