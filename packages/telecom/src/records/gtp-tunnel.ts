import type { GtpInterface } from '../packet/gtp-interface.ts';
import { parseGtpInterface } from '../packet/gtp-interface.ts';
import type { Teid } from '../packet/teid.ts';
import { parseTeid } from '../packet/teid.ts';
import type { Doubt, Parsed } from '../parsed.ts';
import { notUnderstood, readWholeNumber, understood } from '../parsed.ts';
import type { Fields } from './fields.ts';
import { field } from './fields.ts';

/** One end of a tunnel with what makes its TEID unique: the address, the interface and the version of GTP. */
export interface GtpTunnelEnd {
  readonly teid: Teid;
  readonly address: string;
  readonly interface: GtpInterface | undefined;
  readonly version: 0 | 1 | 2 | undefined;
  readonly doubts: readonly Doubt[];
}

/** An address of IPv4 or IPv6 as far as its form goes. */
const address = /^(?:(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}|(?=.*:)[0-9a-f:]{2,39})$/i;

/** Reads `teid`, `ip`, `interface` and `version`; both of the last may be missing. */
export function readGtpTunnelEnd(fields: Fields): Parsed<GtpTunnelEnd> {
  const teid = parseTeid(field(fields, 'teid') ?? '');
  if (!teid.ok) return teid;
  const ip = field(fields, 'ip', 'address')?.toLowerCase() ?? '';
  if (!address.test(ip)) return notUnderstood('A tunnel ends at an address of IPv4 or IPv6.');
  const named = field(fields, 'interface');
  const at = named === undefined ? undefined : parseGtpInterface(named);
  if (at?.ok === false) return at;
  const written = field(fields, 'version')?.replace(/^(?:gtp)?v?/i, '');
  const number = written === undefined ? undefined : readWholeNumber(written, 2);
  const version = number === 0 || number === 1 || number === 2 ? number : undefined;
  if (written !== undefined && version === undefined) return notUnderstood('Versions of GTP are 0, 1 and 2.');
  const spoken = at?.value;
  const doubts: Doubt[] = [];
  if (spoken === undefined || version === undefined)
    doubts.push({
      code: 'ambiguous',
      message: 'Without interface and version its TEID can be that of another tunnel.',
    });
  else if (!spoken.versions.includes(version))
    doubts.push({
      code: 'not-standard',
      message: `GTP version ${version} is not spoken on ${spoken.value}.`,
    });
  return understood({ teid: teid.value, address: ip, interface: spoken, version, doubts });
}
