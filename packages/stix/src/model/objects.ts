import type { StixId } from '../identifier/stix-id.ts';
import type { externalReference, granularMarking, killChainPhase } from './common.ts';
import type * as domain from './domain.ts';
import type * as meta from './meta.ts';
import type * as observable from './observable.ts';
import type * as extension from './observable-extensions.ts';
import type { JsonValue, ObjectOf, PropertiesOf } from './value.ts';

/** STIX 2.1 §4.1. */
export type AttackPattern = ObjectOf<typeof domain.attackPattern>;

/** STIX 2.1 §4.2. */
export type Campaign = ObjectOf<typeof domain.campaign>;

/** STIX 2.1 §4.3. */
export type CourseOfAction = ObjectOf<typeof domain.courseOfAction>;

/** STIX 2.1 §4.4. */
export type Grouping = ObjectOf<typeof domain.grouping>;

/** STIX 2.1 §4.5. */
export type Identity = ObjectOf<typeof domain.identity>;

/** STIX 2.1 §4.6. */
export type Incident = ObjectOf<typeof domain.incident>;

/** STIX 2.1 §4.7. */
export type Indicator = ObjectOf<typeof domain.indicator>;

/** STIX 2.1 §4.8. */
export type Infrastructure = ObjectOf<typeof domain.infrastructure>;

/** STIX 2.1 §4.9. */
export type IntrusionSet = ObjectOf<typeof domain.intrusionSet>;

/** STIX 2.1 §4.10. */
export type Location = ObjectOf<typeof domain.location>;

/** STIX 2.1 §4.11. */
export type Malware = ObjectOf<typeof domain.malware>;

/** STIX 2.1 §4.12. */
export type MalwareAnalysis = ObjectOf<typeof domain.malwareAnalysis>;

/** STIX 2.1 §4.13. */
export type Note = ObjectOf<typeof domain.note>;

/** STIX 2.1 §4.14. */
export type ObservedData = ObjectOf<typeof domain.observedData>;

/** STIX 2.1 §4.15. */
export type Opinion = ObjectOf<typeof domain.opinion>;

/** STIX 2.1 §4.16. */
export type Report = ObjectOf<typeof domain.report>;

/** STIX 2.1 §4.17. */
export type ThreatActor = ObjectOf<typeof domain.threatActor>;

/** STIX 2.1 §4.18. */
export type Tool = ObjectOf<typeof domain.tool>;

/** STIX 2.1 §4.19. */
export type Vulnerability = ObjectOf<typeof domain.vulnerability>;

/** STIX 2.1 §5.1. */
export type Relationship = ObjectOf<typeof domain.relationship>;

/** STIX 2.1 §5.2. */
export type Sighting = ObjectOf<typeof domain.sighting>;

/** STIX 2.1 §6.1. */
export type Artifact = ObjectOf<typeof observable.artifact>;

/** STIX 2.1 §6.2. */
export type AutonomousSystem = ObjectOf<typeof observable.autonomousSystem>;

/** STIX 2.1 §6.3. */
export type Directory = ObjectOf<typeof observable.directory>;

/** STIX 2.1 §6.4. */
export type DomainName = ObjectOf<typeof observable.domainName>;

/** STIX 2.1 §6.5. */
export type EmailAddress = ObjectOf<typeof observable.emailAddress>;

/** STIX 2.1 §6.6. */
export type EmailMessage = ObjectOf<typeof observable.emailMessage>;

/** STIX 2.1 §6.7. */
export type File = ObjectOf<typeof observable.file>;

/** STIX 2.1 §6.8. */
export type Ipv4Address = ObjectOf<typeof observable.ipv4Address>;

/** STIX 2.1 §6.9. */
export type Ipv6Address = ObjectOf<typeof observable.ipv6Address>;

/** STIX 2.1 §6.10. */
export type MacAddress = ObjectOf<typeof observable.macAddress>;

/** STIX 2.1 §6.11. */
export type Mutex = ObjectOf<typeof observable.mutex>;

/** STIX 2.1 §6.12. */
export type NetworkTraffic = ObjectOf<typeof observable.networkTraffic>;

/** STIX 2.1 §6.13. */
export type Process = ObjectOf<typeof observable.process>;

/** STIX 2.1 §6.14. */
export type Software = ObjectOf<typeof observable.software>;

/** STIX 2.1 §6.15. */
export type Url = ObjectOf<typeof observable.url>;

/** STIX 2.1 §6.16. */
export type UserAccount = ObjectOf<typeof observable.userAccount>;

