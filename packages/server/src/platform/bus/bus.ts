/**
 * Wake-ups between the parts of a node, and between the nodes of a cluster. A message may be lost, doubled or late:
 * whoever listens reads the truth from the database, and also looks on a timer. A lost wake-up costs time and never an
 * entry.
 */
export interface Bus extends AsyncDisposable {
  /** `topic` is `[a-z][a-z0-9.-]*`, at most 64 characters; `payload` at most 1,000 bytes of text. Never throws for a lost connection. */
  publish(topic: string, payload: string): void;
  /** Calls `listener` for each message of the topic, this node's own included, until the returned function is called. */
  subscribe(topic: string, listener: (payload: string) => void): () => void;
}
