/** What a screening category says of an operation that comes from another network; see `screeningCategories`. */
export type ScreeningCategory = 1 | 2 | 3;

/** Who puts an operation into a category. None of these is the list of GSMA FS.11, which is for members only. */
export type CategorySource = 'sigfw' | 'p1-2017';

/** One operation of a protocol. */
export interface Operation {
  readonly code: number;
  /** As the ASN.1 of the standard spells it; undefined for codes that a source screens and the standard does not name. */
  readonly name: string | undefined;
  /** No longer in the present standard; seen in old networks and in reports. */
  readonly legacy?: true;
  readonly categories?: Readonly<Partial<Record<CategorySource, ScreeningCategory>>>;
}

/** What the categories mean: published in the white paper of P1 Security, 2017, §4.3. */
export const screeningCategories: Readonly<Record<ScreeningCategory, string>> = {
  1: 'must not come from other networks',
  2: 'may come from the home network of a subscriber who roams here, for that subscriber only',
  3: 'may come from the network where an own subscriber roams; check that the place is plausible',
};

/** Where the categories were read. */
export const categorySources: Readonly<Record<CategorySource, string>> = {
  sigfw: 'default configuration of SigFW (P1 Security)',
  'p1-2017': 'white paper of P1 Security, Black Hat 2017, figure 4.3',
};

/** All sources, in the order in which they are shown. */
export const categorySourceNames = ['sigfw', 'p1-2017'] as const satisfies readonly CategorySource[];

