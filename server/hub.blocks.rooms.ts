// Rooms by the eyes of her from whom somebody is kept: her own numbers of posts, pages that are not empty, closed talks. Only hub.blocks.ts uses it.
import type { HistoryPage, RoomJoinView } from '#shared/messages.ts';
import type { RoomMembersView } from '#shared/rooms.forms.ts';
import type { Actor } from './domain/kernel/actor.ts';
import { AppError } from './domain/kernel/app-error.ts';
import type { MessagesService } from './domain/messages/messages.service.ts';
import type { RoomsService } from './domain/rooms/rooms.service.ts';
import type { Eyes } from './hub.blocks.ts';

/** Of the people in rooms. */
interface Standings {
  standingsOf(roomId: string, userIds: string[]): Promise<Map<string, { standing: string }>>;
}
interface Services {
  messages: MessagesService;
  rooms: RoomsService;
}

/** So many pages without anything for her are passed over at once. */
const PAGES = 20;
/** So often a number is looked for. */
const STEPS = 50;

export function createRoomEyes({ blocks, sight, look, standings }: Eyes & { standings: Standings }, raw: Services) {
  const theirs = (actor: Actor): string[] => [...(blocks.pairOf(actor.id)?.theirs ?? [])];

  /** The room's number of her so-many-th post. */
  async function numberOf(roomId: string, post: number, authors: string[]): Promise<number> {
    let found = post;
    for (let step = 0; step < STEPS; step++) {
      const next = post + ((await look.postsUpTo(roomId, [found], authors)).get(found) ?? 0);
      if (next === found) break;
      found = next;
    }
    return found;
  }
  const isId = (id: unknown): id is string => typeof id === 'string' && /^[0-9a-f]{24}$/.test(id);

  /** Something with a number of posts in, and one out. */
  async function counted<Name extends 'post' | 'posts', Answer extends { readPosts: number }>(
    actor: Actor,
    input: unknown,
    name: Name,
    run: (input: unknown) => Promise<Answer>,
  ): Promise<Answer> {
    const authors = theirs(actor);
    const { roomId, [name]: post } = (input ?? {}) as Record<string, unknown>;
    if (authors.length === 0 || !isId(roomId) || !Number.isSafeInteger(post)) return run(input);
    const number = await numberOf(roomId, post as number, authors);
    const answer = await run({ ...(input as object), [name]: number });
    const kept = (await look.postsUpTo(roomId, [answer.readPosts], authors)).get(answer.readPosts) ?? 0;
    return { ...answer, readPosts: answer.readPosts - kept };
  }

  async function history(actor: Actor, input: unknown): Promise<HistoryPage> {
    const pair = blocks.pairOf(actor.id);
    if (!pair) return raw.messages.history(actor, input);
    let asked = input as Record<string, unknown>;
    for (let page = 1; ; page++) {
      const found = await raw.messages.history(actor, asked);
      const shown = (await sight(pair, found)) ?? found;
      const { roomId, after } = asked;
      const [first, last] = [found.messages[0], found.messages.at(-1)];
      if (shown.messages.length > 0 || !first || !last || page >= PAGES) return shown;
      if (after && found.hasNewer) asked = { roomId, after: last.seq };
      else if (!after && found.hasOlder) asked = { roomId, before: first.seq };
      else return shown;
    }
  }

  async function join(actor: Actor, input: unknown): Promise<RoomJoinView> {
    const pair = blocks.pairOf(actor.id);
    const found = await raw.messages.join(actor, input);
    const shown = pair ? await sight(pair, found) : found;
    if (!shown) throw new AppError('not-found');
    const oldest = found.kind === 'snapshot' && found.page.messages[0];
    if (shown.kind !== 'snapshot' || shown.page.messages.length > 0 || !oldest || !shown.page.hasOlder) return shown;
    const older = await history(actor, { roomId: found.roomId, before: oldest.seq });
    return { ...shown, page: { ...older, hasNewer: false }, mine: older.mine };
  }

  /** How many are in it, as far as she knows. */
  async function members(actor: Actor, input: unknown): Promise<RoomMembersView> {
    const found = await raw.rooms.members(actor, input);
    const pair = blocks.pairOf(actor.id);
    if (!pair) return found;
    const shown = (await sight(pair, found)) ?? found;
    const { roomId } = input as { roomId: string };
    const kept = await standings.standingsOf(roomId, [...new Set([...pair.mine, ...pair.theirs])]);
    return { ...shown, count: found.count - [...kept.values()].filter(({ standing }) => standing === 'in').length };
  }

  return {
    messages: {
      history,
      join,
      unread: (actor: Actor, input: unknown) =>
        counted(actor, input, 'post', (asked) => raw.messages.unread(actor, asked)),
    },
    rooms: {
      members,
      markRead: (actor: Actor, input: unknown) =>
        counted(actor, input, 'posts', (asked) => raw.rooms.markRead(actor, asked)),
    },
  };
}
