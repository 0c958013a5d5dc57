export {
  type DiameterApplication,
  type DiameterCommand,
  parseDiameterApplication,
  parseDiameterCommand,
} from './diameter/diameter-code.ts';
export * from './diameter/diameter-identity.ts';
export {
  type DiameterCommandType,
  diameterApplications,
  diameterCommands,
  diameterCommandTypes,
} from './diameter/registry.ts';
export { type Explanation, explain, explainMisfit } from './explain.ts';
export { countryName } from './explaining/country-name.ts';
export * from './five-g/network-function.ts';
export * from './five-g/nf-type.ts';
export * from './five-g/standalone-network.ts';
export * from './five-g/subscription.ts';
export * from './internet/autonomous-system.ts';
export * from './messaging/sms-sender.ts';
export * from './mobile/cell.ts';
export * from './mobile/imei.ts';
export * from './mobile/imsi.ts';
export * from './mobile/location-area.ts';
export * from './mobile/plmn.ts';
export * from './mobile/radio-cell.ts';
export * from './mobile/serving-node.ts';
export * from './mobile/tadig.ts';
export * from './mobile/temporary-identity.ts';
export * from './mobile/uicc.ts';
export { type CallingCode, callingCodeOf } from './numbering/calling-code.ts';
export * from './numbering/msisdn.ts';
export * from './numbering/national-number.ts';
export * from './numbering/number-range.ts';
export { rangeHolderOf } from './numbering/range-holder.ts';
export * from './observable.ts';
export * from './packet/apn.ts';
export * from './packet/domain-3gpp.ts';
export * from './packet/gtp-interface.ts';
export * from './packet/gtp-message.ts';
export { gtpV1Messages, gtpV2Messages } from './packet/gtp-messages.ts';
export * from './packet/teid.ts';
export type { Doubt, DoubtCode, Parsed, Understood } from './parsed.ts';
export * from './privacy/index.ts';
export type { Fields } from './records/fields.ts';
export * from './records/global-title-holding.ts';
export * from './records/gtp-tunnel.ts';
export * from './records/number-range-record.ts';
export * from './records/sim-box-suspicion.ts';
export * from './signalling/application-context.ts';
export {
  type ApplicationContextType,
  applicationContexts,
  capApplicationContexts,
  mapApplicationContexts,
} from './signalling/application-contexts.ts';
export * from './signalling/global-title.ts';
export {
  type CategorySource,
  categorySources,
  type Operation,
  type ScreeningCategory,
  screeningCategories,
} from './signalling/map-operations.ts';
export * from './signalling/mobile-global-title.ts';
export * from './signalling/network-indicator.ts';
export * from './signalling/operation.ts';
export * from './signalling/point-code.ts';
export { signallingAreaCountry } from './signalling/signalling-areas.ts';
export * from './signalling/subsystem.ts';
export { subsystems } from './signalling/subsystems.ts';
export * from './sip/call-id.ts';
export * from './sip/passport.ts';
export * from './sip/sip-uri.ts';
export * from './sip/user-agent.ts';
export * from './stix/index.ts';
export { attackPatternId } from './techniques/attack-patterns.ts';
export { type TechniqueNumber, techniqueFacts } from './techniques/explain-technique.ts';
export { fightCampaigns, fightGroups, fightSoftware, type NamedEntry } from './techniques/fight-actors.ts';
export { fightMitigations, type Mitigation } from './techniques/fight-mitigations.ts';
export { fightTactics } from './techniques/fight-tactics.ts';
export {
  type Framework,
  frameworkReleases,
  frameworks,
  type Tactic,
  type TechniqueStatus,
} from './techniques/framework.ts';
export { motifTactics } from './techniques/motif-techniques.ts';
export { attackNumber, type Technique, technique, techniques } from './techniques/technique.ts';
export { frameworkObjectId, frameworkRelationshipId, techniqueNamespace } from './techniques/technique-id.ts';
export {
  attackPattern,
  objectsOfTechniques,
  type TechniqueObject,
  tacticPhase,
  techniqueObjectId,
  techniqueObjects,
  techniqueReference,
} from './techniques/technique-objects.ts';
