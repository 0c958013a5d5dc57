import type { ListedIndicator } from '../indicator/read-indicator.ts';
import type { TargetKind } from '../indicator/target.ts';
import type { Written } from '../loss.ts';
import { csvText } from './csv.ts';
import type { Entry } from './entries.ts';
import { entriesOf, oneLine } from './entries.ts';

/** What a signalling firewall matches a value against. */
const layers: ReadonlyMap<TargetKind, string> = new Map([
  ['global-title', 'sccp.calling_gt'],
  ['point-code', 'mtp3.opc'],
  ['msisdn', 'map.msisdn'],
  ['number-range', 'map.msisdn'],
  ['imsi', 'map.imsi'],
  ['imsi-range', 'map.imsi'],
  ['imei', 'map.imei'],
  ['tac', 'map.imei'],
  ['plmn', 'home_network'],
  ['diameter-host', 'diameter.origin_host'],
  ['diameter-realm', 'diameter.origin_realm'],
  ['apn', 'gtp.apn'],
  ['cell', 'gtp.uli'],
  ['nf-instance', 'sbi.nf_instance_id'],
  ['s-nssai', 'sbi.s_nssai'],
  ['concealed', 'hmac_sha256'],
]);

const carries: ReadonlySet<TargetKind> = new Set(layers.keys());

/** One record of a list for signalling firewalls. */
interface FirewallRecord {
  readonly match: string;
  readonly kind: TargetKind;
  readonly value: string;
  readonly action: 'block';
  readonly category: string;
  readonly expires: string;
  readonly indicator: string;
  readonly name: string;
}

function recordOf({ target, indicator, until }: Entry): FirewallRecord {
  return {
    match: layers.get(target.kind) ?? '',
    kind: target.kind,
    value: target.value,
    action: 'block',
    category: oneLine(indicator.types[0] ?? '', 120),
    expires: until ?? '',
    indicator: indicator.id,
    name: oneLine(indicator.name, 120),
  };
}

/** A list as JSON: `{"records": [{match, kind, value, action, category, expires, indicator, name}]}`. */
export function writeFirewallJson(indicators: readonly ListedIndicator[]): Written {
  const { entries, losses } = entriesOf(indicators, { carries, format: 'A list for signalling firewalls' });
  const text = `${JSON.stringify({ records: entries.map(recordOf) }, null, 2)}\n`;
  return { text, count: entries.length, losses };
}

/** The same as CSV with a line of headings. */
export function writeFirewallCsv(indicators: readonly ListedIndicator[]): Written {
  const { entries, losses } = entriesOf(indicators, { carries, format: 'A list for signalling firewalls' });
  const head = ['match', 'kind', 'value', 'action', 'category', 'expires', 'indicator', 'name'];
  const text = csvText([head, ...entries.map((entry) => Object.values(recordOf(entry)))]);
  return { text, count: entries.length, losses };
}
