// A hub, or several on one database, behind a bad network, with women who are members of it. Tests only.
import type { Hub } from '../../server/hub.ts';
import {
  dropDatabase,
  freePort,
  ownDatabaseUri,
  prepareCommunity,
  startDatabase,
  startServer,
  temporaryFolder,
  type RunningProcess,
  type TestServer,
} from '../support/servers.ts';
import { startProxy, type Proxy } from './proxy.ts';

export interface World {
  folder: string;
  cookies: string[];
  roomId: string;
  /** Everybody comes through it; its origin is the hub's. */
  net: Proxy;
  /** Undefined where the database is inside the only hub. */
  uri: string | undefined;
  database: (RunningProcess & { uri: string }) | null;
  servers: TestServer[];
  ports: number[];
  /** Starts hub `i` again on its own port. */
  restart(i: number, env?: Record<string, string>): Promise<void>;
  /** Starts the database again where it was. */
  restartDatabase(): Promise<void>;
  close(): Promise<void>;
}

export interface WorldOptions {
  women: number;
  /** More than one, or `apart`: the database is a process of its own. */
  hubs?: number;
  apart?: boolean;
  env?: Record<string, string>;
  /** Where the data lies; left out: in a folder of the test's own. */
  folder?: string;
}

export async function makeWorld({ women, hubs = 1, apart = hubs > 1, env = {}, folder }: WorldOptions): Promise<World> {
  const own = await temporaryFolder();
  const place = folder ?? own.path;
  const databasePort = await freePort();
  const external = ownDatabaseUri();
  let database = apart && !external ? await startDatabase(place, databasePort) : null;
  const uri = external ?? database?.uri;
  const community = await prepareCommunity({ folder: place, mongodbUri: uri }, women, async (hub: Hub, [first]) => {
    // so many newcomers at once would close it
    if (first) await hub.door.set(first, { open: true });
  });
  const net = await startProxy();
  const ports = await Promise.all(Array.from({ length: hubs }, () => freePort()));
  const start = (port: number, more: Record<string, string> = {}): Promise<TestServer> =>
    startServer({ folder: place, port, mongodbUri: uri, env: { ORIGIN: net.origin, ...env, ...more } });
  const servers = await Promise.all(ports.map((port) => start(port)));
  net.lead(ports);

  return {
    ...{ folder: place, ...community, net, uri, servers, ports },
    get database() {
      return database;
    },
    async restart(i, more) {
      servers[i] = await start(ports[i] ?? 0, more);
    },
    async restartDatabase() {
      database = await startDatabase(place, databasePort);
    },
    async close() {
      await net.close();
      await Promise.all(servers.map((server) => server.end('SIGKILL')));
      await database?.end('SIGKILL');
      if (external) await dropDatabase(uri, place);
      await own.remove();
    },
  };
}
