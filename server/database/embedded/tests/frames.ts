// Messages as bytes and a bare connection to the engine, for what no driver would send. For wire.test.ts and hostile.test.ts.
import net from 'node:net';
import { deserialize, serialize, type Document } from 'bson';

/** An OP_MSG with one body. */
export function message(id: number, body: Document | Uint8Array, flags = 0): Buffer {
  const bson = body instanceof Uint8Array ? body : serialize(body);
  const head = Buffer.alloc(21);
  head.writeInt32LE(21 + bson.length, 0);
  head.writeInt32LE(id, 4);
  head.writeInt32LE(2013, 12);
  head.writeUInt32LE(flags, 16);
  return Buffer.concat([head, bson]);
}

export interface Reply {
  /** The id of the message it answers. */
  readonly to: number;
  readonly body: Document;
}

export class BareConnection {
  readonly socket: net.Socket;
  received = Buffer.alloc(0);
  readonly closed: Promise<void>;
  isClosed = false;

  constructor(uri: string) {
    this.socket = net.connect(decodeURIComponent(/\/\/([^/]+)\//.exec(uri)?.[1] ?? ''));
    this.socket.on('data', (chunk) => (this.received = Buffer.concat([this.received, chunk])));
    this.socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      this.socket.once('close', () => {
        this.isClosed = true;
        resolve();
      });
    });
  }

  /** The replies so far. */
  replies(): Reply[] {
    const found: Reply[] = [];
    const bytes = this.received;
    for (let at = 0; at + 4 <= bytes.length && at + bytes.readInt32LE(at) <= bytes.length;) {
      const one = bytes.subarray(at, at + bytes.readInt32LE(at));
      found.push({ to: one.readInt32LE(8), body: deserialize(one.subarray(one.readInt32LE(12) === 1 ? 36 : 21)) });
      at += one.length;
    }
    return found;
  }
}
