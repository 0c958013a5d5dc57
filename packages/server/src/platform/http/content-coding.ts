/** How a body can be coded on its way (RFC 9110 §8.4.1, RFC 8878). */
export const contentCodings = ['zstd', 'gzip', 'identity'] as const;
export type ContentCoding = (typeof contentCodings)[number];

const quality = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i;

/**
 * The coding that an Accept-Encoding header likes best, of those that it likes alike the first of our own list. Without the header,
 * or where it admits nothing that we have: `identity`, which every client understands (RFC 9110 §12.5.3). What is malformed
 * says nothing.
 */
export function preferredCoding(header: string | undefined): ContentCoding {
  if (header === undefined || header === '') return 'identity';
  const qualities = new Map(header.split(',').flatMap(parseCoding));
  let best: ContentCoding = 'identity';
  let highest = 0;
  for (const coding of contentCodings) {
    // What is not named counts as `*` says; `identity` is admitted even where nothing says so, and comes last then.
    const liked = qualities.get(coding) ?? qualities.get('*') ?? 0;
    if (liked <= highest) continue;
    best = coding;
    highest = liked;
  }
  return best;
}

function parseCoding(text: string): readonly (readonly [string, number])[] {
  const [name = '', weight, ...rest] = text.split(';').map((part) => part.trim());
  const [, value] = weight === undefined ? ['', '1'] : (quality.exec(weight) ?? []);
  if (name === '' || value === undefined || rest.length > 0) return [];
  const coding = name.toLowerCase();
  // RFC 9110 §8.4.1.3
  return [[coding === 'x-gzip' ? 'gzip' : coding, Number(value)]];
}
