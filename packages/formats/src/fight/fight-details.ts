import type { Json } from '../json.ts';
import { recordsAt, textOf } from './fight-file.ts';

/** Lists that stand beside a technique and have no property in STIX, and the words over each in its note. */
const lists: readonly (readonly [key: string, heading: string])[] = [
  ['preconditions', 'Preconditions'],
  ['postconditions', 'Postconditions'],
  ['criticalassets', 'Critical assets'],
  ['procedureexamples', 'Procedure examples'],
  ['detections', 'Detections'],
];

/**
 * What a technique and what was added to it say beside what STIX has properties for, as the text of a note: headings and lists of
 * Markdown. Empty where nothing was said.
 *
 * @param status the status, where it says more than its label
 */
export function detailsOf(
  parts: readonly { readonly raw: Json; readonly at: string }[],
  status: string,
): string {
  const access = [...new Set(parts.map(({ raw }) => textOf(raw['access-required'])))].filter(
    (text) => text !== '' && text !== 'N/A',
  );
  const sections = [
    section('Status', status === '' ? [] : [status]),
    section('Access required', access),
    ...lists.map(([key, heading]) =>
      section(
        heading,
        parts.flatMap(({ raw, at }) => recordsAt(raw, key, at).map(([item]) => lineOf(item))),
      ),
    ),
  ];
  return sections.filter((text) => text !== '').join('\n\n');
}

function section(heading: string, lines: readonly string[]): string {
  const distinct = [...new Set(lines)].filter((line) => line !== '');
  return distinct.length === 0
    ? ''
    : `## ${heading}\n\n${distinct.map((line) => `- ${line.replaceAll('\n', '\n  ')}`).join('\n')}`;
}

/** A condition, an asset or an example has a name and a description; a detection a data source, its component and what it shows. */
function lineOf(item: Json): string {
  const [id, component] = [textOf(item['fgdsid']), textOf(item['component'])];
  const of = [textOf(item['name']), component].filter((text) => text !== '').join(': ');
  const title = id === '' ? of : `${of} (${id})`;
  const says = textOf(item['description']) || textOf(item['detects']);
  if (title === '' || says === '') return title || says;
  return `**${title}**: ${says}`;
}
