import type { Operation } from './map-operations.ts';

/** From the service control function of the home network to the visited one. */
const fromHome = { 'p1-2017': 2 } as const;
/** From the switching function of the visited network to the home one. */
const fromVisited = { 'p1-2017': 3 } as const;

/**
 * CAMEL operations: 3GPP TS 29.078 §6 to §8. Their codes overlap those of MAP, so a code means nothing without its protocol. P1 Security's
 * paper gives the category by direction: from the home network of who roams here 2, from the network where an own subscriber roams 3; the
 * direction of each operation is the standard's.
 */
export const capOperations: readonly Operation[] = [
  { code: 0, name: 'initialDP', categories: fromVisited },
  { code: 16, name: 'assistRequestInstructions', categories: fromVisited },
  { code: 17, name: 'establishTemporaryConnection', categories: fromHome },
  { code: 18, name: 'disconnectForwardConnection', categories: fromHome },
  { code: 19, name: 'connectToResource', categories: fromHome },
  { code: 20, name: 'connect', categories: fromHome },
  { code: 22, name: 'releaseCall', categories: fromHome },
  { code: 23, name: 'requestReportBCSMEvent', categories: fromHome },
  { code: 24, name: 'eventReportBCSM', categories: fromVisited },
  { code: 27, name: 'collectInformation', categories: fromHome },
  { code: 31, name: 'continue', categories: fromHome },
  { code: 32, name: 'initiateCallAttempt', categories: fromHome },
  { code: 33, name: 'resetTimer', categories: fromHome },
  { code: 34, name: 'furnishChargingInformation', categories: fromHome },
  { code: 35, name: 'applyCharging', categories: fromHome },
  { code: 36, name: 'applyChargingReport', categories: fromVisited },
  { code: 41, name: 'callGap', categories: fromHome },
  { code: 44, name: 'callInformationReport', categories: fromVisited },
  { code: 45, name: 'callInformationRequest', categories: fromHome },
  { code: 46, name: 'sendChargingInformation', categories: fromHome },
  { code: 47, name: 'playAnnouncement', categories: fromHome },
  { code: 48, name: 'promptAndCollectUserInformation', categories: fromHome },
  { code: 49, name: 'specializedResourceReport', categories: fromVisited },
  { code: 53, name: 'cancel', categories: fromHome },
  { code: 55, name: 'activityTest', categories: fromHome },
  { code: 60, name: 'initialDPSMS', categories: fromVisited },
  { code: 61, name: 'furnishChargingInformationSMS', categories: fromHome },
  { code: 62, name: 'connectSMS', categories: fromHome },
  { code: 63, name: 'requestReportSMSEvent', categories: fromHome },
  { code: 64, name: 'eventReportSMS', categories: fromVisited },
  { code: 65, name: 'continueSMS', categories: fromHome },
  { code: 66, name: 'releaseSMS', categories: fromHome },
  { code: 67, name: 'resetTimerSMS', categories: fromHome },
  { code: 70, name: 'activityTestGPRS', categories: fromHome },
  { code: 71, name: 'applyChargingGPRS', categories: fromHome },
  { code: 72, name: 'applyChargingReportGPRS', categories: fromVisited },
  { code: 73, name: 'cancelGPRS', categories: fromHome },
  { code: 74, name: 'connectGPRS', categories: fromHome },
  { code: 75, name: 'continueGPRS', categories: fromHome },
  { code: 76, name: 'entityReleasedGPRS', categories: fromVisited },
  { code: 77, name: 'furnishChargingInformationGPRS', categories: fromHome },
  { code: 78, name: 'initialDPGPRS', categories: fromVisited },
  { code: 79, name: 'releaseGPRS', categories: fromHome },
  { code: 80, name: 'eventReportGPRS', categories: fromVisited },
  { code: 81, name: 'requestReportGPRSEvent', categories: fromHome },
  { code: 82, name: 'resetTimerGPRS', categories: fromHome },
  { code: 83, name: 'sendChargingInformationGPRS', categories: fromHome },
  { code: 86, name: 'dFCWithArgument', categories: fromHome },
  { code: 88, name: 'continueWithArgument', categories: fromHome },
  { code: 90, name: 'disconnectLeg', categories: fromHome },
  { code: 93, name: 'moveLeg', categories: fromHome },
  { code: 95, name: 'splitLeg', categories: fromHome },
  { code: 96, name: 'entityReleased', categories: fromVisited },
  { code: 97, name: 'playTone', categories: fromHome },
];
