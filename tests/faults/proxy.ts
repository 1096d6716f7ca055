// A bad network on purpose: a TCP proxy that delays, slices, cuts, goes silent or loses one answer. Tests only.
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

interface Weather {
  /** Milliseconds on top, and up to so many more by chance. */
  delayMs: number;
  jitterMs: number;
  /** At most so many bytes travel together; 0: as they come. */
  sliceBytes: number;
  /** Nothing goes through any more, and nobody is told. */
  silent: boolean;
}
const FAIR: Weather = { delayMs: 0, jitterMs: 0, sliceBytes: 0, silent: false };

interface Pair {
  client: Socket;
  server: Socket;
}

export interface Proxy {
  port: number;
  origin: string;
  /** Holds from now on, also for open connections. */
  weather(change: Partial<Weather>): void;
  /** Where new connections go: to one of these ports in turn. */
  lead(ports: number[]): void;
  /** Cuts this share of the open connections; those behind one port only, where it is given. */
  cut(share?: number): number;
  /** The next answer from the server that matches is lost together with its connection. Answers how many were lost so far. */
  loseOnce(answer: RegExp): () => number;
  open(): number;
  close(): Promise<void>;
}

const nothing = (): void => undefined;

export async function startProxy(targets: number[] = []): Promise<Proxy> {
  const weather = { ...FAIR };
  const pairs = new Set<Pair>();
  let ports = targets;
  let turn = 0;
  let losing: RegExp | null = null;
  let lost = 0;

  function end({ client, server }: Pair): void {
    client.destroy();
    server.destroy();
  }

  /** Keeps the order of bytes whatever the delays. */
  function carry(from: Socket, to: Socket, pair: Pair, fromServer: boolean): void {
    let freeAt = 0;
    const send = (piece: Buffer): void => {
      if (!weather.silent && !to.destroyed) to.write(piece);
    };
    from.on('data', (chunk: Buffer) => {
      if (fromServer && losing?.test(chunk.toString('latin1'))) {
        losing = null;
        lost += 1;
        end(pair);
        return;
      }
      const size = weather.sliceBytes || chunk.length;
      const wait = weather.delayMs + Math.random() * weather.jitterMs;
      for (let at = 0; at < chunk.length; at += size) {
        const piece = chunk.subarray(at, at + size);
        const now = performance.now();
        if (wait === 0 && freeAt <= now) {
          send(piece);
          continue;
        }
        freeAt = Math.max(freeAt, now + wait);
        setTimeout(send, freeAt - now, piece);
      }
    });
  }

  const server: Server = createServer((client) => {
    const port = ports[turn++ % Math.max(1, ports.length)];
    if (port === undefined) return void client.destroy();
    const pair: Pair = { client, server: connect(port, '127.0.0.1') };
    pairs.add(pair);
    client.setNoDelay(true);
    pair.server.setNoDelay(true);
    carry(client, pair.server, pair, false);
    carry(pair.server, client, pair, true);
    for (const socket of [pair.client, pair.server]) {
      socket.on('error', nothing);
      socket.on('close', () => {
        pairs.delete(pair);
        if (!weather.silent) end(pair);
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    port,
    origin: `http://localhost:${port}`,
    weather: (change) => void Object.assign(weather, change),
    lead: (next) => void (ports = next),
    cut(share = 1) {
      const chosen = [...pairs].filter(() => Math.random() < share);
      for (const pair of chosen) end(pair);
      return chosen.length;
    },
    loseOnce(answer) {
      losing = answer;
      return () => lost;
    },
    open: () => pairs.size,
    close() {
      weather.silent = false;
      for (const pair of pairs) end(pair);
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
