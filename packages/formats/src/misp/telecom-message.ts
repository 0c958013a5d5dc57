import {
  diameterCommands,
  findOperation,
  findOperationByName,
  signallingMessage,
  telecomSco,
} from '@belltower/telecom';
import type { Json } from '../json.ts';
import { momentOf } from './misp-time.ts';
import type { Identifier, Told } from './telecom-readings.ts';
import type { Fact, Place, Template } from './telecom-templates.ts';
import { wholeNumber } from './telecom-values.ts';

/** What attributes tell of a message and its time, and which of them were of use. */
export interface Facts {
  readonly message: Json;
  readonly first: string | undefined;
  readonly last: string | undefined;
  readonly labels: readonly string[];
  readonly used: ReadonlySet<Told<Fact>>;
}

/** Reads the facts of an object; the first of several that say the same thing counts, and the others are not used. */
export function readFacts(
  facts: readonly Told<Fact>[],
  { protocol, name }: { readonly protocol: Template['protocol']; readonly name: string },
): Facts {
  const message: Record<string, unknown> = {};
  const times: { first?: string; last?: string } = {};
  const labels: string[] = [];
  const used = new Set<Told<Fact>>();
  for (const fact of facts) {
    const value = String(fact.value);
    const found = factOf(fact.what, value, { protocol, name });
    if (fact.what === 'category' && /^Cat[\w.]{1,20}$/.test(value))
      labels.push(`${name}:category="${value}"`);
    else if (found === undefined || Object.keys(found).some((key) => key in message || key in times))
      continue;
    used.add(fact);
    if (found?.['first'] !== undefined || found?.['last'] !== undefined) Object.assign(times, found);
    else if (found !== undefined && !('category' in message)) Object.assign(message, found);
  }
  return { message, first: times.first, last: times.last, labels, used };
}

function factOf(
  fact: Fact,
  value: string,
  { protocol, name }: { readonly protocol: Template['protocol']; readonly name: string },
): Json | undefined {
  switch (fact) {
    case 'op_code':
      return protocol === undefined ? undefined : operationOf(protocol, value);
    case 'application_id': {
      const id = wholeNumber(value, 4_294_967_295);
      return id === undefined ? undefined : { application_id: id };
    }
    case 'application_context':
      return value === '' ? undefined : { application_context: value };
    case 'category': {
      const digit = /^Cat([123])(?:\.\d)?$/.exec(value)?.[1];
      return digit === undefined ? undefined : { category: Number(digit), category_source: `misp:${name}` };
    }
    case 'first':
    case 'last': {
      const moment = momentOf(value);
      return moment === undefined ? undefined : { [fact]: moment };
    }
    default:
      return undefined;
  }
}

/** An operation by its code or its name: `71`, `anyTimeInterrogation`. */
function operationOf(protocol: 'map' | 'diameter' | 'gtp-c', text: string): Json | undefined {
  const code = wholeNumber(text, 16_777_215);
  if (protocol === 'map') {
    const known = code === undefined ? findOperationByName('map', text) : findOperation('map', code);
    if (known === undefined && code === undefined) return undefined;
    return { op_code: known?.code ?? code, ...(known?.name === undefined ? {} : { operation: known.name }) };
  }
  if (code === undefined) return undefined;
  const command = protocol === 'diameter' ? diameterCommands.get(code) : undefined;
  return { op_code: code, ...(command === undefined ? {} : { operation: command }) };
}

/** The message that an attack is about; undefined where nothing says which one. */
export function messageOf(
  { message, first, last }: Facts,
  identifiers: readonly Identifier[],
  protocol: Template['protocol'],
): (Json & { readonly id: string }) | undefined {
  if (protocol === undefined || message['op_code'] === undefined) return undefined;
  const places: Partial<Record<Place, string>> = {};
  for (const { rule, sco } of identifiers) if (rule.place !== undefined) places[rule.place] ??= sco.id;
  return telecomSco(signallingMessage, {
    protocol,
    ...message,
    ...places,
    ...(first === undefined ? {} : { start: first }),
    ...(first !== undefined && last !== undefined && last > first ? { end: last } : {}),
  });
}
