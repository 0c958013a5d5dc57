import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';
import { capOperations } from './cap-operations.ts';
import type { Operation } from './map-operations.ts';
import { mapOperations } from './map-operations.ts';

/** An operation of a signalling protocol on top of TCAP. */
export interface SignallingOperation extends Understood<'signalling-operation'> {
  readonly protocol: 'map' | 'cap';
  readonly code: number;
  readonly operation: Operation | undefined;
}

const protocols = { map: mapOperations, cap: capOperations } as const;

/**
 * Reads `map:71`, `MAP anyTimeInterrogation`, `map:ATI` and `cap 20`. The protocol has to be named: 20 is releaseResources in MAP and
 * connect in CAP.
 */
export function parseOperation(text: string): Parsed<SignallingOperation> {
  const [, protocol = '', name = ''] =
    /^(map|cap)(?:\s*[:/]\s*|\s+)(?:op(?:code)?\s*)?([\w-]{1,60})$/i.exec(tidy(text)) ?? [];
  const known = protocol.toLowerCase();
  if (known !== 'map' && known !== 'cap')
    return notUnderstood(
      'An operation is written with its protocol, as in map:71 or map:anyTimeInterrogation.',
    );
  // JavaScript has more ways of writing a number than operations have: 0x20, 1e2, -5.
  const number = /^\d{1,3}$/.test(name) ? Number(name) : undefined;
  const operation = number === undefined ? findOperationByName(known, name) : findOperation(known, number);
  const code = operation?.code ?? number;
  if (code === undefined || code > 255)
    return notUnderstood(`${known.toUpperCase()} has no operation ${name}.`);
  const doubts: readonly Doubt[] =
    operation?.name === undefined
      ? [{ code: 'not-assigned', message: `${known.toUpperCase()} gives no name to operation ${code}.` }]
      : [];
  return understood({
    kind: 'signalling-operation',
    raw: text,
    value: `${known}:${code}`,
    protocol: known,
    code,
    operation,
    doubts,
  });
}

export function findOperation(protocol: 'map' | 'cap', code: number): Operation | undefined {
  return protocols[protocol].find((operation) => operation.code === code);
}

/** By name or, in MAP, by the letters that people say for it; in any case and with any of the hyphens and underscores that lists write. */
export function findOperationByName(protocol: 'map' | 'cap', name: string): Operation | undefined {
  const wanted = plain(name);
  const short = protocol === 'map' ? shortNames.get(wanted) : undefined;
  if (short !== undefined) return findOperation(protocol, short);
  return protocols[protocol].find(
    (operation) => operation.name !== undefined && plain(operation.name) === wanted,
  );
}

/** What people call operations of MAP for short. */
const shortNames: ReadonlyMap<string, number> = new Map([
  ['ul', 2],
  ['cl', 3],
  ['prn', 4],
  ['isd', 7],
  ['dsd', 8],
  ['sri', 22],
  ['ugl', 23],
  ['srigprs', 24],
  ['mtfsm', 44],
  ['srism', 45],
  ['mofsm', 46],
  ['sai', 56],
  ['ussr', 60],
  ['atsi', 62],
  ['atm', 65],
  ['psi', 70],
  ['ati', 71],
  ['psl', 83],
  ['srilcs', 85],
  ['slr', 86],
]);

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '');
}
