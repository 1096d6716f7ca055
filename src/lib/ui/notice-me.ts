// Brings what a form has just made into view and to the screen reader: it may stand far above the button that was pressed.
import type { Attachment } from 'svelte/attachments';

/** For `{@attach}`, on what shows the result of her act; runs again for each `result`. */
export const noticeMe =
  (_result: unknown): Attachment<HTMLElement> =>
  (node) => {
    node.tabIndex = -1;
    node.focus();
  };
