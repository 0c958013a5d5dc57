import type { Operation } from '../signalling/map-operations.ts';
import { categorySourceNames, categorySources, screeningCategories } from '../signalling/map-operations.ts';
import { signallingAreaCountry } from '../signalling/signalling-areas.ts';
import { countryName } from './country-name.ts';
import type { Fact } from './fact.ts';

/** What the levels of attestation say: RFC 8588 §4. */
export const attestations = {
  A: 'A: the caller is known and may use the number',
  B: 'B: the caller is known, the right to the number is not',
  C: 'C: the call was let in from elsewhere',
} as const;

/** How a SUCI is concealed: TS 33.501 annex C.3. */
export const protectionSchemes: Readonly<Record<number, string>> = {
  0: 'none (null scheme)',
  1: 'profile A (X25519)',
  2: 'profile B (secp256r1)',
};

/** Where phones take a short number for an emergency call: TS 22.101 §10.1.1. */
export const emergencies = {
  everywhere: 'on mobile phones everywhere',
  'without-sim': 'on mobile phones without SIM, and in some countries',
  none: undefined,
} as const;

/** International point codes begin with zone and area, which ITU gives to countries: ITU-T Q.708. National ones do not. */
export function signallingArea(number: number) {
  const [zone, area] = [number >> 11, (number >> 3) & 255];
  const of = signallingAreaCountry(zone, area);
  return [
    ['in the international network', of && `${zone}-${String(area).padStart(3, '0')}, ${countryName(of)}`],
  ] as const;
}

/** What a category says, and who puts the operation into it. */
export function categoryFacts(categories: Operation['categories']): readonly Fact[] {
  return categorySourceNames.flatMap((source) => {
    const category = categories?.[source];
    return category === undefined
      ? []
      : [[`category ${category}`, `${screeningCategories[category]} (${categorySources[source]})`] as const];
  });
}

/** The cell of 4G is 20 bits of eNodeB and 8 of its sector: TS 36.413 §9.2.1.37. */
export function sectorOf(cell: string) {
  const number = Number.parseInt(cell, 16);
  return [
    ['eNodeB', String(number >> 8)],
    ['sector', String(number & 255)],
  ] as const;
}
