/** Tells the process that started this one where it listens, answers it, and stops when it has gone. */
export function attendParent(
  said: { readonly url: string; readonly token: string },
  stop: () => Promise<unknown>,
): void {
  process.on('message', (question) => {
    const { user, system } = process.cpuUsage();
    if (question === 'memory') process.send?.({ memory: String(process.memoryUsage.rss()) });
    if (question === 'processor') process.send?.({ processor: String(user + system) });
  });
  process.on('disconnect', () => {
    void stop().finally(() => process.exit());
  });
  process.send?.(said);
}
