/** How a command ends: all is well; the answer is no; it could not do its work. */
export const exitCodes = { ok: 0, no: 1, unusable: 2 } as const;

/** What a person reads when a command fails: what happened, and what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: 1 | 2;
  readonly advice: string | undefined;

  constructor(
    message: string,
    {
      exitCode = exitCodes.unusable,
      advice,
      cause,
    }: { readonly exitCode?: 1 | 2; readonly advice?: string | undefined; readonly cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? {} : { cause });
    this.exitCode = exitCode;
    this.advice = advice;
  }
}
