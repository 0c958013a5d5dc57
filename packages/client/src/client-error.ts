/** What else an error of the client can tell. */
export interface ClientErrorDetails {
  /** HTTP status of the answer; undefined when there was none. */
  readonly status?: number | undefined;
  /** Where in the request, such as `$.alias` or `?after`. */
  readonly at?: string | undefined;
  /** The rule of the exchange that a refusal rests on, such as `G3`. */
  readonly rule?: string | undefined;
  /** Whatever else the server told, JSON. */
  readonly details?: unknown;
  readonly cause?: unknown;
}

/**
 * The only error that this package throws, apart from the reason of an aborted signal.
 *
 * `code` is the server's own where it gave one (`forbidden`, `conflict` …). The client's are `unreachable` (no answer),
 * `timed-out`, `refused` (a status of 400 or more without a code), `unexpected-answer` (not what the protocol says),
 * `too-large` (an answer beyond the bound that was set), and for streams that end `access-lost` and `token-expired`.
 */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly code: string;
  readonly status: number | undefined;
  readonly at: string | undefined;
  readonly rule: string | undefined;
  readonly details: unknown;

  constructor(code: string, message: string, { status, at, rule, details, cause }: ClientErrorDetails = {}) {
    super(message, cause === undefined ? {} : { cause });
    this.code = code;
    this.status = status;
    this.at = at;
    this.rule = rule;
    this.details = details;
  }
}
