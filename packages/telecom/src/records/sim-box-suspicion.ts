import type { Cell } from '../mobile/cell.ts';
import { parseCell } from '../mobile/cell.ts';
import type { Imei, Tac } from '../mobile/imei.ts';
import { parseImei, parseTac } from '../mobile/imei.ts';
import type { Imsi } from '../mobile/imsi.ts';
import { parseImsi } from '../mobile/imsi.ts';
import type { Msisdn } from '../numbering/msisdn.ts';
import { parseMsisdn } from '../numbering/msisdn.ts';
import type { Parsed } from '../parsed.ts';
import { notUnderstood, readWholeNumber, understood } from '../parsed.ts';
import type { Fields } from './fields.ts';
import { field } from './fields.ts';

/**
 * A SIM that seems to stand in a gateway that turns international calls into local ones. It names a subscriber: what is shared by default is
 * the model (TAC), the range or the network.
 */
export interface SimBoxSuspicion {
  readonly subscriber: Msisdn | Imsi;
  readonly device: Imei | Tac | undefined;
  readonly cell: Cell | undefined;
  /** The caller that was shown to who was called. */
  readonly presented: Msisdn | undefined;
  readonly detection: SimBoxDetection;
  /** 0 to 100, as STIX 2.1 §3.2 counts confidence. */
  readonly confidence: number | undefined;
}

/** How it was noticed. */
export const simBoxDetections = {
  'test-call': 'a call from abroad arrived from a local number',
  'cdr-profile': 'it calls as no person does',
  'sms-cli': 'a message showed another sender than it was sent from',
} as const;

export type SimBoxDetection = keyof typeof simBoxDetections;

function isDetection(name: string): name is SimBoxDetection {
  return Object.hasOwn(simBoxDetections, name);
}

/** Reads a row: `msisdn` or `imsi`, `imei` or `tac`, `cgi`, `a_number_presented`, `detection`, `confidence`. */
export function readSimBoxSuspicion(fields: Fields): Parsed<SimBoxSuspicion> {
  const detection = field(fields, 'detection')?.toLowerCase() ?? '';
  if (!isDetection(detection))
    return notUnderstood(`The detection is ${Object.keys(simBoxDetections).join(', ')}.`);
  const subscriber = given(field(fields, 'msisdn'), parseMsisdn) ?? given(field(fields, 'imsi'), parseImsi);
  if (subscriber === undefined) return notUnderstood('It names a subscriber: msisdn or imsi.');
  const device: Parsed<Imei | Tac> | undefined =
    given(field(fields, 'imei'), parseImei) ?? given(field(fields, 'tac'), parseTac);
  const cell = given(field(fields, 'cgi', 'cell'), parseCell);
  const presented = given(field(fields, 'a_number_presented'), parseMsisdn);
  for (const read of [subscriber, device, cell, presented]) if (read !== undefined && !read.ok) return read;
  const written = field(fields, 'confidence');
  const confidence = written === undefined ? undefined : readWholeNumber(written, 100);
  if (written !== undefined && confidence === undefined)
    return notUnderstood('Confidence is a number from 0 to 100.');
  if (!subscriber.ok) return subscriber;
  return understood({
    subscriber: subscriber.value,
    device: readValue(device),
    cell: readValue(cell),
    presented: readValue(presented),
    detection,
    confidence,
  });
}

function given<Value>(
  text: string | undefined,
  parse: (text: string) => Parsed<Value>,
): Parsed<Value> | undefined {
  return text === undefined ? undefined : parse(text);
}

function readValue<Value>(read: Parsed<Value> | undefined): Value | undefined {
  return read?.ok === true ? read.value : undefined;
}
