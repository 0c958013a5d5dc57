import { createLog } from './log.ts';

/** How a process ends that met a defect which nothing caught: EX_SOFTWARE of sysexits. */
const defectExitCode = 70;

/**
 * From now on a defect that nothing catches, also in a promise, is logged as `node.failed` and ends the process at once with exit
 * code 70, for a supervisor to start it anew: what state the rest is in nobody knows, and what was acknowledged is durable.
 */
export function exitOnDefects({ logLevel }: { readonly logLevel: string }): void {
  const log = createLog(logLevel);
  process.on('uncaughtException', (error) => {
    log.fatal('node.failed', { error });
    process.exit(defectExitCode);
  });
}
