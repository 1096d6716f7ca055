// Connections of the embedded server: cuts the byte stream into messages and answers them in their order. For engine.ts.
import { Buffer } from 'node:buffer';
import net from 'node:net';
import { errorReply } from './error-reply.ts';
import { MAX_MESSAGE_BYTES, readMessage, writeReply, type Message, type Request } from './messages.ts';

/** Answers one command with the BSON of its reply; what it throws becomes an error reply. */
export type Handler = (request: Request, connectionId: number) => Promise<Uint8Array>;

/** Room for the envelope of a message that carries the largest batch. */
const ENVELOPE_BYTES = 16 * 1024;
const CLOSE_MS = 2000;
/** A client that sends on without waiting for answers is not read from while so much of it waits. */
const MAX_WAITING = 100;
const MAX_WAITING_BYTES = MAX_MESSAGE_BYTES;

export class WireServer {
  readonly #handler: Handler;
  readonly #server: net.Server;
  readonly #connections = new Set<Connection>();
  #nextConnection = 1;

  /** @param maxConnections further ones are closed at once: each may buffer a message of the largest size */
  constructor(handler: Handler, maxConnections: number) {
    this.#handler = handler;
    this.#server = net.createServer((socket) => this.#accept(socket));
    this.#server.maxConnections = maxConnections;
  }

  get connections(): number {
    return this.#connections.size;
  }

  /** @returns the address the system gave: a path, or the port of a loopback socket */
  listen(where: { socket: string } | { host: string; port: number }): Promise<string | net.AddressInfo> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      const options = 'socket' in where ? { path: where.socket } : { host: where.host, port: where.port };
      this.#server.listen(options, () => resolve(this.#server.address() ?? ''));
    });
  }

  /** Answers what has been received, then closes every connection. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await Promise.all([...this.#connections].map((connection) => connection.close()));
    await closed;
  }

  #accept(socket: net.Socket): void {
    const connection = new Connection(socket, this.#nextConnection++, this.#handler);
    this.#connections.add(connection);
    socket.on('close', () => this.#connections.delete(connection));
  }
}

class Connection {
  readonly #socket: net.Socket;
  readonly #id: number;
  readonly #handler: Handler;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #working: Promise<void> | undefined;
  #closing = false;

  constructor(socket: net.Socket, id: number, handler: Handler) {
    this.#socket = socket;
    this.#id = id;
    this.#handler = handler;
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
  }

  /** A client that does not read its answers delays this for a moment only. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#socket.pause();
    const timer = setTimeout(() => this.#socket.destroy(), CLOSE_MS);
    await this.#working;
    await new Promise<void>((resolve) => {
      if (this.#socket.destroyed) resolve();
      else this.#socket.end(() => resolve());
      this.#socket.once('close', () => resolve());
    });
    this.#socket.destroy();
    clearTimeout(timer);
  }

  #receive(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    // A large message arrives in many chunks: join them once, when it is complete.
    const first = this.#chunks[0];
    if (first && first.length >= 4 && this.#bytes < first.readInt32LE(0) && isAllowed(first.readInt32LE(0))) return;
    const bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#bytes);
    let at = 0;
    while (bytes.length - at >= 16) {
      const length = bytes.readInt32LE(at);
      if (!isAllowed(length)) {
        this.#socket.destroy();
        return;
      }
      if (bytes.length - at < length) break;
      this.#waiting.push(bytes.subarray(at, at + length));
      this.#waitingBytes += length;
      at += length;
    }
    if (this.#isFull()) this.#socket.pause();
    this.#chunks = at < bytes.length ? [bytes.subarray(at)] : [];
    this.#bytes = bytes.length - at;
    if (this.#waiting.length > 0) this.#working ??= this.#work().catch(() => void this.#socket.destroy());
  }

  /** One after the other: a read sees what the write before it on this connection did. */
  async #work(): Promise<void> {
    for (let bytes = this.#take(); bytes && !this.#socket.destroyed; bytes = this.#take()) {
      let message: Message;
      try {
        message = readMessage(bytes);
      } catch {
        this.#socket.destroy();
        break;
      }
      const reply = await this.#answer(message);
      if (message.silent || this.#socket.destroyed) continue;
      if (!this.#socket.write(writeReply(message, reply))) await this.#drained();
    }
    this.#working = undefined;
  }

  async #answer(message: Message): Promise<Uint8Array> {
    try {
      return await this.#handler(message.request(), this.#id);
    } catch (error) {
      return errorReply(error);
    }
  }

  #take(): Buffer | undefined {
    const bytes = this.#waiting.shift();
    this.#waitingBytes -= bytes?.length ?? 0;
    if (!this.#closing && this.#socket.isPaused() && !this.#isFull()) this.#socket.resume();
    return bytes;
  }

  #isFull(): boolean {
    return this.#waiting.length >= MAX_WAITING || this.#waitingBytes >= MAX_WAITING_BYTES;
  }

  /** A client that does not read its answers gets no more of them. */
  #drained(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#socket.off('drain', done);
        this.#socket.off('close', done);
        resolve();
      };
      this.#socket.on('drain', done);
      this.#socket.on('close', done);
    });
  }
}

const isAllowed = (length: number): boolean => length >= 16 && length <= MAX_MESSAGE_BYTES + ENVELOPE_BYTES;
