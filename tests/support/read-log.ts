import assert from 'node:assert/strict';
import { follow } from './follower.ts';
import { publishOnce, type Target } from './ledger.ts';

/**
 * Publishes once more and reads the whole log, which has to have every position and every object once, and times that rise. The
 * answer: the position of each object.
 */
export async function readLog(target: Target): Promise<ReadonlyMap<string, number>> {
  const marker = await publishOnce(target);
  const [id = ''] = marker.ids;
  assert.ok(marker.positions !== undefined, `the node takes objects again: ${marker.status}`);
  const follower = follow('stream', target);
  await follower.until(id, 120_000);
  await follower.stop();
  assert.equal(follower.seen.indexOf(id) + 1, marker.positions[0]);
  return positionsOf(follower.seen);
}

/** The positions of the objects that a stream saw, each once. */
export function positionsOf(seen: readonly string[]): ReadonlyMap<string, number> {
  const positions = new Map(seen.map((id, index) => [id, index + 1]));
  assert.equal(positions.size, seen.length, 'no object is there twice');
  return positions;
}
