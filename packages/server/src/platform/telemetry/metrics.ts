import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds: from a page out of memory to an import that takes its time. */
const durations = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const batchSizes = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000];

/**
 * Every figure that a node keeps of itself, declared here and nowhere else. Labels take few values, all of them words of the
 * program: a route's template and never a path, a code and never a message, no id of a collection, an organisation or a token.
 * The table of metrics in the documentation is made of these.
 */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const beforeScrape: (() => void | Promise<void>)[] = [];
  return {
    requests: new Counter({
      name: 'belltower_http_requests_total',
      help: 'Requests that came to their end, by method, template of the path, and status; "aborted" where the client went before there was one.',
      labelNames: ['method', 'route', 'status'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'belltower_http_request_seconds',
      help: 'Time from the headers of a request to the end of its answer; live streams are left out.',
      labelNames: ['method', 'route'],
      buckets: durations,
      registers,
    }),
    requestsUnderWay: new Gauge({
      name: 'belltower_http_requests_under_way',
      help: 'Requests that are not answered yet, live streams among them.',
      registers,
    }),
    refusals: new Counter({
      name: 'belltower_refusals_total',
      help: 'Requests that the node refused, by the code of the refusal.',
      labelNames: ['code'],
      registers,
    }),
    received: new Counter({
      name: 'belltower_http_received_bytes_total',
      help: 'Bytes that clients sent, headers included.',
      registers,
    }),
    sent: new Counter({
      name: 'belltower_http_sent_bytes_total',
      help: 'Bytes that were sent to clients, headers included.',
      registers,
    }),
    connections: new Gauge({
      name: 'belltower_http_connections',
      help: 'Connections that are open.',
      registers,
    }),
    connectionsDropped: new Counter({
      name: 'belltower_http_connections_dropped_total',
      help: 'Connections that were closed at once, as BELLTOWER_MAX_CONNECTIONS were open.',
      registers,
    }),
    build: new Gauge({
      name: 'belltower_build_info',
      help: 'Always 1; which version of what runs.',
      labelNames: ['version', 'node', 'storage'],
      registers,
    }),
    ready: new Gauge({
      name: 'belltower_ready',
      help: 'Whether /readyz would answer 200.',
      registers,
    }),
    objectsPublished: new Counter({
      name: 'belltower_objects_published_total',
      help: 'Objects in publishes that were carried out, by what became of each.',
      labelNames: ['result'],
      registers,
    }),
    pages: new Counter({
      name: 'belltower_pages_total',
      help: 'Pages of objects that were read: "hit" out of memory, "loaded" after a part of them was brought there, "miss" from the database.',
      labelNames: ['cache'],
      registers,
    }),
    cacheBytes: new Gauge({
      name: 'belltower_cache_bytes',
      help: 'Memory that objects kept for pages take, of BELLTOWER_CACHE_BYTES.',
      registers,
    }),
    appendObjects: new Histogram({
      name: 'belltower_append_objects',
      help: 'Objects that were appended in one transaction.',
      buckets: batchSizes,
      registers,
    }),
    appendSeconds: new Histogram({
      name: 'belltower_append_seconds',
      help: 'Time that a transaction of the log took, its commit included.',
      buckets: durations,
      registers,
    }),
    appendWaiting: new Gauge({
      name: 'belltower_append_waiting',
      help: 'Publishes that wait for the next transaction.',
      registers,
    }),
    streamsOpen: new Gauge({
      name: 'belltower_streams_open',
      help: 'Live streams that are open.',
      registers,
    }),
    streamsEnded: new Counter({
      name: 'belltower_streams_ended_total',
      help: 'Live streams that ended: by the node for a reason, or because the client went.',
      labelNames: ['reason'],
      registers,
    }),
    streamBackfills: new Counter({
      name: 'belltower_stream_backfills_total',
      help: 'Pages that streams read from the log, as what they want next is no longer in memory: after connecting, or when they are slow.',
      registers,
    }),
    streamDelay: new Histogram({
      name: 'belltower_stream_delay_seconds',
      help: 'Time from the moment an entry was added, on whichever node, until this node has it ready for its streams.',
      buckets: durations,
      registers,
    }),
    storageBytes: new Gauge({
      name: 'belltower_storage_bytes',
      help: 'SQLite: the size of the database and of its write-ahead log.',
      labelNames: ['file'],
      registers,
    }),
    storageConnections: new Gauge({
      name: 'belltower_storage_connections',
      help: 'PostgreSQL: connections of the pools for reading and writing that are open, that are idle, and requests that wait for one.',
      labelNames: ['access', 'state'],
      registers,
    }),
    storageErrors: new Counter({
      name: 'belltower_storage_errors_total',
      help: 'Connections to the database, or threads of it, that broke and were replaced.',
      registers,
    }),
    busConnected: new Gauge({
      name: 'belltower_bus_connected',
      help: 'Whether wake-ups reach the other nodes; always 1 for a node alone.',
      registers,
    }),
    busErrors: new Counter({
      name: 'belltower_bus_errors_total',
      help: 'Connections of the bus that broke, and messages that could not be sent at once.',
      registers,
    }),
    certificateEnds: new Gauge({
      name: 'belltower_tls_certificate_ends_seconds',
      help: 'When the certificate ends, in seconds since 1970; 0 without one.',
      registers,
    }),
    registry,
    /** Adds what prom-client tells of every Node process: memory, processor time, delay of the event loop, garbage collection. */
    watchProcess(): void {
      collectDefaultMetrics({ register: registry });
    },
    /** Has a figure that is looked up, not counted, brought up to date before each scrape. */
    atScrape(work: () => void | Promise<void>): void {
      beforeScrape.push(work);
    },
    /** All figures in the text format of Prometheus. A figure that cannot be had is told to `onError` and keeps its last value. */
    async render(onError: (error: unknown) => void): Promise<string> {
      const looks = await Promise.allSettled(beforeScrape.map(async (work) => work()));
      for (const look of looks) if (look.status === 'rejected') onError(look.reason);
      return registry.metrics();
    },
  };
}

/** The figures of a node. */
export type Metrics = ReturnType<typeof createMetrics>;
