import type { Found, FoundKind } from '../text/found.ts';

/** What is to be said of a finding before it becomes an indicator. */
export interface JudgedFound {
  readonly found: Found;
  /** What speaks against it, in sentences. */
  readonly why: readonly string[];
  /** Whether it is left out in any case. */
  readonly isOut: boolean;
}

/** Lines in which whoever writes says how to reach them. */
const contactLine =
  /^[\s>#*_|-]{0,20}(?:contacts?|kontakt|e-?mail|phone|telephone|hotline|fax|web(?:site)?|author|written by|published by|issued by|questions|report (?:it )?to|reply[ -]to|pgp)\b[^:\n]{0,60}:/i;

/** Kinds that reports name as references as well; whoever means something bad with them defangs it. */
const referable: ReadonlySet<FoundKind> = new Set<FoundKind>(['ipv4', 'ipv6', 'domain', 'url', 'email']);

/**
 * Looks at findings together, as one alone does not tell: addresses of the author's own, hosts that only stand in a URL, and addresses
 * that were not defanged where others were.
 */
export function judgeFound(text: string, found: readonly Found[]): readonly JudgedFound[] {
  const lines = contactLines(text);
  const own = found.filter((one) => isOwn(one, lines));
  const ownDomains = new Set(own.flatMap((one) => domainOf(one) ?? []));
  const inside = placesInside(found);
  const isDefanging = found.some((one) => referable.has(one.kind) && isDefanged(one));
  return found.map((one): JudgedFound => {
    if (isOwn(one, lines) || (!isDefanged(one) && ownDomains.has(domainOf(one) ?? '')))
      return out(one, 'It is how the author of the text can be reached.');
    if (one.kind === 'domain' || one.kind === 'ipv4' || one.kind === 'ipv6') {
      const alone = one.places.some(({ offset, length }) => !inside.has(`${offset} ${length}`));
      if (!alone) return out(one, 'It stands in URLs only, and they are taken whole.');
    }
    if (isDefanging && referable.has(one.kind) && !isDefanged(one))
      return {
        found: one,
        why: [
          'Others in the text are written so that nobody follows them, and this is not: it may be a reference.',
        ],
        isOut: false,
      };
    return { found: one, why: [], isOut: false };
  });
}

function out(found: Found, why: string): JudgedFound {
  return { found, why: [why], isOut: true };
}

function isDefanged({ places }: Found): boolean {
  return places.some(({ defanged }) => defanged);
}

/** Numbers of the lines in which somebody says how to reach them, from 1. */
function contactLines(text: string): ReadonlySet<number> {
  const found = new Set<number>();
  let number = 0;
  for (let from = 0; from <= text.length; ) {
    number += 1;
    const end = text.indexOf('\n', from);
    if (contactLine.test(text.slice(from, Math.min(end === -1 ? text.length : end, from + 200))))
      found.add(number);
    if (end === -1) break;
    from = end + 1;
  }
  return found;
}

function isOwn(one: Found, lines: ReadonlySet<number>): boolean {
  const reaches =
    referable.has(one.kind) || one.kind === 'msisdn' || one.kind === 'tel-uri' || one.kind === 'sip-uri';
  return reaches && !isDefanged(one) && one.places.every(({ line }) => lines.has(line));
}

/** Where URLs stand: an address that is found at the same place is the host of one. */
function placesInside(found: readonly Found[]): ReadonlySet<string> {
  return new Set(
    found.flatMap(({ kind, places }) =>
      kind === 'url' ? places.map(({ offset, length }) => `${offset} ${length}`) : [],
    ),
  );
}

/** The domain that an address of mail, a URL or a domain belongs to. */
function domainOf({ kind, value }: Found): string | undefined {
  if (kind === 'email') return value.slice(value.lastIndexOf('@') + 1);
  if (kind === 'domain') return value.replace(/^www\./, '');
  if (kind === 'url') return /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?(?:www\.)?([^/?#:@]+)/i.exec(value)?.[1];
  return undefined;
}
