// One file on its way to the hub: in pieces, going on where it was when the connection comes back. Pure but for what it is given.
import { fullJitter } from '#lib/realtime/backoff.ts';
import type { UploadView } from '#shared/attachments.ts';
import { ATTACHMENT_LIMITS } from '#shared/attachments.limits.ts';
import type { ErrorView } from '#shared/errors.ts';

/** `lost`: nobody knows whether it arrived. */
export type Answer = { ok: true; data: UploadView } | { ok: false; error: ErrorView } | 'lost';

export interface UploadDeps {
  /** `path` below /api/attachments. Never raises. */
  send(method: 'POST' | 'GET' | 'PUT' | 'DELETE', path: string, body?: Blob | string): Promise<Answer>;
  /** Resolves after so many ms, or earlier when the device is online again. */
  wait(ms: number): Promise<void>;
  stopped(): boolean;
  /** Bytes that the hub has. */
  progress(received: number): void;
  /** It has an id from now on: somebody may cancel it there. */
  begun(id: string): void;
  /** True while nothing gets through. */
  waiting(lost: boolean): void;
}
export interface NewFile {
  roomId: string;
  clientId: string;
  name: string;
}

const BACKOFF = { base: 1_000, cap: 20_000 };
const WORKING_MS = 1_000;
/** After so many unknown failures in a row it is not going to work. */
const UNKNOWN_TIMES = 4;

/** Worth trying again by itself: the hub or its database is away. */
function passing(answer: Answer, attempt: number): boolean {
  if (answer === 'lost') return true;
  if (answer.ok) return false;
  return answer.error.code === 'unavailable' || (answer.error.code === 'unknown' && attempt < UNKNOWN_TIMES);
}

/** The upload when it is ready or failed for good; why it was refused; null when it was stopped. */
export async function sendFile(file: Blob, input: NewFile, deps: UploadDeps): Promise<UploadView | ErrorView | null> {
  const create = JSON.stringify({ ...input, bytes: file.size });
  let upload: UploadView | null = null;
  let attempt = 0;

  /** What to ask next: the hub's own word on where it stands, after every interruption. */
  function next(known: UploadView | null, unsure: boolean): Promise<Answer> {
    if (!known) return deps.send('POST', '', create);
    if (unsure || known.state === 'working') return deps.send('GET', `/${known.id}`);
    const piece = file.slice(known.received, known.received + ATTACHMENT_LIMITS.chunkBytes);
    return deps.send('PUT', `/${known.id}?offset=${known.received}`, piece);
  }

  for (;;) {
    if (deps.stopped()) return null;
    const answer: Answer = await next(upload, attempt > 0);
    if (deps.stopped()) return null;
    if (answer === 'lost' || passing(answer, attempt)) {
      deps.waiting(true);
      await deps.wait(fullJitter(attempt++, BACKOFF) + 250);
      continue;
    }
    deps.waiting(false);
    if (!answer.ok) return answer.error;
    if (!upload) deps.begun(answer.data.id);
    attempt = 0;
    upload = answer.data;
    deps.progress(upload.received);
    if (upload.state === 'ready' || upload.state === 'failed') return upload;
    if (upload.state === 'working') await deps.wait(WORKING_MS);
  }
}
