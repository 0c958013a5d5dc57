import type { ListedIndicator } from '../indicator/read-indicator.ts';
import type { Target, TargetKind } from '../indicator/target.ts';
import type { Loss } from '../loss.ts';

/** One value with the indicator that names it first, and when nothing speaks against it any more. */
export interface Entry {
  readonly target: Target;
  readonly indicator: ListedIndicator;
  /** When the last of all indicators that name it ends; undefined where one has no end. */
  readonly until: string | undefined;
}

/** What a format can hold of some indicators. */
export interface Entries {
  /** Each value once, in the order of the indicators. */
  readonly entries: readonly Entry[];
  readonly losses: readonly Loss[];
}

interface Carried {
  readonly carries: ReadonlySet<TargetKind>;
  /** Its name at the beginning of a sentence. */
  readonly format: string;
  /** Whether it can say that a value is bad on one port only. */
  readonly ports?: boolean;
}

/** Picks the values that a format carries; what it does not is told, once for each indicator and kind. */
export function entriesOf(
  indicators: readonly ListedIndicator[],
  { carries, format, ports = false }: Carried,
): Entries {
  const entries = new Map<string, Entry>();
  const losses = new Map<string, Loss>();
  for (const indicator of indicators) {
    for (const target of indicator.targets) {
      if (carries.has(target.kind)) {
        const { kind, value, port } = target;
        const said: Target = ports ? target : { kind, value };
        const key = `${kind} ${value} ${said.port ?? ''}`;
        const known = entries.get(key);
        const until = known === undefined ? indicator.validUntil : later(known.until, indicator.validUntil);
        entries.set(key, { target: said, indicator, ...known, until });
        if (ports || port === undefined) continue;
        const why = `${format} has no ports: ${oneLine(value, 80)} stands in it for all.`;
        losses.set(`${indicator.id} ${key} ${port}`, { at: indicator.id, what: `port ${port}`, why });
      } else {
        const why = `${format} cannot hold values of the kind ${target.kind}.`;
        losses.set(`${indicator.id} ${target.kind}`, { at: indicator.id, what: target.kind, why });
      }
    }
    if (indicator.rule !== undefined) {
      const why = `${format} cannot hold a rule in the language ${indicator.rule.language}.`;
      losses.set(`${indicator.id} rule`, { at: indicator.id, what: 'rule', why });
    }
  }
  return { entries: [...entries.values()], losses: [...losses.values()] };
}

/** The later of two moments; what is no moment has no end. */
function later(one: string | undefined, other: string | undefined): string | undefined {
  const [first, second] = [Date.parse(one ?? ''), Date.parse(other ?? '')];
  if (Number.isNaN(first) || Number.isNaN(second)) return undefined;
  return first < second ? other : one;
}

/** Why a name does not come along that is not written as it travels. */
export const asciiOnly =
  'Networks know names of other scripts as xn--… only, and this one is not written so.';

/** Whether a name is written as networks know it (RFC 5890 §2.3.1). */
export function isWireName(domain: string): boolean {
  return /^[a-z0-9._-]+$/i.test(domain);
}

/** A text in one line of visible characters, for comments and fields that end with the line. */
export function oneLine(text: string, longest = 200): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
