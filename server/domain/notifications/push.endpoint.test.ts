// Where the hub may send to, and where never; and that a name which leads into our own network leads nowhere.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { isPrivateAddress, mayPush } from './push.endpoint.ts';
import { createPost } from './push.post.ts';

test.each([
  'https://fcm.googleapis.com/fcm/send/abc:def',
  'https://updates.push.services.mozilla.com/wpush/v2/gAAAA',
  'https://web.push.apple.com/QGuQ',
  'https://wns2-par02p.notify.windows.com/w/?token=x',
])('%s is a push service', (endpoint) => {
  expect(mayPush(endpoint, false)).toBe(true);
});

test.each([
  'http://fcm.googleapis.com/fcm/send/abc',
  'https://localhost/x',
  'https://hub.localhost/x',
  'https://127.0.0.1/x',
  'https://2130706433/x',
  'https://0x7f.1/x',
  'https://[::1]/x',
  'https://[::ffff:127.0.0.1]/x',
  'https://10.0.0.7/x',
  'https://192.168.1.1/x',
  'https://169.254.169.254/latest/meta-data',
  'https://8.8.8.8/x',
  'https://database/x',
  'https://router.lan/x',
  'https://db.internal./x',
  'https://me:secret@fcm.googleapis.com/x',
  'https://fcm.googleapis.com:22/x',
  'ftp://fcm.googleapis.com/x',
  'file:///etc/passwd',
  'nothing',
])('%s is none', (endpoint) => {
  expect(mayPush(endpoint, false)).toBe(false);
});

test('in tests only this machine is one', () => {
  expect(mayPush('http://127.0.0.1:4000/x', true)).toBe(true);
  expect(mayPush('https://localhost:4000/x', true)).toBe(true);
  expect(mayPush('https://fcm.googleapis.com/x', true)).toBe(false);
  expect(mayPush('http://10.0.0.7/x', true)).toBe(false);
});

test.each(['127.0.0.1', '10.1.2.3', '172.31.0.1', '100.64.0.1', '0.0.0.0', '::1', '::', 'fd00::1', 'fe80::1'])(
  '%s is of our own network',
  (address) => expect(isPrivateAddress(address)).toBe(true),
);
test.each(['::ffff:10.0.0.1', '64:ff9b::a00:1', '2002:7f00:1::', '255.255.255.255', 'x'])(
  '%s is too, in other clothes',
  (address) => expect(isPrivateAddress(address)).toBe(true),
);
test.each(['142.250.185.74', '2a00:1450:4001:82f::200a', '172.32.0.1', '2606:4700::1'])('%s is not', (address) =>
  expect(isPrivateAddress(address)).toBe(false),
);

test('a name that leads into our own network is not followed, however it looked before', async () => {
  const post = createPost({ loopback: false, timeoutMs: 2_000, resolve: () => [{ address: '10.0.0.7', family: 4 }] });
  await expect(post('https://push.example.org/x', {}, Buffer.from('x'))).rejects.toMatchObject({ code: 'EPRIVATE' });
  await expect(post('https://10.0.0.7/x', {}, Buffer.from('x'))).rejects.toMatchObject({ code: 'EPRIVATE' });
});

test('a push service that says nothing, or never ends what it says, is not waited for', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/endless') response.writeHead(201).write('on and on');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const post = createPost({ loopback: true, timeoutMs: 200 });
  await expect(post(`${origin}/silent`, {}, Buffer.from('x'))).rejects.toThrow();
  expect(await post(`${origin}/endless`, {}, Buffer.from('x'))).toEqual({ status: 201, retryAfter: null });
  server.closeAllConnections();
  server.close();
});
