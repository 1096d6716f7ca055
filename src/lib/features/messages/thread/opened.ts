// What a room's page needs to show one of its threads: only pages with a thread load it.
import type { ThreadView } from '#shared/messages.ts';
import { createThread } from './thread.svelte.ts';
import ThreadHead from './ThreadHead.svelte';

export const openedThread = (view: ThreadView) => ({ view, create: createThread, Head: ThreadHead });
export type OpenedThread = ReturnType<typeof openedThread>;
