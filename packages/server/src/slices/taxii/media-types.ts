/** What every answer is, and what a request's body has to be (TAXII 2.1 §1.6.8). */
export const taxiiMediaType = 'application/taxii+json;version=2.1';

/** What a collection holds (TAXII 2.1 §5.2.1). */
export const stixMediaType = 'application/stix+json;version=2.1';

interface MediaRange {
  /** `type/subtype` in small letters; either may be `*`. */
  readonly name: string;
  readonly version: string | undefined;
  readonly charset: string | undefined;
  readonly quality: number;
}

const range = /^[\w!#$&^.+*-]{1,100}\/[\w!#$&^.+*-]{1,100}$/;
const quality = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;

/**
 * Whether an Accept header admits one of the offered media types (RFC 7231 §5.3.2): the most specific range that
 * speaks of a type decides. A request without the header takes anything; what is malformed says nothing.
 */
export function isAcceptable(header: string | undefined, offers: readonly string[]): boolean {
  if (header === undefined || header.trim() === '') return true;
  const ranges = header.split(',').flatMap((text) => parseRange(text) ?? []);
  return offers.some((offer) => {
    const offered = parseRange(offer);
    return offered !== undefined && qualityOf(offered, ranges) > 0;
  });
}

/** Whether a Content-Type header says TAXII 2.1, by its version or by giving none (TAXII 2.1 §1.6.8.2). */
export function isTaxiiContent(header: string | undefined): boolean {
  const type = header === undefined ? undefined : parseRange(header);
  const taxii = parseRange(taxiiMediaType);
  if (type === undefined || type.name !== taxii?.name) return false;
  if (type.charset !== undefined && type.charset !== 'utf-8') return false;
  return type.version === undefined || type.version === taxii.version;
}

function qualityOf(offer: MediaRange, ranges: readonly MediaRange[]): number {
  let closest = -1;
  let best = 0;
  for (const candidate of ranges) {
    const closeness = closenessOf(offer, candidate);
    if (closeness === undefined || closeness < closest) continue;
    best = closeness > closest ? candidate.quality : Math.max(best, candidate.quality);
    closest = closeness;
  }
  return best;
}

/** How closely a range speaks of a type; undefined when it speaks of others. */
function closenessOf(offer: MediaRange, { name, version }: MediaRange): number | undefined {
  if (name === '*/*') return 0;
  if (name === `${offer.name.split('/')[0]}/*`) return 1;
  if (name !== offer.name) return undefined;
  if (version === undefined) return 2;
  return version === offer.version ? 3 : undefined;
}

function parseRange(text: string): MediaRange | undefined {
  const [first = '', ...parameters] = text.split(';').map((part) => part.trim());
  const name = first.toLowerCase();
  if (!range.test(name)) return undefined;
  const values = new Map(parameters.map(parseParameter));
  const q = values.get('q') ?? '1';
  if (!quality.test(q)) return undefined;
  return {
    name,
    version: values.get('version'),
    charset: values.get('charset')?.toLowerCase(),
    quality: Number(q),
  };
}

function parseParameter(text: string): readonly [string, string] {
  const equals = text.indexOf('=');
  if (equals === -1) return [text.toLowerCase(), ''];
  const value = text.slice(equals + 1).trim();
  const quoted = value.length >= 2 && value.startsWith('"') && value.endsWith('"');
  return [text.slice(0, equals).trim().toLowerCase(), quoted ? value.slice(1, -1) : value];
}
