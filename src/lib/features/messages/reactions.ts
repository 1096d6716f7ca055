// The few reactions: their shapes on 24 units and their names. For components of messages.
import { m } from '#lib/i18n/generated/messages.js';
import type { IconShape } from '#lib/ui/icons.ts';
import type { Reaction } from '#shared/reactions.ts';

const FACE = 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z';

export const REACTION_SHAPES: Record<Reaction, IconShape> = {
  // a flower that is handed over
  thanks: {
    d: 'M12 21v-8M7.5 5l2.2 1.8L12 4l2.3 2.8L16.5 5v4.5a4.5 4.5 0 0 1-9 0zM12 18.5c1-2 2.8-3 5-3M12 18.5c-1-2-2.8-3-5-3',
  },
  heart: { d: 'M12 19.5S4.5 14.9 4.5 9.5A4 4 0 0 1 12 7a4 4 0 0 1 7.5 2.5c0 5.4-7.5 10-7.5 10z' },
  agree: { d: `${FACE}M8 12.5l2.8 2.8L16 9.5` },
  // a lamp
  helpful: { d: 'M9.5 17.5h5M10.5 20.5h3M8.8 14.5a5.5 5.5 0 1 1 6.4 0c-.6.5-.9 1.2-.9 2H9.7c0-.8-.3-1.5-.9-2z' },
  strength: { d: 'M13 3.5L5.5 13.5H11l-1 7 7.5-10H12z' },
  sad: { d: `${FACE}M9 15.5c.8-1 1.8-1.5 3-1.5s2.2.5 3 1.5M9 9.5v.75M15 9.5v.75` },
};

export function reactionName(reaction: Reaction): string {
  switch (reaction) {
    case 'thanks':
      return m.message_react_thanks();
    case 'heart':
      return m.message_react_heart();
    case 'agree':
      return m.message_react_agree();
    case 'helpful':
      return m.message_react_helpful();
    case 'strength':
      return m.message_react_strength();
    case 'sad':
      return m.message_react_sad();
  }
}
