import { randomUUID } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import type { InputFormatName } from '@belltower/formats';
import { guessInputFormat, inputFormatOfType, readInput } from '@belltower/formats';
import type { RefusalCode } from '../../../platform/http/refusal.ts';
import type { ConvertReply, ConvertRequest } from './convert-messages.ts';

// The thread in which an input of another format becomes STIX 2.1, one at a time.

/** Losses that an answer tells one by one. */
const toldLosses = 5_000;
const octetsAtOnce = 1_048_576;

// Of a damaged PDF its reader leaves promises behind for which nobody waits: what is wrong is told by the call itself.
process.on('unhandledRejection', () => undefined);

parentPort?.on('message', (request: ConvertRequest) => {
  void convert(request).then(({ reply, given }) => parentPort?.postMessage(reply, given));
});

interface Answer {
  readonly reply: ConvertReply;
  readonly given: readonly ArrayBuffer[];
}

async function convert({ blocks, format, type, about, limits }: ConvertRequest): Promise<Answer> {
  const octets = Buffer.concat(blocks);
  const name: InputFormatName = format ?? inputFormatOfType(type) ?? guessInputFormat(octets);
  const read = await readInput(name, octets, { ...about, uuid: randomUUID });
  if (!read.ok)
    return refused('unprocessable', `It cannot be read as ${name}: ${read.error.message}`, read.error.at);
  const { objects, losses } = read.value;
  if (objects.length > limits.objects) {
    const message = `It makes ${objects.length} objects; ${limits.objects} are taken at once. Send it in smaller parts.`;
    return refused('too-many-objects', message);
  }
  const envelope = blocksOf(objects, limits.bytes);
  if (envelope === undefined) {
    const message = `The objects that it makes are longer than ${limits.bytes} bytes together. Send it in smaller parts.`;
    return refused('too-large', message);
  }
  const converted = {
    format: name,
    blocks: envelope,
    objects: objects.length,
    losses: losses.slice(0, toldLosses),
    lossesLeftOut: Math.max(0, losses.length - toldLosses),
  };
  return { reply: { kind: 'converted', converted }, given: envelope.map(({ buffer }) => buffer) };
}

function refused(code: RefusalCode, message: string, at?: string): Answer {
  const refusal = { code, message, ...(at === undefined ? {} : { at }) };
  return { reply: { kind: 'refused', refusal }, given: [] };
}

/** An envelope in blocks that can be given away; undefined where it is too long. */
function blocksOf(objects: readonly unknown[], most: number): readonly Uint8Array<ArrayBuffer>[] | undefined {
  const encoder = new TextEncoder();
  const blocks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  let text = '{"objects":[';
  const flush = () => {
    const block = encoder.encode(text);
    text = '';
    length += block.length;
    blocks.push(block);
  };
  for (const [index, object] of objects.entries()) {
    text += `${index === 0 ? '' : ','}${JSON.stringify(object)}`;
    if (text.length >= octetsAtOnce) flush();
    if (length > most) return undefined;
  }
  text += ']}';
  flush();
  return length > most ? undefined : blocks;
}
