// Icons that only forms and lists of settings show: not among those that every page loads. Components import it.
import type { IconShape } from './icons.ts';

export const copy: IconShape = {
  d: 'M9 9.5A1.5 1.5 0 0 1 10.5 8h8A1.5 1.5 0 0 1 20 9.5v9a1.5 1.5 0 0 1-1.5 1.5h-8A1.5 1.5 0 0 1 9 18.5zM15 8V5.5A1.5 1.5 0 0 0 13.5 4h-8A1.5 1.5 0 0 0 4 5.5v8A1.5 1.5 0 0 0 5.5 15H9',
  mirror: true,
};
export const eye: IconShape = {
  d: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
};
export const eyeOff: IconShape = {
  d: 'M4 4l16 16M9.9 6.8c.7-.2 1.4-.3 2.1-.3 6 0 9.5 5.5 9.5 5.5a17 17 0 0 1-2.7 3.1M6.3 8A16 16 0 0 0 2.5 12s3.5 5.5 9.5 5.5c1.4 0 2.6-.3 3.7-.7M10 10.1a2.8 2.8 0 0 0 4 3.9',
};
