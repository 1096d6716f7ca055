// What someone who was never in a room finds unread. Services of rooms and messages import it.
import { LIMITS } from '#shared/limits.ts';

/** All but the newest few count as read, so that she is not greeted by a debt. */
export const newcomerReadPosts = (posts: number): number => Math.max(0, posts - LIMITS.newcomerUnread);
