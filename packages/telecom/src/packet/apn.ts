import type { KnownNetwork } from '../mobile/plmn.ts';
import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';
import { networkOfPadded } from './domain-3gpp.ts';

/** The name of a network behind a mobile network, APN or DNN: TS 23.003 §9, §9A. */
export interface Apn extends Understood<'apn'> {
  /** The part that the operator chooses. */
  readonly networkId: string;
  /** `mcc-mnc` of the operator identifier, where there is one. */
  readonly plmn: string | undefined;
  readonly network: KnownNetwork | undefined;
}

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Reads `internet` and `internet.mnc001.mcc206.gprs`, in any case, and the wildcard `*`. */
export function parseApn(text: string): Parsed<Apn> {
  const name = tidy(text)
    .replace(/^(?:apn|dnn)[:\s]\s*/i, '')
    .toLowerCase();
  if (name.length > 100) return notUnderstood('An APN has 100 characters at the most.');
  const [, networkId = name, padded, mcc = ''] = /^(.+)\.mnc(\d{3})\.mcc(\d{3})\.gprs$/.exec(name) ?? [];
  if (networkId !== '*' && (networkId.length > 63 || !networkId.split('.').every((part) => label.test(part))))
    return notUnderstood(
      'An APN is labels of letters, digits and hyphens with dots between them, 63 characters at the most.',
    );
  const doubts: Doubt[] = [];
  if (/^(?:rac|lac|sgsn|rnc)/.test(networkId) || networkId.endsWith('.gprs'))
    doubts.push({
      code: 'not-standard',
      message:
        'Names that begin with rac, lac, sgsn or rnc are of routing areas and nodes (TS 23.003 annex C); no APN may begin so, or end with .gprs.',
    });
  const home = padded === undefined ? undefined : networkOfPadded(mcc, padded);
  return understood({
    kind: 'apn',
    raw: text,
    value: name,
    networkId,
    plmn: home === undefined ? undefined : `${mcc}-${home.mnc}`,
    network: home?.network,
    doubts: [...doubts, ...(home?.doubts ?? [])],
  });
}
