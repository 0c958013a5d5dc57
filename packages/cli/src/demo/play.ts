import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient, LiveEntry, PublishResult } from '@belltower/client';
import type { DemoMember } from './community.ts';
import { demoCollection, demoMember } from './community.ts';
import type { Act } from './incident.ts';

/** A member that takes part: it publishes, and it listens. */
export interface Participant {
  readonly member: DemoMember;
  readonly api: ApiClient;
  /** Aliases of the collections that it may read. */
  readonly reads: ReadonlySet<string>;
  /** Everything that it has received so far, with the time: `performance.now()`. */
  readonly received: readonly Receipt[];
}

export interface Receipt {
  readonly entry: LiveEntry;
  readonly at: number;
}

/** What an act led to. */
export interface Outcome {
  readonly act: Act;
  readonly refused: readonly PublishResult[];
  /** Milliseconds from the call to the receipt of the last object, by member; of those who received it all. */
  readonly received: readonly { readonly member: DemoMember; readonly milliseconds: number }[];
  /** Members that may not read the collection, and got nothing. */
  readonly outside: readonly DemoMember[];
}

/** How long a member may take to receive an act; milliseconds. */
const patience = 5_000;

/** Plays the acts at their times and tells what each led to. */
export async function play(
  acts: readonly Act[],
  participants: readonly Participant[],
  tell: (outcome: Outcome) => void,
  signal: AbortSignal,
): Promise<void> {
  const started = performance.now();
  for (const act of acts) {
    await sleep(Math.max(0, act.at * 1_000 - (performance.now() - started)), undefined, { signal });
    tell(await perform(act, participants));
  }
}

async function perform(act: Act, participants: readonly Participant[]): Promise<Outcome> {
  const actor = participants.find((participant) => participant.member.key === act.by);
  if (actor === undefined) throw new RangeError(`${demoMember(act.by).name} does not take part`);
  const began = performance.now();
  const { refused, keys } = await carryOut(act, actor.api);
  const inside = participants.filter((participant) => participant !== actor && participant.reads.has(act.to));
  const outside = participants.filter((participant) => !participant.reads.has(act.to));
  const received = await Promise.all(
    inside.map(async (participant) => ({
      member: participant.member,
      milliseconds: (await receiptOf(participant, keys, began)) - began,
    })),
  );
  for (const { received: got, member } of outside) {
    if (got.some((receipt) => keys.includes(keyOf(receipt.entry))))
      throw new Error(`${member.name} received what it may not`);
  }
  return {
    act,
    refused,
    received: keys.length === 0 ? [] : received,
    outside: outside.map((participant) => participant.member),
  };
}

async function carryOut(
  act: Act,
  api: ApiClient,
): Promise<{ refused: readonly PublishResult[]; keys: readonly string[] }> {
  const collection = demoCollection(act.to).id;
  if (act.does.kind === 'withdraw') {
    const { id } = act.does;
    const withdrawn = await api.withdraw(act.to, id);
    return { refused: [], keys: withdrawn.map(({ version }) => `${collection} withdrawal ${id} ${version}`) };
  }
  const { objects } = act.does;
  const { results } = await api.publish(
    act.to,
    objects.map((object) => JSON.stringify(object)),
  );
  const accepted = objects.filter((_object, index) => results[index]?.status === 'accepted');
  return {
    refused: results.filter((result) => result.status === 'refused'),
    keys: accepted.map((object) => objectKey(collection, object)),
  };
}

/** When the last of these entries reached a member. */
async function receiptOf(
  { member, received }: Participant,
  keys: readonly string[],
  began: number,
): Promise<number> {
  for (;;) {
    const fresh = received.filter((receipt) => receipt.at >= began);
    const times = keys.map((key) => fresh.find((receipt) => keyOf(receipt.entry) === key)?.at);
    if (times.every((time) => time !== undefined)) return Math.max(began, ...times);
    if (performance.now() - began > patience)
      throw new Error(`${member.name} did not receive what it may read`);
    await sleep(2);
  }
}

/** An observable can be in several collections: what is looked for is what one of them has. */
function objectKey(collection: string, object: Readonly<Record<string, unknown>>): string {
  return `${collection} object ${String(object['id'])} ${String(object['modified'])}`;
}

function keyOf(entry: LiveEntry): string {
  const { collection } = entry;
  return entry.kind === 'object'
    ? objectKey(collection, entry.object)
    : `${collection} withdrawal ${entry.id} ${entry.version}`;
}
