// The icon of the search. For the search page and links to it.
import type { IconShape } from '#lib/ui/icons.ts';

export const magnifier: IconShape = {
  d: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20',
  mirror: true,
};
