import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';

/**
 * The address of a node in an SS7 network: ITU-T Q.704 §14.2.1, Q.708, ANSI T1.111.4. The number means nothing without its
 * format, and an international code nothing without the network indicator.
 */
export interface PointCode extends Understood<'point-code'> {
  readonly format: PointCodeFormat;
  /** All bits as one number. */
  readonly number: number;
  /** As people write it in this format. */
  readonly display: string;
}

/**
 * Ways to cut a point code into parts, by their widths in bits, the most significant first. What ITU leaves to countries each of them
 * chooses, and equipment takes any parts that make 14 bits.
 */
export const pointCodeFormats = {
  'itu-14': { bits: [3, 8, 3], title: 'ITU, 14 bits as 3-8-3' },
  'itu-14-4343': { bits: [4, 3, 4, 3], title: 'ITU, 14 bits as 4-3-4-3 (national use in Germany)' },
  'itu-14-86': { bits: [8, 6], title: 'ITU, 14 bits as 8-6' },
  'itu-14-77': { bits: [7, 7], title: 'ITU, 14 bits as 7-7' },
  'itu-14-545': { bits: [5, 4, 5], title: 'ITU, 14 bits as 5-4-5' },
  'ansi-24': { bits: [8, 8, 8], title: 'ANSI, 24 bits as network-cluster-member' },
  'china-24': { bits: [8, 8, 8], title: 'China, 24 bits as 8-8-8' },
  'japan-16': { bits: [7, 4, 5], title: 'Japan, 16 bits as 7-4-5' },
  'japan-16-3445': { bits: [3, 4, 4, 5], title: 'Japan, 16 bits as 3-4-4-5' },
} as const satisfies Readonly<Record<string, { readonly bits: readonly number[]; readonly title: string }>>;

export type PointCodeFormat = keyof typeof pointCodeFormats;

/** What the two bits of a network indicator mean: ITU-T Q.704 §14.2.2. */
export const networkIndicators = [
  'international',
  'international spare',
  'national',
  'reserved for national use',
] as const;

/** All formats by name. */
export const pointCodeFormatNames: readonly PointCodeFormat[] =
  Object.keys(pointCodeFormats).filter(isPointCodeFormat);

export function isPointCodeFormat(name: string): name is PointCodeFormat {
  return Object.hasOwn(pointCodeFormats, name);
}

/**
 * Reads `itu-14:2-013-1`, or `2-013-1` and `4201` with the format given beside it. Without a format it is taken as ITU's
 * 3-8-3 where that can be, with a doubt, as the same digits can be a point code of another country.
 */
export function parsePointCode(text: string, format?: PointCodeFormat): Parsed<PointCode> {
  const [, named, code = ''] = /^(?:([a-z]+-\d+(?:-\d+)?):\s*)?([\d\s-]+)$/.exec(tidy(text)) ?? [];
  if (named !== undefined && !isPointCodeFormat(named))
    return notUnderstood(
      `There is no point code format ${named}; there are ${pointCodeFormatNames.join(', ')}.`,
    );
  const parts = code.split(/\s*-\s*/).map((part) => part.trim());
  if (!parts.every((part) => /^\d{1,8}$/.test(part)))
    return notUnderstood('A point code is written as its parts with hyphens between them, or as one number.');
  const known = named ?? format;
  if (known !== undefined) return readAs(text, parts, known);
  // Two numbers with a hyphen between them can be anything.
  if (parts.length < 3)
    return notUnderstood(
      'A point code in fewer than three parts needs its format before it, as in itu-14:4201.',
    );
  const fitting = pointCodeFormatNames.filter((name) => readAs(text, parts, name).ok);
  const [best] = fitting;
  if (best === undefined) return notUnderstood('The parts fit no point code format.');
  const read = readAs(text, parts, best);
  if (!read.ok || fitting.length === 1) return read;
  const message = `It can also be of the format ${fitting.slice(1).join(' or ')}: name it, as in ${best}:${read.value.display}.`;
  return understood({
    ...read.value,
    doubts: [...read.value.doubts, { code: 'ambiguous', message } satisfies Doubt],
  });
}

function readAs(raw: string, parts: readonly string[], format: PointCodeFormat): Parsed<PointCode> {
  const { bits, title } = pointCodeFormats[format];
  const width = bits.reduce<number>((sum, count) => sum + count, 0);
  const numbers = parts.map(Number);
  if (numbers.length === 1) {
    const [number = 0] = numbers;
    if (number >= 2 ** width) return notUnderstood(`${title}: it is ${2 ** width - 1} at the most.`);
    return understood(make(raw, format, number));
  }
  if (numbers.length !== bits.length) return notUnderstood(`${title}: it has ${bits.length} parts.`);
  let number = 0;
  for (const [index, part] of numbers.entries()) {
    const count = bits[index] ?? 0;
    if (part >= 2 ** count)
      return notUnderstood(`${title}: part ${index + 1} is ${2 ** count - 1} at the most.`);
    number = number * 2 ** count + part;
  }
  return understood(make(raw, format, number));
}

function make(raw: string, format: PointCodeFormat, number: number): PointCode {
  const display = displayPointCode(number, format);
  return { kind: 'point-code', raw, value: `${format}:${display}`, format, number, display, doubts: [] };
}

/** A point code in its parts. The middle of ITU's 3-8-3 has three digits, as ITU's own lists write it. */
export function displayPointCode(number: number, format: PointCodeFormat): string {
  const parts: string[] = [];
  let rest = number;
  for (const count of [...pointCodeFormats[format].bits].reverse()) {
    parts.unshift(String(rest % 2 ** count).padStart(format === 'itu-14' && count === 8 ? 3 : 1, '0'));
    rest = Math.floor(rest / 2 ** count);
  }
  return parts.join('-');
}
