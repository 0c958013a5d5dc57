export * from './diameter/diameter-identity.ts';
export { diameterApplications, diameterCommands } from './diameter/registry.ts';
export { type Explanation, explain } from './explain.ts';
export { countryName } from './explaining/country-name.ts';
export * from './five-g/network-function.ts';
export * from './five-g/subscription.ts';
export * from './messaging/sms-sender.ts';
export * from './mobile/cell.ts';
export * from './mobile/imei.ts';
export * from './mobile/imsi.ts';
export * from './mobile/plmn.ts';
export * from './mobile/tadig.ts';
export * from './mobile/uicc.ts';
export * from './numbering/msisdn.ts';
export * from './numbering/number-range.ts';
export * from './observable.ts';
export * from './packet/apn.ts';
export * from './packet/domain-3gpp.ts';
export * from './packet/teid.ts';
export type { Doubt, DoubtCode, Parsed, Understood } from './parsed.ts';
export { applicationContexts } from './signalling/application-contexts.ts';
export * from './signalling/global-title.ts';
export {
  type CategorySource,
  categorySources,
  type Operation,
  type ScreeningCategory,
  screeningCategories,
} from './signalling/map-operations.ts';
export * from './signalling/operation.ts';
export * from './signalling/point-code.ts';
export { subsystems } from './signalling/subsystems.ts';
export * from './sip/passport.ts';
export * from './sip/sip-uri.ts';
export * from './stix/index.ts';
