export {
  telecomExtensionAuthor,
  telecomExtensionDefinitions,
  telecomExtensionVersion,
  telecomSchemaUrl,
} from './extension-definitions.ts';
export { phoneNumberExtension, telecomExtensionIds } from './extension-ids.ts';
export { observableOfSco } from './observable-of-sco.ts';
export { type TelecomSco, telecomObservable, telecomSco } from './telecom-observable.ts';
export * from './telecom-shapes.ts';
export { telecomTypes } from './telecom-types.ts';
