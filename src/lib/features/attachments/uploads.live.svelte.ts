// Files that are to go with the next message: on their way one after the other, in the order she chose them. State and commands, no markup.
import type { UploadFailure } from '#shared/attachments.ts';
import { ACCEPTED_TYPES, ATTACHMENT_LIMITS } from '#shared/attachments.limits.ts';
import type { ErrorView } from '#shared/errors.ts';
import { sendTo, smaller, waitOrOnline } from './device.ts';
import { sendFile } from './upload.ts';

export interface UploadRow {
  readonly key: string;
  readonly name: string;
  /** An address for her own eyes; null for documents. */
  readonly preview: string | null;
  bytes: number;
  received: number;
  state: 'queued' | 'sending' | 'lost' | 'working' | 'ready' | 'failed';
  failure: UploadFailure | ErrorView | null;
  /** Known to the hub. */
  id: string | null;
}

export interface Uploads {
  readonly rows: UploadRow[];
  /** Something is still on its way: the message waits for it. */
  readonly busy: boolean;
  /** What the message takes along, in her order; what failed is left out. Empty when there is nothing. */
  readonly extras: { attachments?: string[]; cover?: string };
  readonly hasPictures: boolean;
  /** She chose more than one message holds. */
  readonly overflow: boolean;
  /** The pictures are sent covered, with this reason; null: not covered. */
  cover: string | null;
  /** The reason is asked for and not there yet. */
  readonly whyMissing: boolean;
  /** Asks for the reason where it is missing; answers whether it did. */
  asksWhy(): boolean;
  add(files: Iterable<File>): void;
  /** As she chose them. */
  files(): File[];
  remove(key: string): void;
  again(key: string): void;
  /** After the message that uses them is safe: forgets them here, not on the hub. */
  sent(): void;
  /** The room is left: cancels what no message has. */
  leave(): void;
}

const TYPES = new Set(ACCEPTED_TYPES.split(','));

export function createUploads(roomId: string): Uploads {
  const rows = $state<UploadRow[]>([]);
  let overflow = $state(false);
  let cover = $state<string | null>(null);
  let asked = $state(false);
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on the screen depends on it
  const files = new Map<string, { file: File; stop: AbortController }>();
  let running = false;

  const busy = $derived(rows.some((row) => row.state !== 'ready' && row.state !== 'failed'));
  const ready = $derived(rows.flatMap((row) => (row.state === 'ready' && row.id ? [row.id] : [])));
  const extras = $derived({
    ...(ready.length > 0 ? { attachments: ready } : {}),
    ...(ready.length > 0 && cover !== null ? { cover: cover.trim() } : {}),
  });
  const hasPictures = $derived(rows.some((row) => row.preview !== null && row.state !== 'failed'));

  async function send(row: UploadRow): Promise<void> {
    const held = files.get(row.key);
    if (!held) return;
    const { signal } = held.stop;
    const fail = (why: UploadFailure | ErrorView): void => void Object.assign(row, { state: 'failed', failure: why });
    row.state = 'sending';
    // an empty type says nothing: some telephones give none
    if (held.file.type !== '' && !TYPES.has(held.file.type)) return fail('type');
    const file = await smaller(held.file);
    row.bytes = file.size;
    const max = ATTACHMENT_LIMITS.fileBytes;
    if (file.size > max) return fail({ code: 'payload.too-large', params: { max } });
    if (file.size === 0) return fail('broken');
    const done = await sendFile(
      file,
      { roomId, clientId: row.key, name: row.name.slice(-1000) },
      {
        send: (method, path, body) => sendTo(method, path, body, signal),
        wait: (ms) => waitOrOnline(ms, signal),
        stopped: () => signal.aborted,
        progress: (received) => {
          row.received = received;
          row.state = received < row.bytes ? 'sending' : 'working';
        },
        begun: (id) => (row.id = id),
        waiting: (lost) => {
          if (lost) row.state = 'lost';
        },
      },
    );
    if (!done) return;
    if ('code' in done) return fail(done);
    if (done.state === 'failed') return fail(done.failure ?? 'unknown');
    row.bytes = done.attachment?.bytes ?? row.bytes;
    row.state = 'ready';
  }

  /** One at a time: on a weak line two halves are worth less than one whole. */
  async function work(): Promise<void> {
    if (running) return;
    running = true;
    for (;;) {
      const next = rows.find((row) => row.state === 'queued');
      if (!next) break;
      await send(next);
    }
    running = false;
  }

  function forget(row: UploadRow): void {
    files.get(row.key)?.stop.abort();
    files.delete(row.key);
    if (row.preview) URL.revokeObjectURL(row.preview);
  }
  function cancel(row: UploadRow): void {
    forget(row);
    if (row.id) void sendTo('DELETE', `/${row.id}`, undefined, AbortSignal.timeout(30_000));
  }

  function add(chosen: Iterable<File>): void {
    overflow = false;
    for (const file of chosen) {
      if (rows.length >= ATTACHMENT_LIMITS.perMessage) {
        overflow = true;
        break;
      }
      const key = crypto.randomUUID();
      const preview = file.type.startsWith('image/') ? URL.createObjectURL(file) : null;
      files.set(key, { file, stop: new AbortController() });
      const name = file.name || 'file';
      rows.push({ key, name, preview, bytes: file.size, received: 0, state: 'queued', failure: null, id: null });
    }
    void work();
  }

  function remove(key: string): void {
    const at = rows.findIndex((row) => row.key === key);
    const [row] = at < 0 ? [] : rows.splice(at, 1);
    if (row) cancel(row);
    overflow = false;
    if (rows.length === 0) cover = null;
  }

  return {
    get rows() {
      return rows;
    },
    get busy() {
      return busy;
    },
    get extras() {
      return extras;
    },
    get hasPictures() {
      return hasPictures;
    },
    get overflow() {
      return overflow;
    },
    get cover() {
      return cover;
    },
    get whyMissing() {
      return asked && cover?.trim() === '';
    },
    asksWhy() {
      asked = hasPictures && cover?.trim() === '';
      return asked;
    },
    set cover(reason) {
      cover = reason;
    },
    add,
    files: () => rows.flatMap(({ key }) => files.get(key)?.file ?? []),
    remove,
    again(key) {
      const row = rows.find((one) => one.key === key);
      const held = row && files.get(key);
      if (row?.state !== 'failed' || !held) return;
      // what the hub refused for good it would refuse again under the same id
      remove(key);
      add([held.file]);
    },
    sent() {
      for (const row of rows) forget(row);
      rows.length = 0;
      overflow = false;
      cover = null;
    },
    leave() {
      for (const row of rows) cancel(row);
      rows.length = 0;
    },
  };
}
