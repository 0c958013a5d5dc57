import { attackNumber, techniqueReference } from '@belltower/telecom';
import type { Json } from '../json.ts';

/** Characters of a reference that are looked at. */
const longestReference = 4_000;

/** The references of a technique (STIX 2.1 §2.5): its own number, ATT&CK's where it has one, and the literature in its order. */
export function techniqueReferences(id: string, literature: readonly string[]): readonly Json[] {
  const attack = attackNumber(id);
  const all = [
    techniqueReference(id),
    ...(attack === undefined ? [] : [techniqueReference(attack)]),
    ...literature.map((text) => literatureOf(id, text)),
  ];
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

/** The reference of a group, software or campaign: FiGHT's, and ATT&CK's where the number is from there. */
export function numberReferences(id: string): readonly Json[] {
  const own = { source_name: 'mitre-fight', external_id: id };
  return id.startsWith('FG') ? [own] : [own, { source_name: 'mitre-attack', external_id: id }];
}

/** `<a name="1"> \[1\] </a> [Title, year](https://…)`, with or without each of its parts. */
function literatureOf(id: string, written: string): Json {
  const text = written.slice(0, longestReference);
  const anchor = text.startsWith('<a') ? text.indexOf('</a>') : -1;
  const number = /^<a name="(\d{1,4})"/.exec(text)?.[1];
  const rest = text.slice(anchor === -1 ? 0 : anchor + 4).trim();
  const middle = rest.lastIndexOf('](');
  const url = rest.slice(middle + 2, rest.lastIndexOf(')'));
  const source_name = number === undefined ? id : `${id} [${number}]`;
  if (middle === -1 || !/^https?:\/\/[^\s<>"{}|\\^`]{1,2000}$/.test(url))
    return { source_name, description: rest };
  const title = `${rest.slice(0, middle).replace('[', '')}${rest.slice(rest.lastIndexOf(')') + 1)}`.trim();
  return { source_name, ...(title === '' ? {} : { description: title }), url };
}
