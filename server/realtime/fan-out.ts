// Broadcasts with one write per socket: the frame is made once and goes past two layers of queues where nothing waits in them. Realtime only.
import type { Socket as TcpSocket } from 'node:net';
import { Adapter, type BroadcastOptions, type Room, type SocketId } from 'socket.io-adapter';

/** What this needs of a packet; its data are plain values, as all views are. */
interface Packet {
  type: number;
  data: unknown[];
  nsp: string;
  id?: number;
}
/** What this needs of a socket's connection: public parts of Engine.IO. */
interface Connection {
  readyState: string;
  transport: { name: string; writable: boolean };
  writeBuffer: unknown[];
  request: { socket: TcpSocket };
}
interface Namespace {
  name: string;
  sockets: Map<SocketId, { conn: Connection }>;
}

const EVENT = 2;
const FINAL_TEXT = 0x81;

/** An event as Socket.IO writes it in an Engine.IO message in one websocket frame of a server: not masked, not compressed. */
function frameOf(data: unknown[]): Buffer {
  const payload = Buffer.from(`42${JSON.stringify(data)}`);
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = FINAL_TEXT;
  head[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
}

/** The TCP socket if nothing waits above or in it: only then a frame may go there without overtaking another one. */
function idleSocket({ readyState, transport, writeBuffer, request }: Connection): TcpSocket | null {
  if (readyState !== 'open' || transport.name !== 'websocket' || !transport.writable) return null;
  const { socket } = request;
  return writeBuffer.length === 0 && socket.writable && socket.writableLength === 0 ? socket : null;
}

/**
 * Socket.IO's own adapter, except that events for channels are written straight to sockets that keep up; the others go
 * through its queues, where slow.ts sees them. Half the processor time of a delivery is saved. Needs: websocket only,
 * without compression, no binary values, nobody who listens to outgoing packets.
 */
export class FanOutAdapter extends Adapter {
  override broadcast(packet: Packet, options: BroadcastOptions): void {
    const { rooms, except, flags } = options;
    const namespace = this.nsp as Namespace;
    const [room, second] = rooms;
    if (packet.type !== EVENT || packet.id !== undefined || room === undefined || second !== undefined)
      return super.broadcast(packet, options);
    if (namespace.name !== '/') return super.broadcast(packet, options);
    const shut = [...(except ?? [])].flatMap((name) => this.rooms.get(name) ?? []);
    const later = new Set<Room>();
    let frame: Buffer | null = null;
    for (const id of this.rooms.get(room) ?? []) {
      if (shut.some((ids) => ids.has(id))) continue;
      const socket = namespace.sockets.get(id);
      if (!socket) continue;
      const idle = idleSocket(socket.conn);
      if (idle) idle.write((frame ??= frameOf(packet.data)));
      else later.add(id);
    }
    // everybody is alone in a channel of her own id
    if (later.size > 0) super.broadcast(packet, { rooms: later, ...(flags ? { flags } : {}) });
  }
}
