/** What this process has computed so far: it does not grow while others use the machine. */
export function cpuMilliseconds(): number {
  return process.cpuUsage().user / 1_000;
}
