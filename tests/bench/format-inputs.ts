import { makePdf, pageOfLines } from '../../packages/formats/src/from/testing/make-pdf.ts';
import type { InputFormatName } from '../../packages/formats/src/index.ts';
import { mispEvent } from '../support/misp-events.ts';
import { reportText } from '../support/report-text.ts';
import { mixedIndicators } from './mixed-indicators.ts';

/** A large input of a format, and the least that can be done with it. */
export interface FormatInput {
  readonly bytes: Uint8Array;
  /** Rows, pages, objects or megabytes in it. */
  readonly count: number;
  readonly unit: string;
  readonly yardstick: string;
  readonly bare: () => unknown;
}

/** An input for each format; small ones for a quick run. */
export function benchInputs(quick: boolean): Readonly<Record<InputFormatName, FormatInput>> {
  const [many, some, few] = quick ? [500, 100, 5] : [10_000, 2_000, 100];
  const report = reportText(quick ? 100_000 : 2_000_000, 2);
  const lines = report.slice(0, few * 4_000).split('\n');
  const pages = Array.from({ length: few }, (_, page) =>
    pageOfLines(
      lines.slice(page * 20, page * 20 + 20).map((line) => line.replace(/[^\x20-\x7e]/g, ' ').slice(0, 200)),
    ),
  );
  const pdf = makePdf([...pages.slice(1), pageOfLines(['GT 32475000001 called hxxp://bad[.]example[.]org'])]);
  return {
    pdf: { bytes: pdf, count: few, unit: 'pages', ...split(pdf) },
    misp: json(mispEvent(many, 3), many, 'attributes'),
    'misp-galaxy': json(galaxy(some), some, 'clusters'),
    'stix-2.0': json(bundle(stix20(many), { spec_version: '2.0' }), many, 'objects'),
    stix: json(bundle(mixedIndicators(many)), many, 'objects'),
    fight: text(fight(some), some, 'techniques'),
    csv: text(csv(many), many, 'rows'),
    text: text(report, report.length / 1_000_000, 'MB'),
  };
}

function json(value: object, count: number, unit: string): FormatInput {
  const written = JSON.stringify(value);
  const bytes = new TextEncoder().encode(written);
  return { bytes, count, unit, yardstick: 'JSON.parse of the text', bare: () => JSON.parse(written) };
}

function text(written: string, count: number, unit: string): FormatInput {
  const bytes = new TextEncoder().encode(written);
  return { bytes, count, unit, ...split(bytes) };
}

function split(bytes: Uint8Array): Pick<FormatInput, 'yardstick' | 'bare'> {
  const decoder = new TextDecoder('latin1');
  return { yardstick: 'split of the text at white space', bare: () => decoder.decode(bytes).split(/\s+/) };
}

const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

function bundle(objects: readonly object[], more: object = {}): object {
  return { type: 'bundle', id: `bundle--${uuid(1)}`, ...more, objects };
}

function stix20(count: number): readonly object[] {
  return mixedIndicators(count).map(
    ({ spec_version: _, indicator_types: labels, pattern_type: __, ...rest }) => ({
      ...rest,
      labels,
    }),
  );
}

function galaxy(count: number): object {
  const values = Array.from({ length: count }, (_, number) => ({
    uuid: uuid(number),
    value: `Actor ${number}`,
    description: 'Asks for locations of subscribers, and has done so for years.',
    meta: { synonyms: [`Other name ${number}`], refs: [`https://example.org/${number}`], country: 'XX' },
    related: [{ 'dest-uuid': uuid((number * 7) % count), type: 'similar' }],
  }));
  return {
    authors: ['somebody'],
    category: 'actor',
    type: 'threat-actor',
    name: 'Actors',
    version: 1,
    values,
  };
}

function fight(count: number): string {
  const techniques = Array.from(
    { length: count },
    (_, number) =>
      `- id: FGT${5_000 + (number % 1_000)}.${String(500 + Math.floor(number / 1_000)).padStart(3, '0')}\n  object-type: technique\n  name: Technique ${number}\n  bluf: Reads what passes.\n  tactics: [TA0007]\n  status: Observed in 4G\n`,
  );
  return `tactics:\n- {id: TA0007, name: Discovery, object-type: tactic}\ntechniques:\n${techniques.join('')}`;
}

function csv(count: number): string {
  const rows = Array.from(
    { length: count },
    (_, row) => `domain,bad-${row}.example.org,2026-01-01,${row % 101},green,"Seen, ""often""",a;b\n`,
  );
  return `type,value,first_seen,confidence,tlp,name,labels\n${rows.join('')}`;
}
