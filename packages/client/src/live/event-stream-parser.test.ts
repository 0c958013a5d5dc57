import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ClientError } from '../client-error.ts';
import type { StreamEvent } from './event-stream-parser.ts';
import { EventStreamParser } from './event-stream-parser.ts';

function parse(text: string): {
  readonly events: readonly StreamEvent[];
  readonly parser: EventStreamParser;
} {
  const parser = new EventStreamParser();
  return { events: parser.push(new TextEncoder().encode(text)), parser };
}

const line = fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll(/[\r\n]/g, ''));
const event = fc.record({
  event: line.map((text) => text.replace(/^ /, '')).filter((text) => text !== ''),
  id: line.map((text) => text.replaceAll('\0', '').replace(/^ /, '')),
  lines: fc.array(line, { minLength: 1, maxLength: 4 }),
  comment: fc.option(line),
});
const lineEnd = fc.constantFrom('\n', '\r', '\r\n');

test('Events come out as they went in, wherever chunks break and however lines end', () => {
  fc.assert(
    fc.property(
      fc.array(event, { maxLength: 6 }),
      fc.infiniteStream(lineEnd),
      fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
      (events, ends, sizes) => {
        const end = () => ends.next().value ?? '\n';
        const text = events
          .map(({ event: name, id, lines, comment }) =>
            [
              ...(comment === null ? [] : [`:${comment}`]),
              `event: ${name}`,
              `id: ${id}`,
              ...lines.map((data) => `data: ${data}`),
            ]
              .map((field) => `${field}${end()}`)
              // A blank line that ends with CR LF, so that a CR before it does not take its LF.
              .join('')
              .concat('\r\n'),
          )
          .join('');
        const bytes = new TextEncoder().encode(text);
        const parser = new EventStreamParser();
        const found: StreamEvent[] = [];
        for (let at = 0; at < bytes.length; ) {
          const size = sizes.next().value ?? 1;
          found.push(...parser.push(bytes.subarray(at, at + size)));
          at += size;
        }
        const decode = (value: string) =>
          new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(value));
        const wanted = events.map(({ event: name, id, lines }) => ({
          event: decode(name),
          data: decode(lines.join('\n')),
          id: decode(id),
        }));
        assert.deepEqual(found, wanted);
      },
    ),
    { numRuns: 500 },
  );
});

test('A byte order mark at the beginning is no part of the stream', () => {
  assert.deepEqual(parse('\uFEFFdata: 1\n\n').events, [{ event: 'message', data: '1', id: '' }]);
});

test('An event without data is not handed out, and its id counts', () => {
  const { events, parser } = parse('retry: 1500\nid: 7\n\n: nothing\n\nevent: heartbeat\n\n');
  assert.deepEqual(events, []);
  assert.equal(parser.lastId, '7');
  assert.equal(parser.retry, 1_500);
});

test('An id counts only when its event is complete', () => {
  assert.equal(parse('id: 1\ndata\n\nid: 2\ndata: x\n').parser.lastId, '1');
});

test('An id with a NUL, a retry that is no number and unknown fields are passed over', () => {
  const { events, parser } = parse('id: a\0b\nretry: soon\ncolour: red\ndata: x\n\n');
  assert.deepEqual(events, [{ event: 'message', data: 'x', id: '' }]);
  assert.equal(parser.retry, undefined);
});

test('Only one space after the colon belongs to the field', () => {
  assert.deepEqual(parse('data:  x\ndata:y\ndata\n\n').events, [
    { event: 'message', data: ' x\ny\n', id: '' },
  ]);
});

test('An event beyond the bound is refused before it is whole', () => {
  const parser = new EventStreamParser({ most: 1_000 });
  const chunk = new TextEncoder().encode(`data: ${'x'.repeat(300)}\n`);
  assert.throws(
    () => {
      for (let sent = 0; sent < 5; sent += 1) parser.push(chunk);
    },
    (error) => error instanceof ClientError && error.code === 'too-large',
  );
});

test('A chunk of very many lines takes time in proportion to its length', () => {
  const bytes = new TextEncoder().encode('data: x\n\n'.repeat(200_000));
  const started = cpuMilliseconds();
  assert.equal(new EventStreamParser().push(bytes).length, 200_000);
  assert.ok(cpuMilliseconds() - started < 5_000);
});

/** What this process has computed so far: it does not grow while others use the machine. */
function cpuMilliseconds(): number {
  return process.cpuUsage().user / 1_000;
}
