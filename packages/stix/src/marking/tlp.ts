import { isStixId, type StixId } from '../identifier/stix-id.ts';

/** Levels of the Traffic Light Protocol 2.0, from open to closed. */
export const tlpLevels = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const;

/** A level of the Traffic Light Protocol 2.0. */
export type TlpLevel = (typeof tlpLevels)[number];

/** Extension definition of the TLP 2.0 markings. */
export const tlp2Extension = 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d';

const created2 = '2022-10-01T00:00:00.000Z';

function tlp2<const Level extends TlpLevel>(level: Level, uuid: string) {
  return {
    type: 'marking-definition',
    spec_version: '2.1',
    id: `marking-definition--${uuid}`,
    created: created2,
    name: `TLP:${level.toUpperCase()}`,
    extensions: { [tlp2Extension]: { extension_type: 'property-extension', tlp_2_0: level } },
  } as const;
}

/** The five marking definitions of TLP 2.0, as the OASIS CTI TC publishes them. */
export const tlp2Markings = [
  tlp2('clear', '94868c89-83c2-464b-929b-a1a8aa3c8487'),
  tlp2('green', 'bab4a63c-aed9-4cf5-a766-dfca5abac2bb'),
  tlp2('amber', '55d920b0-5e8b-4f79-9ee9-91f868d9b421'),
  tlp2('amber+strict', '939a9414-2ddd-4d32-a0cd-375ea402b003'),
  tlp2('red', 'e828b379-4e03-4974-9ac4-e53a884c97c1'),
] as const;

function tlp1<const Level extends 'white' | 'green' | 'amber' | 'red'>(level: Level, uuid: string) {
  return {
    type: 'marking-definition',
    spec_version: '2.1',
    id: `marking-definition--${uuid}`,
    created: '2017-01-20T00:00:00.000Z',
    definition_type: 'tlp',
    name: `TLP:${level.toUpperCase()}`,
    definition: { tlp: level },
  } as const;
}

/** The four marking definitions of TLP 1 (STIX 2.1 §7.2.1.4). */
export const tlp1Markings = [
  tlp1('white', '613f2e26-407d-48c7-9eca-b8e91df99dc9'),
  tlp1('green', '34098fce-860f-48ae-8e50-ebd3cc5e41da'),
  tlp1('amber', 'f88d31f6-486f-44da-b317-01333bde0b82'),
  tlp1('red', '5e57c739-391a-4eb3-b6be-7d15ca92d5ed'),
] as const;

/**
 * The TLP:AMBER+STRICT of OpenCTI, which marked with it before TLP 2.0 came to STIX and does so still: a statement by its form, so
 * that only the id, or a name beside it, tells.
 */
const openCtiAmberStrict = 'marking-definition--826578e1-40ad-459f-bc73-ede076f81f37';

const levelById: ReadonlyMap<string, TlpLevel> = new Map<string, TlpLevel>([
  [openCtiAmberStrict, 'amber+strict'],
  ...tlp2Markings.map((marking) => [marking.id, marking.extensions[tlp2Extension].tlp_2_0] as const),
  ...tlp1Markings.map((marking) => [marking.id, tlp1AsTlp2(marking.definition.tlp)] as const),
]);

/** The level of TLP 2.0 that a level of TLP 1 means: what was white is clear. */
export function tlp1AsTlp2(level: 'white' | 'green' | 'amber' | 'red'): TlpLevel {
  return level === 'white' ? 'clear' : level;
}

/** The level that a well-known TLP marking stands for, `undefined` for any other id. */
export function tlpLevelOfMarking(id: string): TlpLevel | undefined {
  return levelById.get(id);
}

/** The level that a label such as `TLP:AMBER+STRICT` or `tlp:white` names, of either version; `undefined` for any other text. */
export function tlpLevelOfLabel(label: unknown): TlpLevel | undefined {
  if (typeof label !== 'string' || label.length > 20) return undefined;
  const name = label.trim().toLowerCase();
  if (!name.startsWith('tlp:')) return undefined;
  const level = name.slice(4);
  return level === 'white' ? 'clear' : tlpLevels.find((known) => known === level);
}

/** Whether `text` is a level of TLP 2.0. */
export function isTlpLevel(text: unknown): text is TlpLevel {
  return tlpLevels.some((level) => level === text);
}

/** The id of the TLP 2.0 marking definition of a level. */
export function tlpMarkingId(level: TlpLevel): StixId {
  const id = tlp2Markings.find((marking) => marking.extensions[tlp2Extension].tlp_2_0 === level)?.id;
  if (id === undefined || !isStixId(id)) throw new TypeError(`no level of TLP: ${String(level)}`);
  return id;
}

/** Negative when `left` is more open than `right`, positive when it is stricter, 0 when they are the same. */
export function compareTlp(left: TlpLevel, right: TlpLevel): number {
  return tlpLevels.indexOf(left) - tlpLevels.indexOf(right);
}

/** The strictest of some levels, `undefined` when there is none. */
export function strictestTlp(levels: Iterable<TlpLevel>): TlpLevel | undefined {
  let strictest: TlpLevel | undefined;
  for (const level of levels) {
    if (strictest === undefined || compareTlp(level, strictest) > 0) strictest = level;
  }
  return strictest;
}
