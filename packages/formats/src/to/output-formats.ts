import type { StixTimestamp } from '@belltower/stix';
import type { ListedIndicator } from '../indicator/read-indicator.ts';
import { readIndicators } from '../indicator/read-indicator.ts';
import type { Json } from '../json.ts';
import type { Written } from '../loss.ts';
import { toMispEvents } from '../misp/to-misp-events.ts';
import { toMispFeed } from '../misp/to-misp-feed.ts';
import { writeAsterisk } from './asterisk.ts';
import { writeBundle } from './bundle.ts';
import { writeCiscoPrefixLists } from './cisco.ts';
import { writeCsv } from './csv.ts';
import { writeNftables } from './nftables.ts';
import { writePlainList } from './plain-list.ts';
import { writeRpz } from './rpz.ts';
import { writeCef, writeLeef } from './siem.ts';
import { writeSigfwDiameter, writeSigfwSs7 } from './sigfw.ts';
import { writeSigma } from './sigma.ts';
import { writeFirewallCsv, writeFirewallJson } from './signalling-firewall.ts';
import { writeKamailio, writeOpensips } from './sip-proxy.ts';
import { writeSuricata } from './suricata.ts';
import { writeYara } from './yara.ts';
import { writeZeekIntel } from './zeek-intel.ts';

/** What a format may want to know beside the objects. */
export interface OutputAbout {
  /** The moment for which is written: what is expired then, or not valid yet, is left out of lists and rules. */
  readonly now: StixTimestamp;
  /** Rises with the data; for formats that have versions. */
  readonly serial: number;
  /** A random UUID (version 4) for what is made anew. */
  readonly uuid: string;
  /** Whether files can stand beside the text. Where they cannot, what needs them is left out and told of as a loss. */
  readonly files?: boolean;
}

/** A format that STIX objects are written in. */
export interface OutputFormat {
  readonly says: string;
  /** What the text is called in a directory. */
  readonly file: string;
  readonly write: (objects: readonly Json[], about: OutputAbout) => Written;
}

/** A format of values or rules: it takes what the indicators among the objects say. */
function ofIndicators(
  [says, file]: readonly [says: string, file: string],
  write: (indicators: readonly ListedIndicator[], about: OutputAbout) => Written,
): OutputFormat {
  return {
    says,
    file,
    write: (objects, about) => {
      const { indicators, losses } = readIndicators(objects, about);
      const written = write(indicators, about);
      return { ...written, losses: [...losses, ...written.losses] };
    },
  };
}

/** Every format that STIX objects are written in, by its name. */
export const outputFormats = {
  stix: {
    says: 'a STIX 2.1 bundle',
    file: 'bundle.json',
    write: (objects, about) => writeBundle(objects, about),
  },
  misp: {
    says: 'events of MISP, one for each report',
    file: 'event.json',
    write: (objects, about) => writeMisp(objects, about),
  },
  'misp-feed': {
    says: 'a feed that MISP instances subscribe to: a directory with manifest, hashes and events',
    file: 'manifest.json',
    write: (objects, about) => writeMispFeed(objects, about),
  },
  csv: ofIndicators(['every value with its indicator, for a spreadsheet', 'belltower.csv'], (all) =>
    writeCsv(all),
  ),
  list: ofIndicators(['one value on each line', 'belltower.txt'], (all) => writePlainList(all)),
  rpz: ofIndicators(
    ['a response policy zone for resolvers (BIND, Unbound, PowerDNS)', 'rpz.belltower.zone'],
    (all, { serial }) => writeRpz(all, { zone: 'rpz.belltower', serial }),
  ),
  nftables: ofIndicators(['sets of nftables', 'belltower.nft'], (all, about) => writeNftables(all, about)),
  cisco: ofIndicators(['prefix lists in the style of Cisco IOS', 'belltower.ios'], (all) =>
    writeCiscoPrefixLists(all),
  ),
  suricata: ofIndicators(['rules of Suricata', 'belltower.rules'], (all, { files = false }) =>
    writeSuricata(all, { files }),
  ),
  zeek: ofIndicators(["a file for Zeek's intelligence framework", 'belltower.intel'], (all) =>
    writeZeekIntel(all),
  ),
  yara: ofIndicators(['the YARA rules that indicators carry', 'belltower.yar'], (all) => writeYara(all)),
  sigma: ofIndicators(['Sigma rules, for searches in logs', 'belltower.yml'], (all) => writeSigma(all)),
  cef: ofIndicators(["lines of ArcSight's common event format, for a SIEM", 'belltower.cef'], (all) =>
    writeCef(all),
  ),
  leef: ofIndicators(["lines of QRadar's log event extended format", 'belltower.leef'], (all) =>
    writeLeef(all),
  ),
  kamailio: ofIndicators(
    ['a block list of Kamailio, as a part of its configuration', 'belltower.cfg'],
    (all) => writeKamailio(all),
  ),
  opensips: ofIndicators(['the same for OpenSIPS', 'belltower.cfg'], (all) => writeOpensips(all)),
  asterisk: ofIndicators(
    ['a dial plan of Asterisk that rejects numbers, and a list of addresses', 'belltower-extensions.conf'],
    (all, about) => writeAsterisk(all, about),
  ),
  'firewall-csv': ofIndicators(
    ['a list for signalling firewalls, as CSV', 'signalling-firewall.csv'],
    (all) => writeFirewallCsv(all),
  ),
  'firewall-json': ofIndicators(
    ['a list for signalling firewalls, as JSON', 'signalling-firewall.json'],
    (all) => writeFirewallJson(all),
  ),
  'sigfw-ss7': ofIndicators(["the rules of SigFW's SS7 firewall", 'ss7fw.json'], (all) => writeSigfwSs7(all)),
  'sigfw-diameter': ofIndicators(["the rules of SigFW's Diameter firewall", 'diameterfw.json'], (all) =>
    writeSigfwDiameter(all),
  ),
} as const satisfies Readonly<Record<string, OutputFormat>>;

export type OutputFormatName = keyof typeof outputFormats;

export function isOutputFormat(name: string): name is OutputFormatName {
  return Object.hasOwn(outputFormats, name);
}

export const outputFormatNames: readonly OutputFormatName[] =
  Object.keys(outputFormats).filter(isOutputFormat);

function writeMisp(objects: readonly Json[], about: OutputAbout): Written {
  const { events, losses } = toMispEvents(objects, about);
  const [first] = events;
  const whole = events.length === 1 ? first : { response: events };
  return { text: `${JSON.stringify(whole, null, 2)}\n`, count: events.length, losses };
}

function writeMispFeed(objects: readonly Json[], about: OutputAbout): Written {
  const { manifest, files, events, losses } = toMispFeed(objects, about);
  const written = { text: manifest.text, count: events };
  if (about.files === true) return { ...written, files, losses };
  const why = 'A feed is a directory of files; without one there is its manifest alone.';
  return { ...written, losses: [...losses, { at: 'misp-feed', what: 'events', why }] };
}
