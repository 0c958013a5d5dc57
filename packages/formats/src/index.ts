export type { YamlError } from './fight/bounded-yaml.ts';
export { type FightConversion, type FromFight, fromFight } from './fight/from-fight.ts';
export { type DecodedText, decodeText } from './from/decode-text.ts';
export { fromCsv } from './from/from-csv.ts';
export { fromPdf, fromPdfText, placeOnPage } from './from/from-pdf.ts';
export { fromStix } from './from/from-stix.ts';
export { fromText } from './from/from-text.ts';
export type { FromInput, InputAbout, InputError, ReadInput } from './from/input.ts';
export {
  guessInputFormat,
  type InputFormat,
  type InputFormatName,
  inputFormatNames,
  inputFormatOfType,
  inputFormats,
  isInputFormat,
  readInput,
} from './from/input-formats.ts';
export { isPdf, type PdfText, type ReadPdf, readPdfText } from './from/pdf-text.ts';
export { readStixText, type StixItem, type StixText } from './from/read-stix-text.ts';
export { type ListedIndicator, type ReadIndicators, readIndicators } from './indicator/read-indicator.ts';
export { type Target, type TargetKind, targetKinds } from './indicator/target.ts';
export { type PatternTargets, targetsOfPattern } from './indicator/targets-of-pattern.ts';
export type { Loss, Written, WrittenFile } from './loss.ts';
export { applyWarningLists, type Listed, type WarnedObjects } from './misp/apply-warning-lists.ts';
export { builtInWarningLists } from './misp/built-in-warning-lists.ts';
export { type FromMisp, type FromMispOptions, fromMisp, type MispConversion } from './misp/from-misp.ts';
export {
  fromMispFeed,
  type MispFeedEvent,
  type MispFeedFiles,
  type MispFeedOptions,
  type MispFeedReading,
} from './misp/from-misp-feed.ts';
export type { MispError } from './misp/misp-event.ts';
export { type MispAbout, type ToMisp, toMisp } from './misp/to-misp.ts';
export { toMispEvents } from './misp/to-misp-events.ts';
export { type MispFeedAbout, type ToMispFeed, toMispFeed } from './misp/to-misp-feed.ts';
export { readWarningList, type WarningList, type WarningListReading } from './misp/warning-list.ts';
export {
  type FromMispGalaxy,
  fromMispGalaxy,
  type GalaxyConversion,
} from './misp-galaxy/from-misp-galaxy.ts';
export type { GalaxyError } from './misp-galaxy/read-galaxy.ts';
export { type FromStix20, fromStix20, isStix20, type Stix20About } from './stix-2-0/from-stix-2-0.ts';
export { type Extraction, type ExtractOptions, extract } from './text/extract.ts';
export type { Found, FoundKind, FoundPlace, GeneralKind } from './text/found.ts';
export { refang } from './text/refang.ts';
export { writeAsterisk } from './to/asterisk.ts';
export { writeCiscoPrefixLists } from './to/cisco.ts';
export { writeCsv } from './to/csv.ts';
export { writeNftables } from './to/nftables.ts';
export type { OutputAbout } from './to/output-formats.ts';
export {
  isOutputFormat,
  type OutputFormat,
  type OutputFormatName,
  outputFormatNames,
  outputFormats,
} from './to/output-formats.ts';
export { writePlainList } from './to/plain-list.ts';
export { type RpzOptions, writeRpz } from './to/rpz.ts';
export { writeCef, writeLeef } from './to/siem.ts';
export { writeSigfwDiameter, writeSigfwSs7 } from './to/sigfw.ts';
export { writeSigma } from './to/sigma.ts';
export { writeFirewallCsv, writeFirewallJson } from './to/signalling-firewall.ts';
export { writeKamailio, writeOpensips } from './to/sip-proxy.ts';
export { type SuricataOptions, writeSuricata } from './to/suricata.ts';
export { writeYara } from './to/yara.ts';
export { writeZeekIntel } from './to/zeek-intel.ts';
