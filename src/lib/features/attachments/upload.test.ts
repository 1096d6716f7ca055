// A file on its way over a bad line, with a hub that the test plays.
import { expect, test } from 'vitest';
import type { UploadView } from '#shared/attachments.ts';
import { ATTACHMENT_LIMITS } from '#shared/attachments.limits.ts';
import { sendFile, type Answer, type UploadDeps } from './upload.ts';

const { chunkBytes } = ATTACHMENT_LIMITS;
const input = { roomId: 'a'.repeat(24), clientId: 'c', name: 'a.jpg' };

/** Keeps what arrives; `fate` decides for each request whether it, or its answer, gets lost. */
function aHub(fate: (request: string) => 'lost' | 'answer lost' | 'unavailable' | undefined = () => undefined) {
  const requests: string[] = [];
  const progress: number[] = [];
  const waiting: boolean[] = [];
  let state: UploadView | null = null;
  let stop = false;

  async function handle(method: string, path: string, body?: Blob | string): Promise<UploadView> {
    if (method === 'POST') {
      const { bytes } = JSON.parse(String(body)) as { bytes: number };
      state ??= { id: 'u1', clientId: 'c', bytes, received: 0, state: 'uploading', failure: null, attachment: null };
    }
    if (!state) throw new Error('asked before it was announced');
    if (method === 'PUT' && Number(path.split('=')[1]) === state.received) {
      const received = state.received + (body as Blob).size;
      state = { ...state, received, state: received === state.bytes ? 'working' : 'uploading' };
    } else if (method === 'GET' && state.state === 'working') state = { ...state, state: 'ready' };
    return state;
  }
  const deps: UploadDeps = {
    async send(method, path, body): Promise<Answer> {
      const request = `${method} ${path}`;
      requests.push(request);
      const lot = fate(request);
      if (lot === 'lost') return 'lost';
      if (lot === 'unavailable') return { ok: false, error: { code: 'unavailable' } };
      const data = await handle(method, path, body);
      return lot === 'answer lost' ? 'lost' : { ok: true, data };
    },
    wait: () => Promise.resolve(),
    stopped: () => stop,
    progress: (received) => progress.push(received),
    begun: () => undefined,
    waiting: (lost) => waiting.push(lost),
  };
  return { deps, requests, progress, waiting, stop: () => (stop = true) };
}
const file = (bytes: number) => new Blob([new Uint8Array(bytes)]);

test('a file goes piece by piece, then she waits until it is scaled', async () => {
  const hub = aHub();
  const done = await sendFile(file(2 * chunkBytes + 10), input, hub.deps);
  expect(done).toMatchObject({ state: 'ready', received: 2 * chunkBytes + 10 });
  expect(hub.requests).toEqual([
    'POST ',
    'PUT /u1?offset=0',
    `PUT /u1?offset=${chunkBytes}`,
    `PUT /u1?offset=${2 * chunkBytes}`,
    'GET /u1',
  ]);
  expect(hub.progress).toEqual([0, chunkBytes, 2 * chunkBytes, 2 * chunkBytes + 10, 2 * chunkBytes + 10]);
});

test.each(['lost', 'answer lost', 'unavailable'] as const)(
  'every request is once %s: she asks where it stands, and nothing is sent that is there already',
  async (lot) => {
    const seen = new Set<string>();
    const hub = aHub((request) => {
      if (seen.has(request)) return undefined;
      seen.add(request);
      return lot;
    });
    const done = await sendFile(file(3 * chunkBytes), input, hub.deps);
    expect(done).toMatchObject({ state: 'ready' });
    if (lot === 'answer lost') {
      const puts = hub.requests.filter((request) => request.startsWith('PUT'));
      expect(new Set(puts).size).toBe(puts.length);
    }
    expect(hub.waiting).toContain(true);
    expect(hub.waiting.at(-1)).toBe(false);
  },
);

test('what the hub refuses is not tried again', async () => {
  const hub = aHub();
  const refusal = { code: 'rate.limited' as const, params: { seconds: 60 } };
  const deps = { ...hub.deps, send: () => Promise.resolve({ ok: false as const, error: refusal }) };
  expect(await sendFile(file(10), input, deps)).toEqual(refusal);
});

test('stopped in the middle, it sends nothing more', async () => {
  const hub = aHub();
  const deps = { ...hub.deps, progress: (received: number) => void (received === chunkBytes && hub.stop()) };
  expect(await sendFile(file(3 * chunkBytes), input, deps)).toBeNull();
  expect(hub.requests).toEqual(['POST ', 'PUT /u1?offset=0']);
});
