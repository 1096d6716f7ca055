// What only a browser can do for pictures: save data, make a photo smaller before it is sent, talk to the hub. Attachments only.
import type { Answer, UploadDeps } from './upload.ts';

interface Connection {
  saveData?: boolean;
  type?: string;
  effectiveType?: string;
}

const KEY = 'data-saver';

/** On by default where every kilobyte costs; what she chose on this device counts more. */
export function savesData(): boolean {
  const chosen = chosenDataSaver();
  if (chosen !== null) return chosen;
  const { connection } = navigator as Navigator & { connection?: Connection };
  if (connection?.saveData || connection?.type === 'cellular') return true;
  if (connection?.effectiveType?.endsWith('2g')) return true;
  return matchMedia('(prefers-reduced-data: reduce)').matches;
}

/** Null: she has not chosen, the connection decides. */
function chosenDataSaver(): boolean | null {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === null ? null : kept === 'on';
  } catch {
    return null; // a browser that keeps nothing
  }
}

export function chooseDataSaver(on: boolean): void {
  try {
    localStorage.setItem(KEY, on ? 'on' : 'off');
  } catch {
    // then the connection decides
  }
}

const LONG_SIDE = 2048;
const WORTH_IT = 600_000;

/** A photo at the size that will be shown, without place and camera: it need not travel larger. As it is when that fails. */
export async function smaller(file: File): Promise<Blob> {
  if (file.type !== 'image/jpeg' || file.size < WORTH_IT) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONG_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.88));
    return made && made.size > 0 && made.size < file.size ? made : file;
  } catch {
    return file;
  }
}

/** One request; 'lost' when no answer came, or none of the hub's. */
export async function sendTo(
  method: Parameters<UploadDeps['send']>[0],
  path: string,
  body: Blob | string | undefined,
  signal: AbortSignal,
): Promise<Answer> {
  const type = typeof body === 'string' ? 'application/json' : 'application/octet-stream';
  try {
    const response = await fetch(`/api/attachments${path}`, {
      method,
      signal,
      ...(body === undefined ? {} : { body, headers: { 'content-type': type } }),
    });
    const answer = (await response.json()) as Answer | null;
    return answer && typeof answer === 'object' && 'ok' in answer ? answer : 'lost';
  } catch {
    return 'lost';
  }
}

/** Resolves after so many ms, when the device is online again, or when `signal` says so. */
export function waitOrOnline(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}
