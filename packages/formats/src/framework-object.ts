import { frameworkRelationshipId } from '@belltower/telecom';
import type { Json } from './json.ts';

/** Whose an object is, and since when; `now` is the time of the conversion. */
export interface ObjectFrame {
  readonly created: string;
  readonly now: string;
  readonly creator?: string | undefined;
}

/** The properties that every object of a conversion begins with (STIX 2.1 §3.2). A version is never older than its object. */
export function framedObject(id: string, { created, now, creator }: ObjectFrame): Json {
  return {
    type: id.slice(0, -38),
    spec_version: '2.1',
    id,
    ...(creator === undefined ? {} : { created_by_ref: creator }),
    created,
    modified: now > created ? now : created,
  };
}

/** What stands between two objects, and in which words. */
export interface Relation {
  readonly source: string;
  readonly type: string;
  readonly target: string;
  readonly says?: string;
}

/** A relationship with the id that everybody gives it. */
export function framedRelationship({ source, type, target, says = '' }: Relation, frame: ObjectFrame): Json {
  return {
    ...framedObject(frameworkRelationshipId({ source, type, target }), frame),
    relationship_type: type,
    ...(says === '' ? {} : { description: says }),
    source_ref: source,
    target_ref: target,
  };
}

/** A name as the phase of a kill chain is written (STIX 2.1 §2.11): lowercase, hyphens between words. */
export function phaseName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

/** A text of the source as STIX can hold it: no half of a character, and the line ends of Unix. */
export function cleanText(text: string): string {
  return text.toWellFormed().replaceAll('\r\n', '\n').trim();
}
