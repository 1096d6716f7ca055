// The small client against the real server library.
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWire, type Wire } from './wire.ts';

let http: HttpServer;
let io: Server;
let wires: Wire[] = [];

beforeEach(async () => {
  http = createServer();
  io = new Server(http, { path: '/live', transports: ['websocket'], pingInterval: 60, pingTimeout: 60 });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  for (const wire of wires) wire.close();
  wires = [];
  await io.close();
});

function setUp() {
  const { port } = http.address() as AddressInfo;
  const log: unknown[] = [];
  const wire = createWire(`ws://127.0.0.1:${port}/live/?EIO=4&transport=websocket`, {
    opened: () => log.push('opened'),
    closed: () => log.push('closed'),
    refused: (code) => log.push(['refused', code]),
    event: (name, payload) => log.push([name, payload]),
  });
  wires.push(wire);
  return { wire, log };
}
const until = (check: () => void) => vi.waitFor(check, { timeout: 3_000 });

it('asks and is answered, each question its own answer, also out of order', async () => {
  io.on('connection', (socket) => {
    socket.on('slow', ({ n }: { n: number }, ack: (answer: unknown) => void) => setTimeout(() => ack({ n }), 40));
    socket.on('quick', ({ n }: { n: number }, ack: (answer: unknown) => void) => ack({ n, text: 'ü سلام "[1]"' }));
  });
  const { wire, log } = setUp();
  expect(await wire.ask('quick', { n: 0 }, 1_000)).toBeNull();
  wire.connect();
  wire.connect();
  await until(() => expect(log).toEqual(['opened']));
  const answers = await Promise.all([wire.ask('slow', { n: 1 }, 1_000), wire.ask('quick', { n: 2 }, 1_000)]);
  expect(answers).toEqual([{ n: 1 }, { n: 2, text: 'ü سلام "[1]"' }]);
  expect(io.engine.clientsCount).toBe(1);
});

it('hears events in their order and sends what needs no answer', async () => {
  const heard: unknown[] = [];
  io.on('connection', (socket) => {
    socket.on('typing', (input: unknown) => heard.push(input));
    socket.emit('room:changes', { from: 1 });
    socket.emit('room:changes', { from: 2 });
  });
  const { wire, log } = setUp();
  wire.send('typing', 'dropped');
  wire.connect();
  await until(() => expect(log).toEqual(['opened', ['room:changes', { from: 1 }], ['room:changes', { from: 2 }]]));
  wire.send('typing', { roomId: 'r' });
  await until(() => expect(heard).toEqual([{ roomId: 'r' }]));
});

it('stays connected by answering pings, for many rounds', async () => {
  const { wire, log } = setUp();
  wire.connect();
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(wire.open).toBe(true);
  expect(log).toEqual(['opened']);
});

describe('when the line breaks', () => {
  it('says so once, answers open questions with null, and can connect again', async () => {
    io.on('connection', (socket) => socket.on('never', () => undefined));
    const { wire, log } = setUp();
    wire.connect();
    await until(() => expect(wire.open).toBe(true));
    const question = wire.ask('never', {}, 60_000);
    io.disconnectSockets(true);
    expect(await question).toBeNull();
    await until(() => expect(log).toEqual(['opened', 'closed']));
    wire.connect();
    await until(() => expect(log).toEqual(['opened', 'closed', 'opened']));
  });
  it('notices a line that fell silent although nobody closed it', async () => {
    const { wire, log } = setUp();
    wire.connect();
    await until(() => expect(wire.open).toBe(true));
    // the hub's process hangs: no pings any more
    const clients = io.engine['clients'] as unknown as Record<string, { pingIntervalTimer: NodeJS.Timeout }>;
    for (const client of Object.values(clients)) {
      clearTimeout(client.pingIntervalTimer);
      client.pingIntervalTimer.refresh = () => client.pingIntervalTimer;
    }
    await until(() => expect(log).toContain('closed'));
  });
  it('gives up waiting for an answer after the time it was given', async () => {
    io.on('connection', (socket) => socket.on('never', () => undefined));
    const { wire } = setUp();
    wire.connect();
    await until(() => expect(wire.open).toBe(true));
    expect(await wire.ask('never', {}, 30)).toBeNull();
  });
  it('is quiet when it was closed on purpose', async () => {
    const { wire, log } = setUp();
    wire.connect();
    await until(() => expect(wire.open).toBe(true));
    wire.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(log).toEqual(['opened']);
    await until(() => expect(io.engine.clientsCount).toBe(0));
  });
});

describe('when the hub refuses', () => {
  it("tells the hub's code", async () => {
    io.use((_socket, next) => next(Object.assign(new Error('no'), { data: { code: 'auth.required' } })));
    const { wire, log } = setUp();
    wire.connect();
    await until(() => expect(log).toEqual([['refused', 'auth.required']]));
    expect(wire.open).toBe(false);
  });
  it('tells a line that never stood apart from it', async () => {
    const { wire, log } = setUp();
    await io.close();
    wire.connect();
    await until(() => expect(log).toEqual([['refused', null]]));
  });
});
