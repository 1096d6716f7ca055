// Pictures that this page has loaded: kept in memory only, so that none stays on the device and none is paid for twice.
import { attachmentPath } from '#shared/attachments.limits.ts';

interface Kept {
  url: string;
  bytes: number;
}

/** About as much as a weak phone spares. */
const MOST_BYTES = 24 * 1024 * 1024;

export interface PictureDeps {
  fetch: (path: string) => Promise<{ ok: boolean; status: number; blob(): Promise<Blob> }>;
  makeUrl: (blob: Blob) => string;
  dropUrl: (url: string) => void;
  most: number;
}

/** Addresses of loaded pictures; the ones unused for longest go first. `gone`: nobody may see it (any more). */
export function createPictures(deps: PictureDeps) {
  const kept = new Map<string, Kept>();
  const loading = new Map<string, Promise<string | 'gone' | 'lost'>>();
  /** How many components show it: what is on the screen is not thrown away. */
  const shown = new Map<string, number>();

  function spare(): void {
    let bytes = [...kept.values()].reduce((sum, one) => sum + one.bytes, 0);
    for (const [path, one] of kept) {
      if (bytes <= deps.most) return;
      if ((shown.get(path) ?? 0) > 0) continue;
      kept.delete(path);
      deps.dropUrl(one.url);
      bytes -= one.bytes;
    }
  }

  async function load(path: string): Promise<string | 'gone' | 'lost'> {
    try {
      const response = await deps.fetch(path);
      if (!response.ok) return response.status >= 500 || response.status === 429 ? 'lost' : 'gone';
      const blob = await response.blob();
      const url = deps.makeUrl(blob);
      kept.set(path, { url, bytes: blob.size });
      spare();
      return url;
    } catch {
      return 'lost';
    }
  }

  return {
    /** Without asking the hub; null when it is not here. */
    known(id: string, size: 'file' | 'thumb'): string | null {
      const path = attachmentPath(id, size);
      const one = kept.get(path);
      if (!one) return null;
      kept.delete(path);
      kept.set(path, one);
      return one.url;
    },

    async get(id: string, size: 'file' | 'thumb'): Promise<string | 'gone' | 'lost'> {
      const known = this.known(id, size);
      if (known) return known;
      const path = attachmentPath(id, size);
      const running = loading.get(path) ?? load(path).finally(() => loading.delete(path));
      loading.set(path, running);
      return running;
    },

    /** While a component shows it; call what it answers when that ends. */
    hold(id: string, size: 'file' | 'thumb'): () => void {
      const path = attachmentPath(id, size);
      shown.set(path, (shown.get(path) ?? 0) + 1);
      return () => {
        const left = (shown.get(path) ?? 1) - 1;
        if (left > 0) shown.set(path, left);
        else shown.delete(path);
        spare();
      };
    },
  };
}

/** The page's own. */
export const pictures = createPictures({
  fetch: (path) => fetch(path),
  makeUrl: (blob) => URL.createObjectURL(blob),
  dropUrl: (url) => URL.revokeObjectURL(url),
  most: MOST_BYTES,
});

/** The size a picture is shown at, px: inside the box, never larger than it is, with its own proportions. */
export function shownSize(width: number, height: number, box = { width: 320, height: 360 }) {
  const scale = Math.min(1, box.width / Math.max(1, width), box.height / Math.max(1, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
