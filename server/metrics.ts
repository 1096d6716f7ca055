// The hub's figures for Prometheus, and the local port on which they are read. Only main.ts starts it.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Connection } from 'mongoose';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Measure } from './domain/kernel/measure.ts';

export interface Metrics extends Measure {
  /** Times every command that the driver sends over this connection, also after it was opened anew. */
  watchDatabase(connection: Connection): void;
  /** How many sockets are open, asked whenever somebody looks. */
  watchConnections(count: () => number): void;
  /** Everything in Prometheus' text format. */
  text(): Promise<string>;
}

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30];
const COMMANDS = [1, 2, 5, 10, 20, 50, 100, 200];
/** Names of commands, so that nothing a client of the database makes up becomes a label. */
const KNOWN = new Set(
  'find getMore insert update delete findAndModify aggregate count distinct createIndexes create'.split(' '),
);

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  // event-loop delay, memory, file handles and processor time of this process
  collectDefaultMetrics({ register: registry });
  const batches = new Histogram({
    ...{ name: 'hub_commit_batch_commands', help: 'Commands in one batch of a room', buckets: COMMANDS, registers },
  });
  const times = new Histogram({
    ...{ name: 'hub_commit_seconds', help: 'Time of one batch of a room, from append to publishing' },
    ...{ buckets: SECONDS, registers },
  });
  const retries = new Counter({
    ...{ name: 'hub_outbox_retries_total', help: 'Messages that came again and were stored before', registers },
  });
  const deliveries = new Counter({
    ...{ name: 'hub_deliveries_total', help: 'Changes handed to sockets, one for each socket', registers },
  });
  const queues = new Map<string, (() => number)[]>();
  new Gauge({
    ...{ name: 'hub_queue_length', help: 'What waits in this process', labelNames: ['queue'], registers },
    collect() {
      for (const [queue, lengths] of queues)
        this.set(
          { queue },
          lengths.reduce((sum, length) => sum + length(), 0),
        );
    },
  });
  const database = new Histogram({
    ...{ name: 'hub_database_seconds', help: 'Time of database commands, as the driver sees it' },
    ...{ labelNames: ['command', 'outcome'], buckets: SECONDS, registers },
  });

  return {
    batch(commands, ms) {
      batches.observe(commands);
      times.observe(ms / 1000);
    },
    retried: (messages) => retries.inc(messages),
    delivered: (sockets) => deliveries.inc(sockets),
    queue: (name, length) => void queues.set(name, [...(queues.get(name) ?? []), length]),

    watchDatabase(connection) {
      const watched = new WeakSet();
      const watch = (): void => {
        const client = connection.getClient();
        if (watched.has(client)) return;
        watched.add(client);
        const took = (outcome: string) => (event: { commandName: string; duration: number }) => {
          const command = KNOWN.has(event.commandName) ? event.commandName : 'other';
          database.observe({ command, outcome }, event.duration / 1000);
        };
        client.on('commandSucceeded', took('ok'));
        client.on('commandFailed', took('failed'));
      };
      watch();
      connection.on('connected', watch);
    },

    watchConnections(count) {
      new Gauge({
        ...{ name: 'hub_connections', help: 'Open sockets', registers },
        collect() {
          this.set(count());
        },
      });
    },

    text: () => registry.metrics(),
  };
}

const LOCAL = /^(?:127\.0\.0\.1|\[::1\]|localhost)(?::\d+)?$/;

/** Answers GET /metrics to programs of this machine; a web page that points its name here is refused. */
export function createMetricsServer(metrics: Pick<Metrics, 'text'>): Server {
  const answer: RequestListener = (request, response) => {
    if (!LOCAL.test(request.headers.host ?? '')) return void response.writeHead(421).end();
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end();
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text),
      () => response.writeHead(500).end(),
    );
  };
  return createServer({ requestTimeout: 10_000, headersTimeout: 10_000 }, answer);
}
