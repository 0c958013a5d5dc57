import { parsePattern } from '@belltower/stix';
import type { Target, TargetKind } from '../indicator/target.ts';
import { targetsOfPattern } from '../indicator/targets-of-pattern.ts';
import type { Json } from '../json.ts';
import type { Loss } from '../loss.ts';
import { mispOf } from './misp-extension.ts';
import type { WarningList } from './warning-list.ts';

/** What becomes of an indicator that a list names: a label and less confidence, or a note in its place. */
export type Listed = 'mark' | 'leave-out';

export interface WarnedObjects {
  readonly objects: readonly Json[];
  /** Each indicator that a list names, and each entry of a list that could not be applied. */
  readonly losses: readonly Loss[];
}

/** Low, on the scale of STIX (STIX 2.1 appendix A). */
const doubtful = 15;

/** Types of attributes of MISP that lists for a kind of value name. */
const typesOfKind: Readonly<Partial<Record<TargetKind, readonly string[]>>> = {
  ipv4: ['ip-src', 'ip-dst', 'domain|ip', 'ip-src|port', 'ip-dst|port'],
  ipv6: ['ip-src', 'ip-dst', 'domain|ip', 'ip-src|port', 'ip-dst|port'],
  domain: ['domain', 'hostname', 'domain|ip'],
  url: ['url', 'uri'],
  email: ['email', 'email-src', 'email-dst'],
  asn: ['AS'],
  md5: ['md5', 'filename|md5', 'malware-sample'],
  sha1: ['sha1', 'filename|sha1'],
  sha256: ['sha256', 'filename|sha256'],
  sha512: ['sha512', 'filename|sha512'],
  mac: ['mac-address'],
  'file-name': ['filename', 'filename|md5', 'filename|sha1', 'filename|sha256'],
  'user-agent': ['user-agent'],
  'certificate-sha1': ['x509-fingerprint-sha1'],
  'certificate-sha256': ['x509-fingerprint-sha256'],
  msisdn: ['phone-number', 'whois-registrant-phone', 'prtn'],
  'global-title': ['phone-number', 'whois-registrant-phone'],
  'sms-sender': ['phone-number'],
};

/**
 * Holds indicators against warning lists. What a list of false positives names is marked, or left out of the indicators: its value stays
 * as a note, so that it is known and does not block anything. What a list of known things names gets the label alone. Nothing of this
 * is silent.
 */
export function applyWarningLists(
  objects: readonly Json[],
  lists: readonly WarningList[],
  { listed = 'mark' }: { readonly listed?: Listed } = {},
): WarnedObjects {
  const losses: Loss[] = lists.flatMap((list) => list.losses);
  const replaced = new Map<string, string>();
  const reportOf = listed === 'leave-out' ? reportsByMember(objects) : new Map<unknown, string>();
  const warned = objects.map((object) => {
    const hits = object['type'] === 'indicator' ? hitsOf(object, lists) : [];
    if (hits.length === 0) return object;
    const isFalse = hits.some(({ list }) => list.category === 'false-positive');
    for (const { list, entry, value } of hits)
      losses.push({
        at: String(object['id']),
        what: `${value.slice(0, 200)} on the warning list ${list.name}`,
        why: told(list, entry, isFalse && listed === 'leave-out'),
      });
    const marked = withLabels(
      object,
      hits.map(({ list }) => `warninglist:${list.name}`),
    );
    if (!isFalse) return marked;
    if (listed === 'mark') return doubted(marked);
    const note = asNote(marked, reportOf.get(object['id']));
    replaced.set(String(object['id']), String(note['id']));
    return note;
  });
  return {
    objects: replaced.size === 0 ? warned : warned.map((object) => redirected(object, replaced)),
    losses,
  };
}

function told({ category }: WarningList, entry: string, isLeftOut: boolean): string {
  const by = `It is listed as ${entry.slice(0, 200)}.`;
  if (category === 'known') return `${by} The indicator has a label that says so.`;
  return isLeftOut
    ? `${by} It is a note and no indicator.`
    : `${by} The indicator is marked, and its confidence is low.`;
}

