// The peer below Socket.IO: the `ws` package as its documentation shows a broadcast. A process of its own. Bench only.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

const http = createServer();
const server = new WebSocketServer({ server: http });
let id = 0;

server.on('connection', (socket) => {
  socket.on('error', () => undefined);
  socket.on('message', (data) => {
    const { ack, text } = JSON.parse(String(data)) as { ack: number; text: string };
    const message = JSON.stringify({ id: ++id, at: new Date().toISOString(), text });
    for (const client of server.clients) if (client.readyState === WebSocket.OPEN) client.send(message);
    socket.send(JSON.stringify({ ack }));
  });
});
http.listen(0, '127.0.0.1', () => process.send?.({ port: (http.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));
