import type { KnownNetwork } from '../mobile/plmn.ts';
import { findNetwork, networkDoubts } from '../mobile/plmn.ts';
import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';

/** A name below `3gppnetwork.org`: TS 23.003 §14, §19.2, §28.2. */
export interface Domain3gpp extends Understood<'3gpp-domain'> {
  /** `mcc-mnc`, the MNC as long as the network's is. */
  readonly plmn: string;
  readonly network: KnownNetwork | undefined;
  /** What stands before `mnc…`: `epc`, `ims`, `5gc`, `nrf.5gc`, … */
  readonly subdomain: string;
  /** Whether it is of the part that the public DNS knows (`pub.3gppnetwork.org`). */
  readonly isPublic: boolean;
}

const form =
  /^((?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.){0,40})mnc(\d{3})\.mcc(\d{3})\.(pub\.)?3gppnetwork\.org$/;

/** Reads `epc.mnc001.mcc206.3gppnetwork.org`, in any case and with or without a dot at its end. */
export function parseDomain3gpp(text: string): Parsed<Domain3gpp> {
  const name = tidy(text).toLowerCase().replace(/\.$/, '');
  const found = name.length > 253 ? null : form.exec(name);
  if (found === null)
    return notUnderstood('A 3GPP domain name ends with mnc<3 digits>.mcc<3 digits>.3gppnetwork.org.');
  const [, before = '', padded = '', mcc = '', pub] = found;
  const { mnc, network, doubts } = networkOfPadded(mcc, padded);
  return understood({
    kind: '3gpp-domain',
    raw: text,
    value: name,
    plmn: `${mcc}-${mnc}`,
    network,
    subdomain: before.slice(0, -1),
    isPublic: pub !== undefined,
    doubts,
  });
}

/**
 * The network that a name means in which every MNC has three digits: `mnc001` can be 01 or 001. The one that exists is it; where
 * both or none do, that is a doubt.
 */
export function networkOfPadded(mcc: string, padded: string) {
  const long = findNetwork(mcc, padded);
  const short = padded.startsWith('0') ? findNetwork(mcc, padded.slice(1)) : undefined;
  const network = short ?? long;
  const mnc = network?.mnc ?? (padded.startsWith('0') ? padded.slice(1) : padded);
  const doubts: Doubt[] = [...networkDoubts(mcc, mnc)];
  if (short !== undefined && long !== undefined)
    doubts.push({
      code: 'ambiguous',
      message: `It can be ${mcc}-${short.mnc} or ${mcc}-${long.mnc}: both exist.`,
    });
  return { mnc, network, doubts };
}
