import type { InputAbout, InputFormatName } from '../../packages/formats/src/index.ts';
import {
  extract,
  fromMisp,
  inputFormatNames,
  outputFormatNames,
  outputFormats,
  readInput,
  toMisp,
} from '../../packages/formats/src/index.ts';
import { isTimestamp } from '../../packages/stix/src/index.ts';
import { explain, isObservableKind, readObservable } from '../../packages/telecom/src/index.ts';
import { mispEvent } from '../support/misp-events.ts';
import { reportText } from '../support/report-text.ts';
import { telecomTexts } from '../support/telecom-texts.ts';
import type { Bench } from './bench.ts';
import { reportComparison } from './bench.ts';
import { benchInputs } from './format-inputs.ts';
import { mixedIndicators } from './mixed-indicators.ts';
import type { BenchOptions } from './options.ts';
import type { Speed } from './result.ts';
import { compare } from './result.ts';

const moment = '2026-11-22T00:00:00.000Z';
if (!isTimestamp(moment)) throw new Error('This is a time');
const uuid = '11111111-1111-4111-8111-111111111111';
const writing = { now: moment, serial: 7, uuid };
const reading: InputAbout = { now: moment, uuid: () => uuid, name: 'a list' };

interface Row {
  readonly name: string;
  readonly unit: string;
  /** Units that one turn of the work does. */
  readonly count: number;
  readonly work: () => unknown;
  readonly yardstick: string;
  readonly bare: () => unknown;
}

/** Measures what reads and writes formats, without a node, in this process. */
export async function benchFormats(options: BenchOptions, report: Bench['report']): Promise<void> {
  const { quick } = options;
  for (const make of [telecomRows, textRows, mispRows, outputRows])
    for (const row of make(quick)) await measure(row, { quick, report });
  const inputs = benchInputs(quick);
  for (const name of inputFormatNames) {
    const { bytes, count, unit, bare, yardstick } = inputs[name];
    await measure(
      { name: `from ${name}`, unit: `${unit}/s`, count, work: () => read(name, bytes), yardstick, bare },
      { quick, report },
    );
  }
}

async function read(name: InputFormatName, bytes: Uint8Array): Promise<void> {
  const result = await readInput(name, bytes, reading);
  if (!result.ok || result.value.objects.length === 0) throw new Error(`Nothing was read as ${name}`);
}

async function measure(
  { name, unit, count, work, yardstick, bare }: Row,
  { quick, report }: { readonly quick: boolean; readonly report: Bench['report'] },
): Promise<void> {
  const milliseconds = quick ? 50 : 500;
  const comparison = await compare(speed(count, work, milliseconds), speed(count, bare, milliseconds), {
    rounds: quick ? 1 : 3,
  });
  reportComparison({ report }, { name, unit, yardstick }, comparison);
}

/** Units a second, of work that is done until some time is over. */
function speed(count: number, work: () => unknown, milliseconds: number): Speed {
  return async () => {
    const started = performance.now();
    let units = 0;
    do {
      await work();
      units += count;
    } while (performance.now() - started < milliseconds);
    return (units * 1_000) / (performance.now() - started);
  };
}

function telecomRows(): readonly Row[] {
  const values = Object.entries(telecomTexts).flatMap(([kind, texts]) =>
    isObservableKind(kind) ? texts.map((text) => ({ kind, text })) : [],
  );
  const bare = () => values.map(({ text }) => text.normalize('NFKC').trim());
  const common = {
    unit: 'values/s',
    count: values.length,
    yardstick: 'normalize and trim of the values',
    bare,
  };
  return [
    { ...common, name: 'explain, any kind', work: () => values.map(({ text }) => explain(text)) },
    {
      ...common,
      name: 'normalise, kind known',
      work: () => values.map(({ kind, text }) => readObservable(kind, text)),
    },
  ];
}

function textRows(quick: boolean): readonly Row[] {
  const text = reportText(quick ? 500_000 : 10_000_000, 1);
  return [
    {
      name: `extract from ${quick ? '0.5' : '10'} MB of reports`,
      unit: 'MB/s',
      count: text.length / 1_000_000,
      work: () => extract(text),
      yardstick: 'split of the text at white space',
      bare: () => text.split(/\s+/),
    },
  ];
}

function mispRows(quick: boolean): readonly Row[] {
  const count = quick ? 500 : 10_000;
  const text = JSON.stringify(mispEvent(count, 1));
  const made = fromMisp(text);
  if (!made.ok) throw new Error(made.error.message);
  const { objects } = made.value;
  return [
    {
      name: 'MISP event to STIX',
      unit: 'attributes/s',
      count,
      work: () => fromMisp(text),
      yardstick: 'JSON.parse of the event',
      bare: () => JSON.parse(text),
    },
    {
      name: 'STIX to MISP event',
      unit: 'attributes/s',
      count,
      work: () => toMisp(objects, writing),
      yardstick: 'JSON.stringify of the objects',
      bare: () => JSON.stringify(objects),
    },
  ];
}

function outputRows(quick: boolean): readonly Row[] {
  const count = quick ? 500 : 10_000;
  const objects = mixedIndicators(count);
  return outputFormatNames.map((name) => ({
    name: `to ${name}`,
    unit: 'indicators/s',
    count,
    work: () => outputFormats[name].write(objects, writing),
    yardstick: 'JSON.stringify of the indicators',
    bare: () => JSON.stringify(objects),
  }));
}
