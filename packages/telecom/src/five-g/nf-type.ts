import type { Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';

/** What a network function is: TS 29.510 §6.1.6.3.3 (NFType). `value` is as the standard writes it. */
export interface NfType extends Understood<'nf-type'> {
  readonly description: string | undefined;
}

/** Types of network functions with what they do, in our words; undefined where the name says it. */
export const nfTypes: ReadonlyMap<string, string | undefined> = new Map([
  ['NRF', 'knows which network functions there are'],
  ['UDM', 'subscriber data'],
  ['AMF', 'access and mobility'],
  ['SMF', 'sessions'],
  ['AUSF', 'authentication'],
  ['NEF', 'exposes services to others'],
  ['PCF', 'policy'],
  ['SMSF', 'short messages'],
  ['NSSF', 'selects slices'],
  ['UDR', 'stores data of UDM, PCF and NEF'],
  ['LMF', 'computes locations'],
  ['GMLC', 'answers requests for locations'],
  ['5G_EIR', 'register of devices'],
  ['SEPP', 'edge towards other networks'],
  ['UPF', 'user plane'],
  ['N3IWF', 'access over networks without 3GPP, untrusted'],
  ['AF', 'an application'],
  ['UDSF', 'stores state'],
  ['BSF', 'finds the PCF of a session'],
  ['CHF', 'charging'],
  ['NWDAF', 'analytics'],
  ['PCSCF', 'first proxy of IMS'],
  ['CBCF', 'broadcast of warnings'],
  ['HSS', 'subscriber data of 4G and IMS'],
  ['UCMF', 'capabilities of devices'],
  ['SOR_AF', 'steering of roaming'],
  ['SPAF', 'protects steering data'],
  ['MME', 'access and mobility of 4G'],
  ['SCSAS', undefined],
  ['SCEF', 'exposes services of 4G'],
  ['SCP', 'proxy between network functions'],
  ['NSSAAF', 'authentication for slices'],
  ['ICSCF', 'entry of IMS'],
  ['SCSCF', 'sessions of IMS'],
  ['DRA', 'routes Diameter'],
  ['IMS_AS', 'an application in IMS'],
  ['AANF', 'keys for applications'],
  ['5G_DDNMF', 'discovery between devices'],
  ['NSACF', 'counts who is in a slice'],
  ['MFAF', undefined],
  ['EASDF', 'finds servers at the edge'],
  ['DCCF', undefined],
  ['MB_SMF', 'sessions of multicast'],
  ['TSCTSF', undefined],
  ['ADRF', undefined],
  ['GBA_BSF', undefined],
  ['CEF', undefined],
  ['MB_UPF', 'user plane of multicast'],
  ['NSWOF', undefined],
  ['PKMF', undefined],
  ['MNPF', 'number portability'],
  ['SMS_GMSC', 'delivers short messages'],
  ['SMS_IWMSC', 'takes short messages'],
  ['MBSF', undefined],
  ['MBSTF', undefined],
  ['PANF', undefined],
  ['IP_SM_GW', 'short messages over IMS'],
  ['SMS_ROUTER', 'home routing of short messages'],
  ['DCSF', undefined],
  ['MRF', undefined],
  ['MRFP', undefined],
  ['MF', undefined],
  ['SLPKMF', undefined],
  ['RH', undefined],
]);

/** Reads `nf-type:AMF` and `AMF`, in any case and with hyphens in place of underscores. */
export function parseNfType(text: string): Parsed<NfType> {
  const written = tidy(text).replace(/^nf-?type[:=\s]\s*/i, '');
  const value = written.toUpperCase().replace(/[-\s]/g, '_');
  if (!/^[A-Z0-9](?:[A-Z0-9_]{0,28}[A-Z0-9])$/.test(value))
    return notUnderstood('The type of a network function is capital letters, digits and underscores.');
  const message = 'The standard has no such type; vendors may add their own.';
  return understood({
    kind: 'nf-type',
    raw: text,
    value,
    description: nfTypes.get(value),
    doubts: nfTypes.has(value) ? [] : [{ code: 'not-standard', message }],
  });
}
