import type { ListedIndicator } from '../indicator/read-indicator.ts';
import type { Target, TargetKind } from '../indicator/target.ts';
import type { Loss } from '../loss.ts';

/** One value with the indicator that names it first. */
export interface Entry {
  readonly target: Target;
  readonly indicator: ListedIndicator;
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
        if (!entries.has(key)) entries.set(key, { target: said, indicator });
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

/** A text in one line of visible characters, for comments and fields that end with the line. */
export function oneLine(text: string, longest = 200): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
