import { randomBytes } from 'node:crypto';
import type { Microseconds } from '@belltower/stix';
import { formatTimestamp, toMicroseconds } from '@belltower/stix';
import type { KeyRing } from '@belltower/telecom';
import { addKey, GroupKey, isKeyId, keyToConceal, printKeyRing } from '@belltower/telecom';
import type { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { findKeyRing, readKeyRing, writeKeyRing } from '../files/key-ring-file.ts';
import { printable } from '../output/printable.ts';
import { printTable } from '../output/table.ts';
import { note, print, printJson, write } from '../output/terminal.ts';
import { currentMoment, readMoment } from '../session/moment.ts';
import { wholeNumber } from './option-values.ts';
import { teaching, withJson } from './teaching.ts';

/** `belltower key create|list` */
export function keyCommand(): Command {
  return teaching('key', {
    summary: 'keys under which a sharing group conceals subscribers',
    about:
      'A sharing group has keys in common. Whoever has them recognises a subscriber whom somebody concealed, and nobody else does. ' +
      'They are kept in a file, which the members hand each other on a way that they trust; the node never sees it.',
    examples: ['key create 2026-q1 --keys ring.json', 'key list --keys ring.json'],
  })
    .addCommand(createSubcommand())
    .addCommand(listSubcommand());
}

interface CreateOptions {
  readonly keys: string;
  readonly from?: string;
  readonly overlap: string;
  readonly json?: boolean;
}

/** Bytes of a new key: as many as the hash has. */
const keyLength = 32;
const dayInMicroseconds = 86_400_000_000;

function createSubcommand(): Command {
  const command = teaching('create', {
    summary: 'make a key and put it into the file',
    about:
      'Makes a random key and puts it into the file, which is made where it is not there, for its owner alone to read. From when the new key ' +
      'begins, subscribers are concealed with it; keys that had no end get one some days later, until when they still match.',
    examples: [
      'key create 2026-q1 --keys ring.json',
      'key create 2026-q2 --keys ring.json --from 2026-04-01 --overlap 14',
    ],
  });
  return withJson(command)
    .argument(
      '<id>',
      '1 to 64 letters, digits, dots, hyphens and underscores; others see it beside what is concealed',
    )
    .requiredOption('--keys <file>', 'the file of keys')
    .option('--from <time>', 'when it begins; otherwise now')
    .option('--overlap <days>', 'how long earlier keys go on to match', '30')
    .action(async (id: string, { keys: file, from, overlap, json }: CreateOptions) => {
      if (!isKeyId(id))
        throw new CommandError(
          `"${id}" cannot name a key: 1 to 64 letters, digits, dots, hyphens and underscores can.`,
        );
      const begin = from === undefined ? currentMoment() : readMoment(from);
      const end = toMicroseconds(begin + Math.max(1, wholeNumber(overlap)) * dayInMicroseconds);
      const earlier = await findKeyRing(file);
      const key = new GroupKey({ id, bytes: randomBytes(keyLength), from: begin });
      const ring = addKey(withEnds(earlier ?? { keys: [] }, { begin, end }), key);
      if (!ring.ok) throw new CommandError(ring.reason);
      await writeKeyRing(file, ring.value);
      if (json === true) return printJson({ file, keys: rows(ring.value) });
      await print(`The key ${printable(id)} is in ${printable(file)}, and begins ${formatTimestamp(begin)}.`);
      note(
        'Whoever has this file recognises concealed subscribers: hand it to the members of your group only.',
      );
    });
}

/** Keys that were open end when the new one has been there for a while. */
function withEnds(
  { keys }: KeyRing,
  { begin, end }: { readonly begin: Microseconds; readonly end: Microseconds },
): KeyRing {
  return {
    keys: keys.map((key) =>
      key.until !== undefined || key.from >= begin
        ? key
        : new GroupKey({ id: key.id, bytes: key.reveal(), from: key.from, until: end }),
    ),
  };
}

interface ListOptions {
  readonly keys: string;
  readonly showSecrets?: boolean;
  readonly json?: boolean;
}

function listSubcommand(): Command {
  const command = teaching('list', {
    summary: 'show the keys of a file, without their secrets',
    examples: ['key list --keys ring.json', 'key list --keys ring.json --json'],
  });
  return withJson(command)
    .requiredOption('--keys <file>', 'the file of keys')
    .option('--show-secrets', 'print the whole file, secrets included')
    .action(async ({ keys: file, showSecrets, json }: ListOptions) => {
      const ring = await readKeyRing(file);
      if (showSecrets === true) return write(printKeyRing(ring));
      if (json === true) return printJson({ keys: rows(ring) });
      await printTable(
        rows(ring),
        [
          ['KEY', ({ id }) => id],
          ['FROM', ({ from }) => from],
          ['UNTIL', ({ until }) => until ?? 'open'],
          ['NOW', ({ now }) => now],
        ],
        'There are no keys.',
      );
    });
}

function rows(ring: KeyRing) {
  const now = currentMoment();
  const concealing = keyToConceal(ring, now);
  const use = ({ id, from, until }: GroupKey) => {
    if (id === concealing?.id) return 'conceals';
    if (from > now) return 'to come';
    return until !== undefined && until <= now ? 'ended' : 'matches';
  };
  return ring.keys.map((key) => ({
    id: key.id,
    from: formatTimestamp(key.from),
    until: key.until === undefined ? undefined : formatTimestamp(key.until),
    now: use(key),
  }));
}
