// A websocket client on a plain TCP socket: text frames, no extensions. One thousand of them cost little. Bench only.
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface Wire {
  send(text: string): void;
  /** Cuts the connection without a farewell. */
  cut(): void;
}
export interface WireEvents {
  open(): void;
  /** The payload of one text frame; valid during the call only. */
  text(payload: Buffer): void;
  /** Once; `why` when it never opened or the other side broke the protocol. */
  closed(why: string | null): void;
}
export interface Address {
  port: number;
  path: string;
  headers: Record<string, string>;
}

const OPCODE = { text: 1, close: 8, ping: 9, pong: 10 } as const;

function frame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const extended = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const head = Buffer.alloc(2 + extended + 4);
  head[0] = 0x80 | opcode;
  head[1] = 0x80 | (extended === 0 ? length : extended === 2 ? 126 : 127);
  if (extended === 2) head.writeUInt16BE(length, 2);
  if (extended === 8) head.writeBigUInt64BE(BigInt(length), 2);
  const mask = randomBytes(4);
  mask.copy(head, 2 + extended);
  const masked = Buffer.from(payload);
  for (let i = 0; i < length; i++) masked[i] = (masked[i] ?? 0) ^ (mask[i & 3] ?? 0);
  return Buffer.concat([head, masked]);
}

/** The frames in `data` one after the other; answers what is left of an unfinished one. */
function readFrames(data: Buffer, take: (opcode: number, payload: Buffer) => void): Buffer | null {
  let at = 0;
  while (data.length - at >= 2) {
    const short = (data[at + 1] ?? 0) & 0x7f;
    const start = at + (short < 126 ? 2 : short === 126 ? 4 : 10);
    if (data.length < start) break;
    const length =
      short < 126 ? short : short === 126 ? data.readUInt16BE(at + 2) : Number(data.readBigUInt64BE(at + 2));
    if (data.length < start + length) break;
    take((data[at] ?? 0) & 0x0f, data.subarray(start, start + length));
    at = start + length;
  }
  return at === data.length ? null : data.subarray(at);
}

function handshake({ port, path, headers }: Address): string {
  const lines = Object.entries({
    host: `localhost:${port}`,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': randomBytes(16).toString('base64'),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

export function openWire(address: Address, events: WireEvents): Wire {
  const socket: Socket = connect({ host: '127.0.0.1', port: address.port, noDelay: true });
  let open = false;
  let rest: Buffer | null = null;
  let why: string | null = 'closed before it opened';

  function take(opcode: number, payload: Buffer): void {
    if (opcode === OPCODE.text) events.text(payload);
    else if (opcode === OPCODE.ping) socket.write(frame(OPCODE.pong, payload));
    else if (opcode === OPCODE.close) socket.end();
  }

  socket.on('connect', () => socket.write(handshake(address)));
  socket.on('data', (chunk) => {
    let data = rest ? Buffer.concat([rest, chunk]) : chunk;
    if (!open) {
      const end = data.indexOf('\r\n\r\n');
      if (end < 0) return void (rest = data);
      if (!data.toString('latin1', 0, end).startsWith('HTTP/1.1 101')) {
        why = data.toString('latin1', 0, Math.min(end, 120));
        return void socket.destroy();
      }
      open = true;
      why = null;
      data = data.subarray(end + 4);
      events.open();
    }
    rest = readFrames(data, take);
  });
  socket.on('error', (error) => (why ??= error.message));
  socket.on('close', () => events.closed(why));

  return {
    send: (text) => void socket.write(frame(OPCODE.text, Buffer.from(text))),
    cut: () => void socket.destroy(),
  };
}
