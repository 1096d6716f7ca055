// Mends the one place where the driver waits for ever: a command that was written into a connection which is gone already. Import it before a client is made.
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';

/** What this needs of the driver's own class, which its package does not export by name. */
interface DriverConnection {
  socket: Socket;
  cleanup(error: Error): void;
}
const load = createRequire(import.meta.url);
const { Connection } = load('mongodb/lib/cmap/connection.js') as { Connection: { prototype: DriverConnection } };

/**
 * Between the end of a connection and the word of it, the driver still takes it from its pool. Such a write answers
 * "wait until it drains", which never happens: the command, and with it a room's lane or the closing of the client, would
 * hang until the process ends (driver 7.8). So whoever waits is woken when the connection is cleared away; the driver looks
 * at it then, and fails or tries again as with any broken connection.
 */
const { cleanup } = Connection.prototype;
Connection.prototype.cleanup = function (error) {
  cleanup.call(this, error);
  this.socket.emit('drain');
};
