import type { ListedIndicator } from '../indicator/read-indicator.ts';
import type { TargetKind } from '../indicator/target.ts';
import type { Loss, Written } from '../loss.ts';
import type { Entry } from './entries.ts';
import { entriesOf } from './entries.ts';

const ss7: ReadonlySet<TargetKind> = new Set<TargetKind>(['global-title', 'imsi', 'msisdn']);
const diameter: ReadonlySet<TargetKind> = new Set<TargetKind>([
  'diameter-host',
  'diameter-realm',
  'imsi',
  'msisdn',
]);
/** Values that can stand in a rule of Lua and in JSON without any escaping. */
const plain = /^\+?[a-z0-9.-]{1,253}\*?$/i;

/** The rules of SigFW's SS7 firewall: calling global titles as a list with prefixes, subscribers as Lua rules. To be merged into its `ss7fw.json`. */
export function writeSigfwSs7(indicators: readonly ListedIndicator[]): Written {
  return write(indicators, ss7, (of) => ({
    sccp: { calling_gt_blacklist: of('global-title') },
    lua: { blacklist_rules: [...rules('map_imsi', of('imsi')), ...rules('map_msisdn', of('msisdn'))] },
  }));
}

/** The rules of SigFW's Diameter firewall: realms as a list, hosts and subscribers as Lua rules. To be merged into its `diameterfw.json`. */
export function writeSigfwDiameter(indicators: readonly ListedIndicator[]): Written {
  return write(indicators, diameter, (of) => ({
    diameter: { origin_realm_blacklist: of('diameter-realm') },
    lua: {
      blacklist_rules: [
        ...rules('diameter_orig_host', of('diameter-host')),
        ...rules('diameter_imsi', of('imsi')),
        ...rules('diameter_msisdn', of('msisdn')),
      ],
    },
  }));
}

function write(
  indicators: readonly ListedIndicator[],
  carries: ReadonlySet<TargetKind>,
  rulesFrom: (of: (kind: TargetKind) => readonly string[]) => object,
): Written {
  const { entries, losses } = entriesOf(indicators, { carries, format: 'This configuration of SigFW' });
  const fit = entries.filter(isPlain);
  const odd = entries.filter((entry) => !isPlain(entry));
  const more = odd.map(({ target, indicator }): Loss => {
    const why = 'SigFW matches letters, digits, dots and hyphens, and a * only at the end of a global title.';
    return { at: indicator.id, what: target.kind, why };
  });
  const of = (kind: TargetKind) =>
    fit.filter(({ target }) => target.kind === kind).map(({ target }) => target.value.replace(/^\+/, ''));
  const configuration = { sigfw_configuration: { firewall_rules: rulesFrom(of) } };
  return {
    text: `${JSON.stringify(configuration, null, 2)}\n`,
    count: fit.length,
    losses: [...losses, ...more],
  };
}

function isPlain({ target }: Entry): boolean {
  return plain.test(target.value) && (target.kind === 'global-title' || !target.value.endsWith('*'));
}

function rules(variable: string, values: readonly string[]): readonly string[] {
  return values.map((value) => `${variable} == '${value}'`);
}
