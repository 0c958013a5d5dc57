import type { Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';
import type { KnownNetwork } from './plmn.ts';
import { findNetwork, networkDoubts } from './plmn.ts';

/** An area of 2G and 3G: location area, routing area in it, or service area in it; TS 23.003 §4.1, §4.2, §12.5. */
export interface LocationArea extends Understood<'location-area'> {
  readonly form: 'lai' | 'rai' | 'sai';
  /** `mcc-mnc` */
  readonly plmn: string;
  readonly network: KnownNetwork | undefined;
  /** Location area code, 0 to 65535. */
  readonly area: number;
  /** Routing area code (0 to 255) or service area code (0 to 65535); undefined for a location area. */
  readonly part: number | undefined;
}

/** Reads `lai:206-01-1234`, `rai:206-01-1234-5` and `sai:206-01-1234-5`, all in decimal. */
export function parseLocationArea(text: string): Parsed<LocationArea> {
  const [, word = '', mcc = '', mnc = '', lac = '', behind] =
    /^(lai|rai|sai)[:=\s]\s*(\d{3})[-:/](\d{2,3})[-:/](\d{1,5})(?:[-:/](\d{1,5}))?$/i.exec(tidy(text)) ?? [];
  const form = word.toLowerCase();
  if ((form !== 'lai' && form !== 'rai' && form !== 'sai') || (form === 'lai') !== (behind === undefined))
    return notUnderstood(
      'An area is lai:mcc-mnc-lac, rai:mcc-mnc-lac-rac or sai:mcc-mnc-lac-sac, in decimal.',
    );
  const area = Number(lac);
  const part = behind === undefined ? undefined : Number(behind);
  if (area > 65_535 || (part ?? 0) > (form === 'rai' ? 255 : 65_535))
    return notUnderstood('Areas are 65535 at the most, routing areas in them 255.');
  return understood({
    kind: 'location-area',
    raw: text,
    value: `${form}:${[mcc, mnc, area, part].filter((each) => each !== undefined).join('-')}`,
    form,
    plmn: `${mcc}-${mnc}`,
    network: findNetwork(mcc, mnc),
    area,
    part,
    doubts: networkDoubts(mcc, mnc),
  });
}
