import type { ListedIndicator } from '../indicator/read-indicator.ts';
import type { Target, TargetKind } from '../indicator/target.ts';
import { openKinds } from '../indicator/target.ts';
import { uuidOfId } from '../indicator/uuid-of-id.ts';
import type { Written } from '../loss.ts';
import { type Entry, entriesOf, oneLine } from './entries.ts';

type Fields = readonly (readonly [key: string, value: string | undefined])[];

/**
 * A line of ArcSight's Common Event Format, version 0, for each value. The value itself stands in `cs1`, and for kinds that the
 * format's dictionary knows in that field as well; times are milliseconds since 1970.
 */
export function writeCef(indicators: readonly ListedIndicator[]): Written {
  return write(indicators, 'CEF', (entry) => {
    const { target, indicator, until } = entry;
    const header = [
      'CEF:0',
      ...product,
      `indicator-${target.kind}`,
      `Indicator of the kind ${target.kind}`,
      severityOf(indicator),
    ];
    const fields: Fields = [
      ['cat', target.kind],
      ['cs1Label', 'value'],
      ['cs1', target.value],
      ...fieldOf(cefKeys, target),
      ['dpt', target.port === undefined ? undefined : String(target.port)],
      ['msg', textOf(indicator.name, 1_000)],
      // An id of STIX is longer than this field may be, its UUID is not.
      ['externalId', uuidOfId(indicator.id)],
      ['start', millisecondsOf(indicator.validFrom)],
      ['end', millisecondsOf(until)],
      ...labelled('cs2', 'tlp', indicator.tlp),
      ...labelled('cs3', 'types', textOf(indicator.types.join(' '), 1_000)),
      ...labelled(
        'cn1',
        'confidence',
        indicator.confidence === undefined ? undefined : String(Math.round(indicator.confidence)),
      ),
    ];
    return `${header.map(escapeCefHeader).join('|')}|${join(fields, ' ', escapeCefValue)}`;
  });
}

/** A line of QRadar's Log Event Extended Format, version 2.0, for each value, its attributes divided by tabs. */
export function writeLeef(indicators: readonly ListedIndicator[]): Written {
  return write(indicators, 'LEEF', ({ target, indicator, until }) => {
    const fields: Fields = [
      ['cat', target.kind],
      ['sev', String(Math.max(1, Number(severityOf(indicator))))],
      ['devTime', millisecondsOf(indicator.validFrom)],
      ['indicatorValue', target.value],
      ...fieldOf(leefKeys, target),
      ['dstPort', target.port === undefined ? undefined : String(target.port)],
      ['indicatorName', textOf(indicator.name, 1_000)],
      ['indicatorId', textOf(indicator.id, 200)],
      ['indicatorTypes', textOf(indicator.types.join(' '), 1_000)],
      ['validUntil', millisecondsOf(until)],
      ['tlp', indicator.tlp],
      [
        'confidence',
        indicator.confidence === undefined ? undefined : String(Math.round(indicator.confidence)),
      ],
    ];
    return `LEEF:2.0|${product.join('|')}|indicator-${target.kind}|x09|${join(fields, '\t', (value) => value)}`;
  });
}

/** Vendor, product, version of what the lines mean. */
const product = ['Belltower', 'Belltower', '1'];

/** Fields of CEF's dictionary, where one holds exactly such values. */
const cefKeys: Readonly<Partial<Record<TargetKind, string>>> = {
  ipv4: 'dst',
  ipv6: 'c6a3',
  domain: 'dhost',
  url: 'request',
  email: 'suser',
  mac: 'dmac',
  md5: 'fileHash',
  sha1: 'fileHash',
  sha256: 'fileHash',
  sha512: 'fileHash',
  'file-name': 'fname',
  'user-agent': 'requestClientApplication',
};

/** Attributes that LEEF predefines. */
const leefKeys: Readonly<Partial<Record<TargetKind, string>>> = {
  ipv4: 'dst',
  ipv6: 'dst',
  mac: 'dstMAC',
  url: 'url',
};

/** Longest value of a field of the dictionaries for one kind. */
const longestField: Readonly<Partial<Record<TargetKind, number>>> = { url: 512 };

function fieldOf(keys: Readonly<Partial<Record<TargetKind, string>>>, { kind, value }: Target): Fields {
  const key = keys[kind];
  const isRange = (kind === 'ipv4' || kind === 'ipv6') && value.includes('/');
  if (key === undefined || isRange || value.length > (longestField[kind] ?? 1_023)) return [];
  return key === 'c6a3' ? labelled(key, 'Destination IPv6 Address', value) : [[key, value]];
}

function labelled(key: string, label: string, value: string | undefined): Fields {
  return value === undefined
    ? []
    : [
        [`${key}Label`, label],
        [key, value],
      ];
}

function write(
  indicators: readonly ListedIndicator[],
  format: string,
  line: (entry: Entry) => string,
): Written {
  const { entries, losses } = entriesOf(indicators, { carries: new Set(openKinds), format, ports: true });
  return { text: entries.map((entry) => `${line(entry)}\n`).join(''), count: entries.length, losses };
}

function join(fields: Fields, delimiter: string, encode: (value: string) => string): string {
  return fields
    .flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${encode(value)}`]))
    .join(delimiter);
}

/** 0 to 10; what nobody has rated is in the middle. */
function severityOf({ confidence = 50 }: ListedIndicator): string {
  return String(Math.min(10, Math.max(0, Math.round(confidence / 10))));
}

function textOf(text: string, longest: number): string | undefined {
  return oneLine(text, longest) || undefined;
}

function millisecondsOf(moment: string | undefined): string | undefined {
  const time = Date.parse(moment ?? '');
  return Number.isNaN(time) ? undefined : String(time);
}

/** In the header of CEF a pipe divides, and in its extension an equals sign does. */
function escapeCefHeader(text: string): string {
  return text.replace(/[\\|]/g, '\\$&');
}

function escapeCefValue(text: string): string {
  return text.replace(/[\\=]/g, '\\$&');
}
