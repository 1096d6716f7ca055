// Icons of this area, on 24 units like those of #lib/ui/icons.ts. For components of this area.
import type { IconShape } from '#lib/ui/icons.ts';

/** A paper clip. */
export const clip: IconShape = {
  d: 'M18.5 11.5l-6.6 6.6a4.2 4.2 0 0 1-6-6l7.4-7.3a2.8 2.8 0 0 1 4 4l-7.3 7.3a1.4 1.4 0 0 1-2-2l6.6-6.6',
};
export const camera: IconShape = {
  d: 'M4 8.5A1.5 1.5 0 0 1 5.5 7H8l1.4-2h5.2L16 7h2.5A1.5 1.5 0 0 1 20 8.5v9a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5zM12 16a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5z',
};
/** A sheet with a folded corner. */
export const sheet: IconShape = {
  d: 'M7 3.5h6.5L18 8v11a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 19V5A1.5 1.5 0 0 1 7 3.5zM13 4v4.5h4.5M8.5 13h7M8.5 16.5h5',
  mirror: true,
};
/** Hills and a sun in a frame. */
export const picture: IconShape = {
  d: 'M4 6.5A1.5 1.5 0 0 1 5.5 5h13A1.5 1.5 0 0 1 20 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5zM4.5 16.5l4.5-5 4 4.5 2.5-2.5 4 4M15.5 9.5h.01',
};