/** MAP operations: 3GPP TS 29.002 §17.5, with those of earlier releases. */
export const mapOperations: readonly Operation[] = [
  { code: 2, name: 'updateLocation', categories: { 'p1-2017': 3 } },
  { code: 3, name: 'cancelLocation', categories: { sigfw: 2, 'p1-2017': 2 } },
  { code: 4, name: 'provideRoamingNumber', categories: { sigfw: 2, 'p1-2017': 2 } },
  { code: 5, name: 'noteSubscriberDataModified', categories: { sigfw: 1, 'p1-2017': 1 } },
  { code: 6, name: 'resumeCallHandling', categories: { sigfw: 1, 'p1-2017': 1 } },
  { code: 7, name: 'insertSubscriberData', categories: { sigfw: 2, 'p1-2017': 2 } },
  { code: 8, name: 'deleteSubscriberData', categories: { sigfw: 2, 'p1-2017': 2 } },
  { code: 9, name: 'sendParameters', legacy: true, categories: { sigfw: 1 } },
  { code: 10, name: 'registerSS', categories: { 'p1-2017': 3 } },
  { code: 11, name: 'eraseSS', categories: { 'p1-2017': 3 } },
  { code: 12, name: 'activateSS', categories: { 'p1-2017': 3 } },
  { code: 13, name: 'deactivateSS', categories: { 'p1-2017': 3 } },
  { code: 14, name: 'interrogateSS', categories: { 'p1-2017': 3 } },
  { code: 15, name: 'authenticationFailureReport', categories: { 'p1-2017': 3 } },
  { code: 16, name: undefined, categories: { sigfw: 1, 'p1-2017': 1 } },
  { code: 17, name: 'registerPassword', categories: { 'p1-2017': 3 } },
  { code: 18, name: 'getPassword', categories: { 'p1-2017': 2 } },
  { code: 19, name: 'processUnstructuredSS_Data', legacy: true, categories: { 'p1-2017': 3 } },
  { code: 20, name: 'releaseResources', categories: { sigfw: 1, 'p1-2017': 1 } },
  { code: 21, name: 'mt-ForwardSM-VGCS', categories: { sigfw: 1, 'p1-2017': 1 } },
  { code: 22, name: 'sendRoutingInfo', categories: { sigfw: 1, 'p1-2017': 1 } },
  { code: 23, name: 'updateGprsLocation', categories: { 'p1-2017': 3 } },
  { code: 24, name: 'sendRoutingInfoForGprs', categories: { sigfw: 1, 'p1-2017': 1 } },
  { code: 25, name: 'failureReport', categories: { sigfw: 1, 'p1-2017': 1 } },
  { code: 26, name: 'noteMsPresentForGprs', categories: { sigfw: 1, 'p1-2017': 1 } },
  { code: 27, name: undefined, categories: { sigfw: 1, 'p1-2017': 1 } },
  { code: 28, name: 'performHandover', legacy: true, categories: { sigfw: 1, 'p1-2017': 1 } },
  { code: 29, name: 'sendEndSignal', categories: { sigfw: 1, 'p1-2017': 1 } },
  { code: 30, name: 'performSubsequentHandover', legacy: true, categories: { sigfw: 1 } },
  { code: 31, name: 'provideSIWFSNumber', legacy: true, categories: { sigfw: 1 } },
  { code: 32, name: 'siwfs_SignallingModify', legacy: true, categories: { sigfw: 1 } },
  { code: 33, name: 'processAccessSignalling', categories: { sigfw: 1 } },
  { code: 34, name: 'forwardAccessSignalling', categories: { sigfw: 1 } },
  { code: 35, name: 'noteInternalHandover', legacy: true, categories: { sigfw: 1 } },
  { code: 36, name: 'cancelVcsgLocation' },
  { code: 37, name: 'reset' },
  { code: 38, name: 'forwardCheckSS-Indication' },
  { code: 39, name: 'prepareGroupCall', categories: { sigfw: 1 } },
  { code: 40, name: 'sendGroupCallEndSignal', categories: { sigfw: 1 } },
  { code: 41, name: 'processGroupCallSignalling', categories: { sigfw: 1 } },
  { code: 42, name: 'forwardGroupCallSignalling', categories: { sigfw: 1 } },
  { code: 43, name: 'checkIMEI', categories: { sigfw: 1 } },
  { code: 44, name: 'mt-ForwardSM' },
  { code: 45, name: 'sendRoutingInfoForSM' },
  { code: 46, name: 'mo-ForwardSM' },
  { code: 47, name: 'reportSM-DeliveryStatus' },
  { code: 48, name: 'noteSubscriberPresent', legacy: true },
  { code: 49, name: 'alertServiceCentreWithoutResult', legacy: true },
  { code: 50, name: 'activateTraceMode', categories: { sigfw: 1 } },
  { code: 51, name: 'deactivateTraceMode', categories: { sigfw: 1 } },
  { code: 52, name: 'traceSubscriberActivity', legacy: true, categories: { sigfw: 1 } },
  { code: 53, name: 'updateVcsgLocation' },
  { code: 54, name: 'beginSubscriberActivity', legacy: true },
  { code: 55, name: 'sendIdentification', categories: { sigfw: 1 } },
  { code: 56, name: 'sendAuthenticationInfo' },
  { code: 57, name: 'restoreData' },
  { code: 58, name: 'sendIMSI', categories: { sigfw: 1 } },
  { code: 59, name: 'processUnstructuredSS-Request' },
  { code: 60, name: 'unstructuredSS-Request' },
  { code: 61, name: 'unstructuredSS-Notify' },
  { code: 62, name: 'anyTimeSubscriptionInterrogation', categories: { sigfw: 1 } },
  { code: 63, name: 'informServiceCentre' },
  { code: 64, name: 'alertServiceCentre' },
  { code: 65, name: 'anyTimeModification', categories: { sigfw: 1 } },
  { code: 66, name: 'readyForSM' },
  { code: 67, name: 'purgeMS' },
  { code: 68, name: 'prepareHandover', categories: { sigfw: 1 } },
  { code: 69, name: 'prepareSubsequentHandover', categories: { sigfw: 1 } },
  { code: 70, name: 'provideSubscriberInfo', categories: { sigfw: 2 } },
  { code: 71, name: 'anyTimeInterrogation', categories: { sigfw: 1 } },
  { code: 72, name: 'ss-InvocationNotification', categories: { sigfw: 1 } },
  { code: 73, name: 'setReportingState' },
  { code: 74, name: 'statusReport' },
  { code: 75, name: 'remoteUserFree' },
  { code: 76, name: 'registerCC-Entry', categories: { sigfw: 1 } },
  { code: 77, name: 'eraseCC-Entry', categories: { sigfw: 1 } },
  { code: 78, name: undefined, categories: { sigfw: 1 } },
  { code: 79, name: undefined, categories: { sigfw: 1 } },
  { code: 80, name: undefined, categories: { sigfw: 1 } },
  { code: 81, name: undefined, categories: { sigfw: 1 } },
  { code: 82, name: undefined, categories: { sigfw: 1 } },
  { code: 83, name: 'provideSubscriberLocation', categories: { sigfw: 1 } },
  { code: 84, name: 'sendGroupCallInfo', categories: { sigfw: 1 } },
  { code: 85, name: 'sendRoutingInfoForLCS', categories: { sigfw: 1 } },
  { code: 86, name: 'subscriberLocationReport', categories: { sigfw: 1 } },
  { code: 87, name: 'ist-Alert' },
  { code: 88, name: 'ist-Command' },
  { code: 89, name: 'noteMM-Event' },
  // SigFW screens these as well; the standard names none of them.
  ...Array.from(
    { length: 18 },
    (_, index): Operation => ({ code: 109 + index, name: undefined, categories: { sigfw: 1 } }),
  ),
];
