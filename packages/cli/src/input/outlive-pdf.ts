let isPrepared = false;

/**
 * To be called before a PDF is read. Of a damaged one its reader leaves promises behind for which nobody waits, and which fail although the
 * call has told what is wrong, or has read the file all the same: they must not end the command.
 */
export function outlivePdf(): void {
  if (isPrepared) return;
  isPrepared = true;
  process.on('unhandledRejection', () => undefined);
}
