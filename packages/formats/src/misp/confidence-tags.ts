/**
 * What tags of MISP's taxonomies say of the trust in something, on the scale of STIX (STIX 2.1 appendix A). Several may stand
 * together; the first of this order counts: the judgement of this piece, then how probable it is, then what MISP's own taxonomy has.
 */
const scales: readonly (readonly [predicate: string, values: Readonly<Record<string, number>>])[] = [
  ['admiralty-scale:information-credibility', { 1: 90, 2: 70, 3: 50, 4: 30, 5: 10 }],
  ['estimative-language:confidence-in-analytic-judgment', { high: 85, moderate: 50, low: 15 }],
  [
    'estimative-language:likelihood-probability',
    {
      'almost-certain': 95,
      'very-likely': 85,
      likely: 70,
      'roughly-even-chance': 50,
      unlikely: 30,
      'very-unlikely': 15,
      'almost-no-chance': 5,
    },
  ],
  [
    'misp:confidence-level',
    {
      'completely-confident': 100,
      'usually-confident': 75,
      'fairly-confident': 50,
      'rarely-confident': 25,
      unconfident: 0,
    },
  ],
];

const confidences: ReadonlyMap<string, readonly [rank: number, confidence: number]> = new Map(
  scales.flatMap(([predicate, values], rank) =>
    Object.entries(values).map(
      ([value, confidence]) => [`${predicate}="${value}"`, [rank, confidence]] as const,
    ),
  ),
);

/** The confidence that tags say, 0 to 100; undefined where none does, and where they say that it cannot be judged. */
export function confidenceOf(tags: readonly string[]): number | undefined {
  let best: readonly [rank: number, confidence: number] | undefined;
  for (const tag of tags) {
    const said = confidences.get(tag.toLowerCase());
    if (said !== undefined && (best === undefined || said[0] < best[0])) best = said;
  }
  return best?.[1];
}

/** The tag of MISP's own taxonomy that is nearest to a confidence, where no tag says one already. */
export function confidenceTag(confidence: unknown, tags: readonly string[]): string | undefined {
  if (typeof confidence !== 'number' || confidenceOf(tags) !== undefined) return undefined;
  const levels = Object.entries(scales.find(([name]) => name === 'misp:confidence-level')?.[1] ?? {});
  const [nearest] = levels.toSorted(
    ([, one], [, other]) => Math.abs(one - confidence) - Math.abs(other - confidence),
  );
  return nearest === undefined ? undefined : `misp:confidence-level="${nearest[0]}"`;
}
