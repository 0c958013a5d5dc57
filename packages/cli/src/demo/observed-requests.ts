import {
  signallingMessage,
  ss7GlobalTitle,
  telecomExtensionAuthor,
  telecomExtensionDefinitions,
  telecomSco,
} from '@belltower/telecom';
import type { StixObject } from './scene.ts';

/** A global title of the telephone numbering plan. */
function globalTitle(value: string): StixObject {
  return telecomSco(ss7GlobalTitle, { value, numbering_plan: 'e164' });
}

/** The beginning of the hour that was looked at. */
export function hourBefore(now: Date): string {
  return new Date(now.getTime() - 3_600_000).toISOString();
}

/** What a network saw in an hour: requests for the place of a subscriber (MAP operation 70) from some titles to one of its own. */
export function requestsSeen(
  from: Readonly<Record<string, number>>,
  to: string,
  now: Date,
): readonly StixObject[] {
  const own = globalTitle(to);
  const pairs = Object.entries(from).map(([title, count]) => {
    const source = globalTitle(title);
    const message = telecomSco(signallingMessage, {
      protocol: 'map',
      op_code: 70,
      operation: 'provideSubscriberInfo',
      src_ref: source.id,
      dst_ref: own.id,
      start: hourBefore(now),
      end: now.toISOString(),
      count,
    });
    return [source, message];
  });
  return [own, ...pairs.flat()];
}

/** What others need to read objects of these types: the definitions of their extensions, and who made those. */
export function definitionsFor(objects: readonly StixObject[]): readonly StixObject[] {
  const types = new Set(objects.map(({ type }) => type));
  return [telecomExtensionAuthor, ...telecomExtensionDefinitions.filter(({ name }) => types.has(name))];
}
