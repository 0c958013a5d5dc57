/** A kind of dialogue between two users of TCAP. */
export interface ApplicationContextType {
  readonly protocol: 'map' | 'cap';
  /** As the ASN.1 of the standard spells it. */
  readonly name: string;
  /** Versions that the standard or an earlier release of it defines. */
  readonly versions: readonly number[];
  /** How other lists spell it. */
  readonly alias?: string;
}

const map = (name: string, versions: readonly number[], alias?: string): ApplicationContextType =>
  alias === undefined ? { protocol: 'map', name, versions } : { protocol: 'map', name, versions, alias };

/**
 * MAP application contexts by their number: the object identifier is `0.4.0.0.1.0.<number>.<version>`. 3GPP TS 29.002 §17.3, module
 * MAP-ApplicationContexts, with the versions that it reserves for earlier releases.
 */
export const mapApplicationContexts: ReadonlyMap<number, ApplicationContextType> = new Map([
  [1, map('networkLocUp', [1, 2, 3])],
  [2, map('locationCancel', [1, 2, 3], 'locationCancellation')],
  [3, map('roamingNbEnquiry', [1, 2, 3], 'roamingNumberEnquiry')],
  [4, map('istAlerting', [3])],
  [5, map('locInfoRetrieval', [1, 2, 3], 'locationInfoRetrieval')],
  [6, map('callControlTransfer', [3, 4])],
  [7, map('reporting', [3])],
  [8, map('callCompletion', [3])],
  [9, map('immediateTermination', [3], 'serviceTermination')],
  [10, map('reset', [1, 2, 3])],
  [11, map('handoverControl', [1, 2, 3])],
  [12, map('sIWFSAllocation', [3])],
  [13, map('equipmentMngt', [1, 2, 3])],
  [14, map('infoRetrieval', [1, 2, 3])],
  [15, map('interVlrInfoRetrieval', [2, 3])],
  [16, map('subscriberDataMngt', [1, 2, 3])],
  [17, map('tracing', [1, 2, 3])],
  [18, map('networkFunctionalSs', [1, 2])],
  [19, map('networkUnstructuredSs', [2])],
  [20, map('shortMsgGateway', [1, 2, 3])],
  [21, map('shortMsgMO-Relay', [1, 2, 3], 'shortMsgRelay')],
  [22, map('subscriberDataModificationNotification', [3])],
  [23, map('shortMsgAlert', [1, 2])],
  [24, map('mwdMngt', [1, 2, 3])],
  [25, map('shortMsgMT-Relay', [2, 3])],
  [26, map('imsiRetrieval', [2])],
  [27, map('msPurging', [2, 3])],
  [28, map('subscriberInfoEnquiry', [3])],
  [29, map('anyTimeInfoEnquiry', [3], 'anyTimeEnquiry')],
  [31, map('groupCallControl', [3])],
  [32, map('gprsLocationUpdate', [3])],
  [33, map('gprsLocationInfoRetrieval', [3, 4])],
  [34, map('failureReport', [3])],
  [35, map('gprsNotify', [3])],
  [36, map('ss-InvocationNotification', [3])],
  [37, map('locationSvcGateway', [3])],
  [38, map('locationSvcEnquiry', [3])],
  [39, map('authenticationFailureReport', [3])],
  [41, map('shortMsgMT-Relay-VGCS', [3], 'shortMsgMT-VGCS-Relay')],
  [42, map('mm-EventReporting', [3])],
  [43, map('anyTimeInfoHandling', [3])],
  [44, map('resourceManagement', [3])],
  [45, map('groupCallInfoRetrieval', [3])],
  [46, map('vcsgLocationUpdate', [3])],
  [47, map('vcsgLocationCancel', [3])],
]);

/** CAP application contexts by their whole object identifier: GSM 09.78 §6 for phases 1 and 2, 3GPP TS 29.078 §5.6 for 3 and 4. */
export const capApplicationContexts: ReadonlyMap<string, { readonly name: string; readonly phase: number }> =
  new Map([
    ['0.4.0.0.1.0.50.0', { name: 'CAP-v1-gsmSSF-to-gsmSCF', phase: 1 }],
    ['0.4.0.0.1.0.50.1', { name: 'CAP-v2-gsmSSF-to-gsmSCF', phase: 2 }],
    ['0.4.0.0.1.0.51.1', { name: 'CAP-v2-assist-gsmSSF-to-gsmSCF', phase: 2 }],
    ['0.4.0.0.1.0.52.1', { name: 'CAP-v2-gsmSRF-to-gsmSCF', phase: 2 }],
    ['0.4.0.0.1.21.3.4', { name: 'CAP-gsmSSF-scfGeneric', phase: 3 }],
    ['0.4.0.0.1.21.3.6', { name: 'CAP-gsmSSF-scfAssistHandoff', phase: 3 }],
    ['0.4.0.0.1.20.3.14', { name: 'gsmSRF-gsmSCF', phase: 3 }],
    ['0.4.0.0.1.21.3.50', { name: 'CAP-gprsSSF-gsmSCF', phase: 3 }],
    ['0.4.0.0.1.21.3.51', { name: 'CAP-gsmSCF-gprsSSF', phase: 3 }],
    ['0.4.0.0.1.21.3.61', { name: 'cap3-sms', phase: 3 }],
    ['0.4.0.0.1.23.3.4', { name: 'CAP-gsmSSF-scfGeneric', phase: 4 }],
    ['0.4.0.0.1.23.3.6', { name: 'CAP-gsmSSF-scfAssistHandoff', phase: 4 }],
    ['0.4.0.0.1.23.3.8', { name: 'CAP-scf-gsmSSFGeneric', phase: 4 }],
    ['0.4.0.0.1.22.3.14', { name: 'gsmSRF-gsmSCF', phase: 4 }],
    ['0.4.0.0.1.23.3.61', { name: 'cap4-sms', phase: 4 }],
  ]);

/** Names of the MAP application contexts by their number. */
export const applicationContexts: ReadonlyMap<number, string> = new Map(
  [...mapApplicationContexts].map(([number, { name }]) => [number, name]),
);
