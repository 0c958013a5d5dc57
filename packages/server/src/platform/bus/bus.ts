/**
 * Wake-ups between the parts of a node, and between the nodes of a cluster. A message may be lost, doubled or late, and messages of one
 * topic that are published within a few milliseconds may become the last of them: whoever listens reads the truth from the
 * database, and also looks on a timer. A lost wake-up costs time and never an entry. What must not be merged has a topic
 * of its own.
 */
export interface Bus extends AsyncDisposable {
  /**
   * `topic` is one or more words of `[a-z0-9-]` with dots between them, beginning with a letter, at most 64 characters;
   * `payload` is at most 1,000 bytes of text without U+0000. Throws a `TypeError` for anything else, and never for a lost
   * connection.
   */
  publish(topic: string, payload: string): void;
  /**
   * Calls `listener` for each message of the topic, this node's own included, until the returned function is called. It is never
   * called by `publish` itself. One that throws is reported and hurts no other.
   */
  subscribe(topic: string, listener: (payload: string) => void): () => void;
  /** Whether messages reach the other nodes now; always, for a node alone. */
  connected(): boolean;
}

/** Hears of listeners that threw and of connections that were lost. */
export type BusErrorListener = (error: unknown) => void;

const topicPattern = /^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*$/;

/** Is this a topic that every bus carries? */
export function isTopic(topic: string): boolean {
  return topic.length <= 64 && topicPattern.test(topic);
}

/** Throws a `TypeError` for a message that some bus could not carry. */
export function checkMessage(topic: string, payload: string): void {
  if (!isTopic(topic)) throw new TypeError(`Not a topic: ${JSON.stringify(topic)}`);
  if (payload.includes('\0') || Buffer.byteLength(payload) > 1000) {
    throw new TypeError(`The payload of ${topic} is longer than 1,000 bytes or holds U+0000`);
  }
}
