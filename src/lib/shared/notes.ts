// How much waits for her in the notification centre, and what of it may show itself now. Pure; the frame and the hub load it.
import { isQuiet, type Attention } from './rooms.attention.ts';

/** Per room what is new to her there, with her quiet hours in it. Rooms of which she wants to hear nothing are left out. */
export type NotesView = ({ count: number } & Pick<Attention, 'quietFrom' | 'quietTo'>)[];

const sum = (notes: NotesView): number => notes.reduce((all, { count }) => all + count, 0);

/** All of it: stands in the bar. */
export const noteCount = (notes: NotesView): number => sum(notes);

/** What may draw her attention at this moment of her day: stands in title and icon. Quiet hours keep the rest for later. */
export const loudCount = (notes: NotesView, now: Date): number => sum(notes.filter((one) => !isQuiet(one, now)));
