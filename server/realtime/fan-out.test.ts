// Broadcasts to real sockets: who gets them, in which order, also when one of them does not read.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FanOutAdapter } from './fan-out.ts';

const http = createServer();
const server = new Server(http, { transports: ['websocket'], adapter: FanOutAdapter, perMessageDeflate: false });
const clients: Socket[] = [];
const heard: unknown[][] = [];

beforeAll(async () => {
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  server.on('connection', (socket) => {
    socket.on('enter', (channel: string, ack: () => void) => {
      void socket.join(channel);
      ack();
    });
  });
  for (let i = 0; i < 3; i++) {
    const client = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true });
    const mine: unknown[] = [];
    heard.push(mine);
    client.on('said', (value: unknown) => mine.push(value));
    clients.push(client);
    await client.emitWithAck('enter', 'room');
    if (i === 2) await client.emitWithAck('enter', 'slow');
  }
});
afterAll(async () => {
  for (const client of clients) client.disconnect();
  await server.close();
});

/** Everything that was sent before has arrived when this has. */
async function settle(): Promise<void> {
  await Promise.all(clients.map((client) => client.emitWithAck('enter', 'room')));
}

test('everybody in the channel gets it, of any length and script, except who is left out', async () => {
  const texts = ['short', 'مرحبا'.repeat(30), 'x'.repeat(70_000)];
  for (const text of texts) server.to('room').except('slow').emit('said', text);
  server.to('room').emit('said', { last: null });
  server.to('nobody').emit('said', 'lost');
  await settle();
  expect(heard).toEqual([[...texts, { last: null }], [...texts, { last: null }], [{ last: null }]]);
});

test('what goes straight to a socket and what goes through its queues keep their order', async () => {
  for (const mine of heard) mine.length = 0;
  const sent: number[] = [];
  for (let i = 0; i < 300; i++) {
    sent.push(i);
    // every third one only through the queues of Socket.IO
    if (i % 3 === 0) for (const socket of await server.fetchSockets()) socket.emit('said', i);
    else server.to('room').emit('said', i);
  }
  await settle();
  expect(heard).toEqual([sent, sent, sent]);
});

test('a socket whose answers still wait in a queue gets a broadcast after them', async () => {
  for (const mine of heard) mine.length = 0;
  const big = 'y'.repeat(500_000);
  for (const socket of server.sockets.sockets.values()) for (let i = 0; i < 20; i++) socket.emit('said', big);
  server.to('room').emit('said', 'after');
  await settle();
  for (const mine of heard) expect(mine.map((value) => String(value).length)).toEqual([...Array(20).fill(500_000), 5]);
});

test('several channels at once, and everybody at once, reach each socket once', async () => {
  for (const mine of heard) mine.length = 0;
  server.to('room').to('slow').emit('said', 1);
  server.emit('said', 2);
  await settle();
  expect(heard).toEqual([
    [1, 2],
    [1, 2],
    [1, 2],
  ]);
});
