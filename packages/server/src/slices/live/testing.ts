/** One event of a stream, as a test sees it. */
export interface SeenEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: string;
}

/**
 * Reads a live stream until `enough` says so, or until it ends; breaks the connection then. Throws when the stream is refused,
 * or when nothing has been enough for ten seconds.
 */
export async function readLive(
  address: string,
  {
    token,
    enough,
    lastEventId,
  }: {
    readonly token?: string | undefined;
    readonly enough: (events: readonly SeenEvent[]) => boolean;
    readonly lastEventId?: string;
  },
): Promise<readonly SeenEvent[]> {
  const abort = new AbortController();
  const timeout = setTimeout(
    () => abort.abort(new Error(`Not enough on ${address} after ten seconds`)),
    10_000,
  );
  try {
    const response = await fetch(address, {
      signal: abort.signal,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
      },
    });
    if (response.status !== 200 || response.body === null) {
      throw new Error(`${address} answered ${response.status}: ${await response.text()}`);
    }
    const events: SeenEvent[] = [];
    let pending = '';
    if (enough(events)) return events;
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      const parts = `${pending}${chunk}`.split('\n\n');
      pending = parts.pop() ?? '';
      for (const part of parts) if (part.includes('data: ')) events.push(parseEvent(part));
      if (enough(events)) return events;
    }
    return events;
  } finally {
    clearTimeout(timeout);
    abort.abort();
  }
}

/** Entries only, their data parsed. */
export function entriesOf(events: readonly SeenEvent[]): readonly Record<string, unknown>[] {
  return events.filter((event) => event.event === 'entry').map((event) => JSON.parse(event.data));
}

function parseEvent(text: string): SeenEvent {
  const lines = text.split('\n');
  const field = (name: string) =>
    lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
  return { event: field('event')[0] ?? 'message', id: field('id')[0], data: field('data').join('\n') };
}
