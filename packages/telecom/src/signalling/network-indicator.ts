import type { Parsed, Understood } from '../parsed.ts';
import { notUnderstood, readWholeNumber, tidy, understood } from '../parsed.ts';
import { networkIndicators } from './point-code.ts';

/** In which plan a point code is one: ITU-T Q.704 §14.2.2. `value` is the number. */
export interface NetworkIndicator extends Understood<'network-indicator'> {
  /** 0 to 3 */
  readonly number: number;
  readonly name: (typeof networkIndicators)[number];
}

const names: readonly string[] = networkIndicators;
const shortNames: ReadonlyMap<string, number> = new Map([
  ['int0', 0],
  ['int', 0],
  ['int1', 1],
  ['nat0', 2],
  ['nat', 2],
  ['nat1', 3],
]);

/** Reads `ni:2`, `2`, `national` and the short forms `INT0` to `NAT1`. */
export function parseNetworkIndicator(text: string): Parsed<NetworkIndicator> {
  const written = tidy(text)
    .replace(/^(?:ni|network[-\s]indicator)[-:=\s]\s*/i, '')
    .toLowerCase();
  const named = names.indexOf(written);
  const number = readWholeNumber(written, 3) ?? shortNames.get(written) ?? (named === -1 ? undefined : named);
  const name = number === undefined ? undefined : networkIndicators[number];
  if (number === undefined || name === undefined)
    return notUnderstood(`A network indicator is from 0 to 3: ${networkIndicators.join(', ')}.`);
  return understood({
    kind: 'network-indicator',
    raw: text,
    value: String(number),
    number,
    name,
    doubts: [],
  });
}
