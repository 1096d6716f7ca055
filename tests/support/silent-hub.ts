// One more process of a hub, inside the test and without sockets: what it decides the others have to hold to. Tests only.
import { readConfig } from '../../server/config.ts';
import { openDatabase, type Database } from '../../server/database/connect.ts';
import { systemClock } from '../../server/domain/kernel/clock.ts';
import { hashToken } from '../../server/domain/kernel/ids.ts';
import { silentLogger } from '../../server/domain/kernel/logger.ts';
import { createHub, type Hub } from '../../server/hub.ts';
import { createHintLine } from '../../server/realtime/hint-line.ts';
import { createRedisTransport } from '../../server/realtime/redis.ts';
import { until } from './sockets.ts';

export interface SilentHub {
  hub: Hub;
  database: Database;
  close(): Promise<void>;
}

/** Resolves when it knows so many `others` by Redis. */
export async function openSilentHub(options: {
  uri: string;
  folder: string;
  redisUrl: string;
  others: number;
}): Promise<SilentHub> {
  const { uri, folder, redisUrl: url, others } = options;
  const log = silentLogger;
  const database = await openDatabase({ uri, folder, log });
  const line = createHintLine({ transport: await createRedisTransport({ url, log }), log, beatMs: 2_000 });
  const config = readConfig({ DATA_DIR: folder }, 'start');
  const passwordCost = { memory: 64, passes: 1 };
  const hub = await createHub({ config, database, log, clock: systemClock, line, passwordCost });
  const peers = new Set<string>();
  line.listen({
    hint: () => undefined,
    came: (id) => void peers.add(id),
    gone: () => undefined,
    back: () => undefined,
  });
  line.open(hashToken((await hub.push.keys()).publicKey));
  await until('the processes know each other', () => peers.size === others, 30_000);
  return {
    hub,
    database,
    async close() {
      await line.close();
      await hub.pushSender.stop(2_000);
      await database.close();
    },
  };
}
