import { isJsonObject } from '@belltower/stix';
import { cleanText } from '../framework-object.ts';
import type { Json } from '../json.ts';

/** What FiGHT's file says of one thing, as far as every kind of thing has it. */
export interface FightEntry {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly raw: Json;
  /** JSON path in the file. */
  readonly at: string;
}

/** FiGHT's file: an object of lists (`fight.yaml`, in the form of ATLAS). */
export interface FightFile {
  readonly tactics: readonly FightEntry[];
  readonly techniques: readonly FightEntry[];
  readonly mitigations: readonly FightEntry[];
  readonly groups: readonly FightEntry[];
  readonly software: readonly FightEntry[];
  readonly campaigns: readonly FightEntry[];
  readonly raw: Json;
}

/** Carries a place out of the depth of a reading; never leaves this folder. */
export class Misfit extends Error {
  override readonly name = 'Misfit';
  readonly at: string;

  constructor(message: string, at: string) {
    super(message);
    this.at = at;
  }
}

/** How ids of each list look. What ATT&CK numbered keeps its number. */
const ids = {
  tactics: /^TA\d{4}$/,
  techniques: /^FGT\d{4}(?:\.\d{3})?$/,
  mitigations: /^FGM\d{4}(?:\.\d{1,3})?$/,
  groups: /^(?:FGG|G)\d{4}$/,
  software: /^(?:FGS|S)\d{4}$/,
  campaigns: /^(?:FGC|C)\d{4}$/,
} as const;

/** Reads the lists of the file; throws `Misfit` where it has not their form. What is missing or empty is an empty list. */
export function fightFileOf(value: unknown): FightFile {
  if (!isJsonObject(value)) throw new Misfit('It is no object of lists.', '$');
  if (!Array.isArray(value['techniques'])) throw new Misfit('It has a list of techniques.', '$.techniques');
  const list = (key: keyof typeof ids) => entriesOf(value, key);
  return {
    tactics: list('tactics'),
    techniques: list('techniques'),
    mitigations: list('mitigations'),
    groups: list('groups'),
    software: list('software'),
    campaigns: list('campaigns'),
    raw: value,
  };
}

function entriesOf(file: Json, key: keyof typeof ids): readonly FightEntry[] {
  const known = new Set<string>();
  return recordsAt(file, key, '$').map(([raw, at]) => {
    const id = textOf(raw['id']);
    if (!ids[key].test(id)) throw new Misfit('Here should be an id of its kind.', `${at}.id`);
    if (known.has(id)) throw new Misfit('Another one has this id.', `${at}.id`);
    known.add(id);
    return { id, name: textOf(raw['name']) || id, description: textOf(raw['description']), raw, at };
  });
}

/** The records of a list, with their places. The file writes `''` and `[]` for nothing. */
export function recordsAt(raw: Json, key: string, at: string): readonly (readonly [Json, string])[] {
  const list = raw[key] ?? '';
  const place = `${at}.${key.slice(0, 100)}`;
  if (list === '') return [];
  if (!Array.isArray(list)) throw new Misfit('Here should be a list.', place);
  return list.map((item: unknown, index) => {
    if (!isJsonObject(item)) throw new Misfit('Here should be an object.', `${place}[${index}]`);
    return [item, `${place}[${index}]`];
  });
}

/** The texts of a list, or of one text with commas between. */
export function textsAt(raw: Json, key: string): readonly string[] {
  const value = raw[key];
  const all: readonly unknown[] = Array.isArray(value) ? value : textOf(value).split(',');
  return all.map(textOf).filter((text) => text !== '');
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? cleanText(value) : '';
}
