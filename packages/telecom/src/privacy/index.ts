export { type ConcealedIdentifier, conceal } from './conceal.ts';
export { concealObject, concealObjects } from './conceal-objects.ts';
export { concealPattern, type WrittenPattern } from './conceal-pattern.ts';
export type { ConcealedObjects, LeftOut, Replaced } from './concealed-objects.ts';
export { type Generalised, generalise } from './generalise.ts';
export { generalisePattern } from './generalise-pattern.ts';
export { GroupKey, type GroupKeyParts, isKeyId, leastKeyBytes } from './group-key.ts';
export {
  addKey,
  type KeyRing,
  keysToMatch,
  keyToConceal,
  type TimeSpan,
} from './key-ring.ts';
export { parseKeyRing, printKeyRing } from './key-ring-file.ts';
export { concealedForms, concealedValues } from './match-concealed.ts';
export { type PersonalPlace, personalData } from './personal-data.ts';
export {
  type PersonalIdentifier,
  type PersonalKind,
  personalIdentifier,
  personalKindTitles,
} from './personal-identifier.ts';
export { createReadingBudget, type ReadingBudget } from './reading-budget.ts';
export type { Concealment } from './replacement-object.ts';
