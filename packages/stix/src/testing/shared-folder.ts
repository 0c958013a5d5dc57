import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';

const besideCheckout = fileURLToPath(new URL('../../../../../shared', import.meta.url));

/**
 * A file or folder of the reference data that is not part of the project: in the folder that BELLTOWER_SHARED names, or else beside the
 * checkout. `undefined` when it is not there, and then tests go without it.
 */
export function sharedPath(...parts: readonly string[]): string | undefined {
  const path = join(env['BELLTOWER_SHARED'] ?? besideCheckout, ...parts);
  return existsSync(path) ? path : undefined;
}
