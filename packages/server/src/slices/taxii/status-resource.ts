import type { Finding } from '@belltower/stix';
import type { Micros } from '../../platform/time.ts';
import { formatMicros } from '../../platform/time.ts';
import type { ObjectResult } from '../exchange/index.ts';
import type { StatusDetails, StatusResource } from './contract.ts';

/** Successes beyond this number are counted and not listed: a large import is read by its failures. Of these, so many are listed. */
const mostListed = 5_000;
const longestMessage = 500;

interface AddedObjects {
  readonly id: string;
  readonly received: Micros;
  readonly results: readonly ObjectResult[];
}

/** Says what became of a request to add objects (TAXII 2.1 §4.3.1). */
export function statusResource({ id, received, results }: AddedObjects): StatusResource {
  const refused = results.filter((result) => result.status === 'refused');
  const added = results.filter((result) => result.status !== 'refused');
  const request_timestamp = formatMicros(received);
  const successes = added.map((result) => success(result, request_timestamp));
  const failures = refused.slice(0, mostListed).map((result) => failure(result, request_timestamp));
  return {
    id,
    status: 'complete',
    request_timestamp,
    total_count: results.length,
    success_count: successes.length,
    ...(successes.length > 0 && successes.length <= mostListed ? { successes } : {}),
    failure_count: refused.length,
    ...(failures.length > 0 ? { failures } : {}),
    pending_count: 0,
  };
}

function success(result: ObjectResult, fallback: string): StatusDetails {
  const { index, id = placeOf(index), status, version = fallback, warnings = [] } = result;
  const notes = [
    ...(status === 'unchanged' ? ['It was here already; nothing was added.'] : []),
    ...warnings.map((warning) => finding(index, warning)),
  ];
  const message = cut(notes.join(' '));
  return { id, version, ...(message === '' ? {} : { message }) };
}

function failure(result: ObjectResult, fallback: string): StatusDetails {
  const {
    index,
    id = placeOf(index),
    version = fallback,
    code,
    rule,
    message = '',
    errors = [],
    differs = [],
  } = result;
  const reasons = errors.length > 0 ? errors.map((error) => finding(index, error)) : [message];
  const places = differs.length > 0 ? [`It differs at ${differs.join(', ')}.`] : [];
  const source = [placeOf(index), code, rule === undefined ? undefined : `rule ${rule}`];
  const named = source.filter((part) => part !== undefined).join(', ');
  return { id, version, message: cut(`${[...reasons, ...places].join(' ')} (${named})`) };
}

function finding(index: number, { path, message }: Finding): string {
  return `${placeOf(index)}${path.replace(/^\$/, '')}: ${message}`;
}

function placeOf(index: number): string {
  return `$.objects[${index}]`;
}

function cut(message: string): string {
  return message.length > longestMessage ? `${message.slice(0, longestMessage - 1)}…` : message;
}
