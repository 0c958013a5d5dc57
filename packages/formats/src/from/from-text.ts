import { attackPattern, technique, techniqueReference, telecomExtensionAuthor } from '@belltower/telecom';
import type { Json } from '../json.ts';
import type { Loss } from '../loss.ts';
import { extract } from '../text/extract.ts';
import type { Found, FoundPlace } from '../text/found.ts';
import { tlpDefinitions } from '../tlp-definitions.ts';
import type { InputAbout, ReadInput } from './input.ts';
import { failed } from './input.ts';
import { judgeFound } from './judge-found.ts';
import type { Maker } from './maker.ts';
import { createMaker, isSure, lowConfidence } from './maker.ts';
import { isRealm } from './read-value.ts';
import { patternOfValue } from './value-pattern.ts';

/** UTF-16 units of a text, and values in it that become objects. */
const longestText = 33_554_432;
const mostValues = 20_000;

/** How a place is told; a text of pages tells the page as well. */
export type TellPlace = (place: FoundPlace) => string;

const tellLine: TellPlace = ({ line, column }) => `line ${line}, column ${column}`;

/**
 * A text as a report of what stands in it: values for detection as indicators, CVEs as vulnerabilities, techniques as attack patterns, and a
 * note that tells where each stands. What is doubtful gets a low confidence, or is left out with `about.sure`; what the text
 * names as its author's own is left out.
 */
export function fromText(text: string, about: InputAbout, tellPlace: TellPlace = tellLine): ReadInput {
  if (text.length > longestText) return failed(`A text has ${longestText} characters at the most.`, 'line 1');
  const whole = text.toWellFormed();
  const title = titleOf(whole, about.name);
  const { found, leftOut } = extract(whole, { most: mostValues, places: 20 });
  const losses: Loss[] = [];
  if (leftOut > 0)
    losses.push({
      at: 'text',
      what: `${leftOut} values`,
      why: `Of one text ${mostValues} different values are taken.`,
    });
  const maker = createMaker({ ...about, name: title });
  const kept: { readonly object: Json; readonly found: Found }[] = [];
  for (const { found: one, why, isOut } of judgeFound(whole, found)) {
    const what = `${one.kind} ${one.value}`;
    const at = one.places.slice(0, 1).map(tellPlace).join('');
    const doubts = [...one.doubts.filter((doubt) => !isSure([doubt])).map(({ message }) => message), ...why];
    if (isOut || (doubts.length > 0 && about.sure === true)) {
      losses.push({ at, what, why: doubts.join(' ') });
      continue;
    }
    const object = objectOf(one, { maker, about, title, doubts });
    if (object === undefined) losses.push({ at, what, why: 'STIX has no object or pattern for it.' });
    else kept.push({ object, found: one });
  }
  if (kept.length === 0) {
    losses.push({
      at: 'text',
      what: 'text',
      why: 'Nothing that is known here stands in it, so that there is nothing to report.',
    });
    return { ok: true, value: { objects: [], losses } };
  }
  const objects = [
    ...kept.map(({ object }) => object),
    ...reportOf(whole, { maker, about, title, kept, tellPlace }),
  ];
  const authors = objects.some((object) => object['created_by_ref'] === telecomExtensionAuthor.id)
    ? [telecomExtensionAuthor]
    : [];
  return { ok: true, value: { objects: [...tlpDefinitions(objects), ...authors, ...objects], losses } };
}

/** What it is called or, where nobody says, its first line. */
function titleOf(text: string, name = ''): string {
  const firstLine = text.split('\n', 50).find((line) => line.trim() !== '') ?? '';
  return (name.trim() || firstLine.trim() || 'Text').slice(0, 120).toWellFormed();
}

interface Making {
  readonly maker: Maker;
  readonly about: InputAbout;
  readonly title: string;
}

function objectOf(
  { kind, value, places }: Found,
  { maker, about, title, doubts }: Making & { readonly doubts: readonly string[] },
): Json | undefined {
  const confidence = doubts.length > 0 ? { confidence: lowConfidence } : {};
  if (kind === 'cve')
    return {
      ...maker.head({ id: maker.id('vulnerability', value) }),
      name: value,
      ...confidence,
      external_references: [{ source_name: 'cve', external_id: value }],
    };
  if (techniques.test(value) && (kind === 'attack' || kind === 'fight' || kind === 'motif')) {
    const known = technique(value);
    // Those that are known here are everybody's: their ids, words and markings are the same wherever they are found.
    if (known !== undefined) return attackPattern(known);
    return {
      ...maker.head({ id: maker.id('attack-pattern', kind, value) }),
      name: value,
      ...confidence,
      external_references: [techniqueReference(value)],
    };
  }
  const exact = kind === 'diameter-identity' ? (isRealm(value) ? 'diameter-realm' : 'diameter-host') : kind;
  const pattern = patternOfValue(exact, value);
  if (pattern === undefined) return undefined;
  return {
    ...maker.head({ id: maker.id('indicator', pattern) }),
    name: `${kind}: ${value}`.slice(0, 250).toWellFormed(),
    description: [`It stands in “${title}”.`, ...doubts].join(' '),
    // Who wrote it so that nobody follows it by accident meant it as something bad.
    indicator_types: [places.some(({ defanged }) => defanged) ? 'malicious-activity' : 'unknown'],
    pattern,
    pattern_type: 'stix',
    pattern_version: '2.1',
    valid_from: about.now,
    ...confidence,
  };
}

/** Which ids of ATT&CK, FiGHT and MoTIF are techniques: tactics and mitigations are something else. */
const techniques = /^(?:T|FGT|MOT)\d/;

interface Reporting extends Making {
  readonly kept: readonly { readonly object: Json; readonly found: Found }[];
  readonly tellPlace: TellPlace;
}

/** A note of so many characters is still read by people. */
const longestNote = 200_000;
const placesTold = 5;

function reportOf(text: string, { maker, about, title, kept, tellPlace }: Reporting): readonly Json[] {
  const report = maker.id('report', text);
  const lines = kept.map(({ found: { kind, value, places } }) => {
    const told = places.slice(0, placesTold).map(tellPlace).join('; ');
    return `${kind} ${value}: ${told}${places.length > placesTold ? '; …' : ''}`;
  });
  const content = lines.join('\n');
  return [
    {
      ...maker.head({ id: report }),
      name: title,
      report_types: ['indicator'],
      published: about.now,
      object_refs: [...new Set(kept.map(({ object }) => String(object['id'])))],
    },
    {
      ...maker.head({ id: maker.id('note', text) }),
      abstract: 'Where each value stands',
      content: content.length > longestNote ? `${content.slice(0, longestNote).toWellFormed()}\n…` : content,
      object_refs: [report],
    },
  ];
}
