// The peer: Socket.IO as its documentation shows it, which keeps nothing and checks nothing. A process of its own. Bench only.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

interface Posted {
  roomId: string;
  text: string;
}

const http = createServer();
const io = new Server(http);
let id = 0;

io.on('connection', (socket) => {
  socket.on('join', ({ roomId }: Posted, ack: (answer: { ok: boolean }) => void) => {
    void socket.join(roomId);
    ack({ ok: true });
  });
  socket.on('post', ({ roomId, text }: Posted, ack: (answer: { ok: boolean }) => void) => {
    io.to(roomId).emit('message', { id: ++id, roomId, author: socket.id, at: new Date().toISOString(), text });
    ack({ ok: true });
  });
});
http.listen(0, '127.0.0.1', () => process.send?.({ port: (http.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));
