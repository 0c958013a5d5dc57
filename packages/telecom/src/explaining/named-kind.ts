import type { ObservableKind } from '../observable.ts';

/** The kind that a text names before a colon or an equals sign, and what stands behind it; the whole text where it names none. */
export function namedKind(text: string, kinds: readonly ObservableKind[]) {
  const [, name = '', rest = ''] =
    /^\s*([a-z0-9-]{2,24})\s*[:=]\s*(?!\/\/)(\S.*)$/is.exec(text.slice(0, 10_000)) ?? [];
  const lower = name.toLowerCase();
  const alias = aliases.get(lower) ?? lower;
  const named = kinds.find((kind) => kind === alias);
  return named === undefined ? { named, rest: text } : { named, rest };
}

const aliases: ReadonlyMap<string, ObservableKind> = new Map([
  ['gt', 'global-title'],
  ['pc', 'point-code'],
  ['dnn', 'apn'],
  ['phone', 'msisdn'],
  ['tel-number', 'msisdn'],
  ['range', 'number-range'],
  ['sender', 'sms-sender'],
  ['cli', 'msisdn'],
  ['realm', 'diameter-identity'],
  ['host', 'diameter-identity'],
  ['nssai', 's-nssai'],
]);