/** STIX 2.1 §6.17. */
export type WindowsRegistryKey = ObjectOf<typeof observable.windowsRegistryKey>;

/** STIX 2.1 §6.18. */
export type X509Certificate = ObjectOf<typeof observable.x509Certificate>;

/** STIX 2.1 §7.1. */
export type LanguageContent = ObjectOf<typeof meta.languageContent>;

/** STIX 2.1 §7.2.1. */
export type MarkingDefinition = ObjectOf<typeof meta.markingDefinition>;

/** STIX 2.1 §7.3. */
export type ExtensionDefinition = ObjectOf<typeof meta.extensionDefinition>;

/** STIX 2.1 §6.7.2. */
export type ArchiveExtension = PropertiesOf<(typeof extension.archiveExt)['properties']>;

/** STIX 2.1 §6.7.3. */
export type NtfsExtension = PropertiesOf<(typeof extension.ntfsExt)['properties']>;

/** STIX 2.1 §6.7.4. */
export type PdfExtension = PropertiesOf<(typeof extension.pdfExt)['properties']>;

/** STIX 2.1 §6.7.5. */
export type RasterImageExtension = PropertiesOf<(typeof extension.rasterImageExt)['properties']>;

/** STIX 2.1 §6.7.6. */
export type WindowsPeBinaryExtension = PropertiesOf<(typeof extension.windowsPebinaryExt)['properties']>;

/** STIX 2.1 §6.12.2. */
export type HttpRequestExtension = PropertiesOf<(typeof extension.httpRequestExt)['properties']>;

/** STIX 2.1 §6.12.3. */
export type IcmpExtension = PropertiesOf<(typeof extension.icmpExt)['properties']>;

/** STIX 2.1 §6.12.4. */
export type NetworkSocketExtension = PropertiesOf<(typeof extension.socketExt)['properties']>;

/** STIX 2.1 §6.12.5. */
export type TcpExtension = PropertiesOf<(typeof extension.tcpExt)['properties']>;

/** STIX 2.1 §6.13.2. */
export type WindowsProcessExtension = PropertiesOf<(typeof extension.windowsProcessExt)['properties']>;

/** STIX 2.1 §6.13.3. */
export type WindowsServiceExtension = PropertiesOf<(typeof extension.windowsServiceExt)['properties']>;

/** STIX 2.1 §6.16.2. */
export type UnixAccountExtension = PropertiesOf<(typeof extension.unixAccountExt)['properties']>;

/** STIX 2.1 §2.5. */
export type ExternalReference = PropertiesOf<(typeof externalReference)['properties']>;

/** STIX 2.1 §2.11. */
export type KillChainPhase = PropertiesOf<(typeof killChainPhase)['properties']>;

/** STIX 2.1 §7.2.3.1. */
export type GranularMarking = PropertiesOf<(typeof granularMarking)['properties']>;

/** Any of the 19 SDOs (STIX 2.1 §4). */
export type DomainObject =
  | AttackPattern
  | Campaign
  | CourseOfAction
  | Grouping
  | Identity
  | Incident
  | Indicator
  | Infrastructure
  | IntrusionSet
  | Location
  | Malware
  | MalwareAnalysis
  | Note
  | ObservedData
  | Opinion
  | Report
  | ThreatActor
  | Tool
  | Vulnerability;

/** Either of the SROs (STIX 2.1 §5). */
export type RelationshipObject = Relationship | Sighting;

/** Any of the 18 SCOs (STIX 2.1 §6). */
export type ObservableObject =
  | Artifact
  | AutonomousSystem
  | Directory
  | DomainName
  | EmailAddress
  | EmailMessage
  | File
  | Ipv4Address
  | Ipv6Address
  | MacAddress
  | Mutex
  | NetworkTraffic
  | Process
  | Software
  | Url
  | UserAccount
  | WindowsRegistryKey
  | X509Certificate;

/** Any meta object (STIX 2.1 §7). */
export type MetaObject = LanguageContent | MarkingDefinition | ExtensionDefinition;

/** An object of a type that STIX 2.1 does not define: from an extension (§7.3), or custom (§11.2). */
export interface ForeignObject {
  readonly type: string;
  readonly id: StixId;
  readonly [property: string]: JsonValue;
}

/** Any STIX object that the standard defines. */
export type StixObject = DomainObject | RelationshipObject | ObservableObject | MetaObject;

/** STIX 2.1 §8. */
export interface Bundle {
  readonly type: 'bundle';
  readonly id: StixId;
  readonly objects?: readonly (StixObject | ForeignObject)[];
}
