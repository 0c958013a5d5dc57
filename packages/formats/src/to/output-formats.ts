import type { ListedIndicator } from '../indicator/read-indicator.ts';
import type { Written } from '../loss.ts';
import { writeCiscoPrefixLists } from './cisco.ts';
import { writeCsv } from './csv.ts';
import { writeNftables } from './nftables.ts';
import { writePlainList } from './plain-list.ts';
import { writeRpz } from './rpz.ts';
import { writeSigfwDiameter, writeSigfwSs7 } from './sigfw.ts';
import { writeFirewallCsv, writeFirewallJson } from './signalling-firewall.ts';
import { writeSuricata } from './suricata.ts';
import { writeYara } from './yara.ts';
import { writeZeekIntel } from './zeek-intel.ts';

/** A format that indicators are written in. */
export interface OutputFormat {
  readonly says: string;
  /** `serial` rises with the data; formats that need a version of theirs take it. */
  readonly write: (indicators: readonly ListedIndicator[], about: { readonly serial: number }) => Written;
}

/** Every format that indicators are written in, by its name. */
export const outputFormats = {
  csv: { says: 'every value with its indicator, for a spreadsheet', write: (all) => writeCsv(all) },
  list: { says: 'one value on each line', write: (all) => writePlainList(all) },
  rpz: {
    says: 'a response policy zone for resolvers (BIND, Unbound, PowerDNS)',
    write: (all, { serial }) => writeRpz(all, { zone: 'rpz.belltower', serial }),
  },
  nftables: { says: 'sets of nftables', write: (all) => writeNftables(all) },
  cisco: { says: 'prefix lists in the style of Cisco IOS', write: (all) => writeCiscoPrefixLists(all) },
  suricata: { says: 'rules of Suricata', write: (all) => writeSuricata(all) },
  zeek: { says: "a file for Zeek's intelligence framework", write: (all) => writeZeekIntel(all) },
  yara: { says: 'the YARA rules that indicators carry', write: (all) => writeYara(all) },
  'firewall-csv': { says: 'a list for signalling firewalls, as CSV', write: (all) => writeFirewallCsv(all) },
  'firewall-json': {
    says: 'a list for signalling firewalls, as JSON',
    write: (all) => writeFirewallJson(all),
  },
  'sigfw-ss7': { says: "the rules of SigFW's SS7 firewall", write: (all) => writeSigfwSs7(all) },
  'sigfw-diameter': {
    says: "the rules of SigFW's Diameter firewall",
    write: (all) => writeSigfwDiameter(all),
  },
} as const satisfies Readonly<Record<string, OutputFormat>>;

export type OutputFormatName = keyof typeof outputFormats;

export function isOutputFormat(name: string): name is OutputFormatName {
  return Object.hasOwn(outputFormats, name);
}

export const outputFormatNames: readonly OutputFormatName[] =
  Object.keys(outputFormats).filter(isOutputFormat);
