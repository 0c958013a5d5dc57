import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';
import type { KnownNetwork } from './plmn.ts';
import { countriesOf, networkAtStart, networkDoubts } from './plmn.ts';

/** A subscription: ITU-T E.212, TS 23.003 §2.2. */
export interface Imsi extends Understood<'imsi'> {
  readonly mcc: string;
  /** Undefined where no known network tells how long the MNC is. */
  readonly mnc: string | undefined;
  readonly network: KnownNetwork | undefined;
}

/** Reads 6 to 15 digits. */
export function parseImsi(text: string): Parsed<Imsi> {
  const digits = tidy(text)
    .replace(/^imsi[-:]?/i, '')
    .replace(/[\s-]/g, '');
  if (!/^\d{6,15}$/.test(digits)) return notUnderstood('An IMSI is 6 to 15 digits, usually 15.');
  const mcc = digits.slice(0, 3);
  const network = networkAtStart(digits);
  const doubts: Doubt[] = [];
  if (network === undefined) doubts.push(...unknownNetwork(mcc));
  else doubts.push(...networkDoubts(network.mcc, network.mnc));
  if (digits.length < 14)
    doubts.push({
      code: 'not-standard',
      message: `It has ${digits.length} digits; IMSIs in use have 14 or 15.`,
    });
  doubts.push({ code: 'identifies-a-person', message: 'An IMSI identifies a subscriber.' });
  return understood({ kind: 'imsi', raw: text, value: digits, mcc, mnc: network?.mnc, network, doubts });
}

function unknownNetwork(mcc: string): readonly Doubt[] {
  if (mcc === '001' || mcc === '999') return networkDoubts(mcc, '');
  const message =
    countriesOf(mcc).size === 0
      ? `No country has MCC ${mcc}.`
      : 'No network with the digits behind the MCC is known.';
  return [{ code: 'not-assigned', message }];
}
