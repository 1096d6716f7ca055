// A push service of our own on loopback, as RFC 8030 has it: decrypts what it gets (RFC 8291), checks who sent it (RFC 8292), and answers as a test wants. Tests only.
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify, type ECDH } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PushPayload } from '#shared/push.words.ts';

type Answer = number | 'silence' | { status: number; retryAfter: string };
interface Received {
  payload: PushPayload;
  /** Decrypted, as it was. */
  text: string;
  /** Length of what travelled. */
  bytes: number;
  ttl: number;
  urgency: string | undefined;
  topic: string | undefined;
  /** The hub's public key. */
  key: string;
}
/** A browser's subscription, with its private half. */
export interface TestDevice {
  endpoint: string;
  p256dh: string;
  auth: string;
  /** How the service answers for it from now on; at first 201. */
  answer: Answer;
  /** What was accepted, in order. */
  readonly received: Received[];
  /** How often it was asked, whatever it answered. */
  asked: number;
}
interface Kept extends TestDevice {
  ecdh: ECDH;
  secret: Buffer;
}

const DAY = 24 * 60 * 60;

function decrypt({ ecdh, secret }: Kept, body: Buffer): string {
  const salt = body.subarray(0, 16);
  const recordSize = body.readUInt32BE(16);
  const idLength = body.readUInt8(20);
  const sender = body.subarray(21, 21 + idLength);
  const record = body.subarray(21 + idLength);
  if (record.length > recordSize) throw new Error('more than one record');
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), sender]);
  const key = Buffer.from(hkdfSync('sha256', ecdh.computeSecret(sender), secret, info, 32));
  const part = (name: string, length: number) =>
    Buffer.from(hkdfSync('sha256', key, salt, Buffer.from(`Content-Encoding: ${name}\0`), length));
  const decipher = createDecipheriv('aes-128-gcm', part('aes128gcm', 16), part('nonce', 12));
  decipher.setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  const end = padded.lastIndexOf(2); // the last record's delimiter, then zeros
  if (end < 0 || padded.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('no delimiter');
  return padded.subarray(0, end).toString('utf8');
}

/** Answers the sender's public key; raises when it is not one who may send here. */
function senderOf(header: string | undefined, origin: string): string {
  const { t, k } = /^vapid t=(?<t>[\w.-]+), ?k=(?<k>[\w-]+)$/.exec(header ?? '')?.groups ?? {};
  const [head, claims, signature] = t?.split('.') ?? [];
  if (!k || !head || !claims || !signature) throw new Error('no vapid');
  const point = Buffer.from(k, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y } as never, format: 'jwk' });
  const signed = { key, dsaEncoding: 'ieee-p1363' } as const;
  const good = verify('sha256', Buffer.from(`${head}.${claims}`), signed, Buffer.from(signature, 'base64url'));
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
  const now = Date.now() / 1000;
  const inTime = typeof exp === 'number' && exp > now && exp <= now + DAY;
  const named = typeof sub === 'string' && /^(https:|mailto:)/.test(sub);
  if (!good || aud !== origin || !inTime || !named) throw new Error('vapid is not good');
  return k;
}

export type PushServiceOfOurs = Awaited<ReturnType<typeof startPushService>>;

export async function startPushService() {
  const devices = new Map<string, Kept>();
  const faults: string[] = [];
  let origin = '';

  function take(device: Kept, request: IncomingMessage, body: Buffer): void {
    if (request.headers['content-encoding'] !== 'aes128gcm') throw new Error('not aes128gcm');
    const key = senderOf(request.headers.authorization, origin);
    const text = decrypt(device, body);
    const { ttl, urgency, topic } = request.headers;
    const rest = { ttl: Number(ttl), urgency: urgency as string | undefined, topic: topic as string | undefined };
    device.received.push({ payload: JSON.parse(text) as PushPayload, text, bytes: body.length, ...rest, key });
  }
  function answer(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    const device = devices.get(request.url ?? '');
    if (!device || request.method !== 'POST') return void response.writeHead(404).end();
    device.asked += 1;
    if (device.answer === 'silence') return;
    if (typeof device.answer === 'object') {
      return void response.writeHead(device.answer.status, { 'retry-after': device.answer.retryAfter }).end();
    }
    try {
      if (device.answer === 201) take(device, request, body);
      response.writeHead(device.answer).end();
    } catch (error) {
      faults.push(String(error));
      response.writeHead(400).end();
    }
  }
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => answer(request, response, Buffer.concat(parts)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    origin,
    /** What was wrong with messages that came. */
    faults,
    /** Each is a browser of its own. */
    device(): TestDevice {
      const ecdh = createECDH('prime256v1');
      ecdh.generateKeys();
      const secret = randomBytes(16);
      const path = `/push/${randomBytes(18).toString('base64url')}`;
      const [p256dh, auth] = [ecdh.getPublicKey('base64url'), secret.toString('base64url')];
      const made = { endpoint: origin + path, p256dh, auth, answer: 201, received: [], asked: 0 } satisfies TestDevice;
      const kept: Kept = { ...made, ecdh, secret };
      devices.set(path, kept);
      return kept;
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
