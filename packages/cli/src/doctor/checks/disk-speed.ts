import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { configured } from '../check.ts';
import { fine, warning } from '../finding.ts';

const rounds = 20;
const slow = 20;

/** How long the disk takes to make a small write durable, roughly: every publish waits for it (rule L4). */
export const diskSpeed = configured('Disk', async ({ config }) => {
  if (config.databaseUrl !== undefined) return [];
  const file = join(config.dataDirectory, `doctor-${process.pid}.tmp`);
  const handle = await open(file, 'wx', 0o600).catch(() => undefined);
  if (handle === undefined) return [];
  const times: number[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const before = performance.now();
      await handle.write(Buffer.alloc(4_096, round), 0, 4_096, 0);
      await handle.datasync();
      times.push(performance.now() - before);
    }
  } finally {
    await handle.close();
    await rm(file, { force: true });
  }
  const median = times.sort((one, other) => one - other)[rounds / 2] ?? 0;
  const says = `A durable write takes about ${median.toFixed(median < 10 ? 1 : 0)} ms`;
  if (median < slow) return [fine(says)];
  return [warning(says, 'Each publish waits for one: keep the data on a faster disk (SSD) of this machine.')];
});
