// Redis (or Valkey) as the carrier of hints between processes: publish and subscribe, nothing is kept there. Only main.ts makes one.
import type { Logger } from '../domain/kernel/logger.ts';
import type { Transport } from './hint-line.ts';

/** More than this that Redis has not taken is thrown away: hints may be lost, memory may not grow. */
const MOST_WAITING = 500;
const LONGEST_PAUSE_MS = 2_000;
const FAREWELL_MS = 500;

/** Loaded only where REDIS_URL asks for it. */
export async function createRedisTransport({ url, log }: { url: string; log: Logger }): Promise<Transport> {
  const { createClient } = await import('@redis/client');
  type Hear = (text: string) => void;

  const make = () =>
    createClient({
      url,
      RESP: 2,
      disableOfflineQueue: true,
      commandsQueueMaxLength: MOST_WAITING,
      socket: {
        connectTimeout: 3_000,
        reconnectStrategy: (tries) => Math.min(50 * 2 ** Math.min(tries, 6), LONGEST_PAUSE_MS) * (0.5 + Math.random()),
      },
    });
  type Client = ReturnType<typeof make>;
  let pair: { sender: Client; receiver: Client } | null = null;
  let wanted: { channel: string; hear: Hear } | null = null;
  let told = false;

  /** Once for each time that it goes away. */
  function away(error: unknown): void {
    if (!told) log.warn({ err: error }, 'Redis is away');
    told = true;
  }

  function connect(): void {
    if (!wanted) return;
    const { channel, hear } = wanted;
    const [sender, receiver] = [make(), make()];
    pair = { sender, receiver };
    for (const client of [sender, receiver]) client.on('error', away);
    sender.on('ready', () => (told = false));
    sender.connect().catch(away);
    receiver
      .connect()
      .then(() => receiver.subscribe(channel, hear))
      .catch(away);
  }
  function drop(): void {
    for (const client of pair ? [pair.sender, pair.receiver] : []) {
      if (client.isOpen) client.destroy();
    }
    pair = null;
  }

  return {
    start(channel, hear) {
      wanted = { channel, hear };
      connect();
    },
    publish(text) {
      if (!wanted || !pair?.sender.isReady) return;
      pair.sender.publish(wanted.channel, text).catch(() => undefined);
    },
    renew() {
      drop();
      connect();
    },
    async close() {
      wanted = null;
      const sender = pair?.sender;
      const sent = sender?.isReady ? sender.close().catch(() => undefined) : undefined;
      await Promise.race([sent, new Promise((resolve) => setTimeout(resolve, FAREWELL_MS).unref())]);
      drop();
    },
  };
}
