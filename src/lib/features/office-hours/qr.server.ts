// QR codes as one path, drawn by the page itself: no picture to load, no script. Only +page.server.ts files import it.
import { encode } from 'uqr';

export interface Qr {
  size: number;
  /** For a `<path>` on size × size units; a quiet margin is included. */
  path: string;
}

export function qrOf(text: string): Qr {
  const { size, data } = encode(text, { ecc: 'M', border: 4 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return { size, path };
}