interface Hit {
  readonly list: WarningList;
  readonly entry: string;
  readonly value: string;
}

function hitsOf(indicator: Json, lists: readonly WarningList[]): readonly Hit[] {
  const { pattern, pattern_type: language = 'stix' } = indicator;
  if (typeof pattern !== 'string' || language !== 'stix') return [];
  const parsed = parsePattern(pattern);
  if (!parsed.ok) return [];
  const hits = new Map<WarningList, Hit>();
  for (const target of targetsOfPattern(parsed.pattern).targets)
    for (const list of lists) {
      const hit = hits.has(list) || !isFor(list, target.kind) ? undefined : hitOf(target, list);
      if (hit !== undefined) hits.set(list, hit);
    }
  return [...hits.values()];
}

function isFor({ types }: WarningList, kind: TargetKind): boolean {
  if (types === undefined || types.has(kind)) return true;
  return typesOfKind[kind]?.some((type) => types.has(type)) === true;
}

function hitOf({ kind, value }: Target, list: WarningList): Hit | undefined {
  // Lists of numbers write them with + and without.
  const forms =
    kind === 'global-title' ? [value, `+${value}`] : kind === 'msisdn' ? [value, value.slice(1)] : [value];
  for (const form of forms) {
    const entry = list.find(form);
    if (entry !== undefined) return { list, entry, value };
  }
  return undefined;
}

function withLabels(object: Json, more: readonly string[]): Json {
  const labels: readonly unknown[] = Array.isArray(object['labels']) ? object['labels'] : [];
  return { ...object, labels: [...new Set([...labels, ...more])] };
}

function doubted(object: Json): Json {
  const confidence = object['confidence'];
  return {
    ...object,
    confidence: typeof confidence === 'number' ? Math.min(confidence, doubtful) : doubtful,
  };
}

function reportsByMember(objects: readonly Json[]): ReadonlyMap<unknown, string> {
  const reports = new Map<unknown, string>();
  for (const { type, id, object_refs: refs } of objects)
    if (type === 'report' && Array.isArray(refs)) for (const ref of refs) reports.set(ref, String(id));
  return reports;
}

/** What an indicator said, without asking anybody to look for it; about its report, or whoever made it. */
function asNote(indicator: Json, report: string | undefined): Json {
  const {
    indicator_types: _,
    pattern,
    pattern_type: __,
    pattern_version: ___,
    valid_from: ____,
    valid_until: _____,
    kill_chain_phases: ______,
    name,
    description: _______,
    ...rest
  } = indicator;
  const id = `note--${String(indicator['id']).split('--')[1] ?? ''}`;
  const misp = mispOf(indicator);
  return {
    ...rest,
    type: 'note',
    id,
    abstract: typeof misp?.['type'] === 'string' ? misp['type'] : name,
    content: misp?.['value'] ?? pattern,
    object_refs: [report ?? indicator['created_by_ref'] ?? id],
  };
}

const references = ['source_ref', 'target_ref', 'sighting_of_ref'] as const;

/** An object that refers to the notes in the place of the indicators; notes indicate nothing. */
function redirected(object: Json, replaced: ReadonlyMap<string, string>): Json {
  const changes: Record<string, unknown> = {};
  for (const name of references) {
    const note = replaced.get(String(object[name]));
    if (note !== undefined) changes[name] = note;
  }
  if (changes['source_ref'] !== undefined && object['relationship_type'] !== 'related-to')
    changes['relationship_type'] = 'related-to';
  const refs: unknown = object['object_refs'];
  if (Array.isArray(refs) && refs.some((ref) => replaced.has(ref)))
    changes['object_refs'] = refs.map((ref) => replaced.get(ref) ?? ref);
  return Object.keys(changes).length === 0 ? object : { ...object, ...changes };
}
